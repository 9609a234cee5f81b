/* faults.c -- a preloaded library that makes system calls fail.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Preload this library into the program whose name is in UCSPI_FAULTS.  It
   does nothing in other programs.  It removes itself from the environment of
   that program, so that the program's children are not affected.

   While a file fault.CALL exists in the current directory, CALL fails.  The
   file has the line "ERRNO COUNT SKIP": the name of the error; how many times
   to fail before the file is removed (0: without limit); and how many calls
   succeed first.  If the file has more lines, the next one applies when the
   first is used up.  Each failure appends a byte to the file hits.CALL.  The
   file fault.loaded is made at the start.

   More files change what the system answers while they exist:

     answer.label     the text in the file is the security label of a client;
                      if the file is empty, the client has no label
     answer.ids       "PID UID GID LEN": the credentials of a client
                      (SO_PEERCRED), and the length that getsockopt returns
     answer.connect   the next connect that succeeds returns EINTR, as if a
                      signal had come at its end; then the file is removed
     answer.write     "BYTES TEXT": of the next write that contains TEXT, only
                      the first BYTES are written; then the file is removed
     answer.clock     the monotonic clock stands still at this number of
                      milliseconds
     answer.mmap      "FILE BYTES": truncate FILE to BYTES right after a file
                      has been mapped
     answer.munmap    the name of a file whose first byte is overwritten just
                      before a file is unmapped
     answer.chmod     chmod and fchmodat do nothing and return success, as on
                      a file system that does not keep modes
     answer.chown     fchownat does nothing and returns success, as on a file
                      system that does not keep owners
     answer.openat    openat fails with EOPNOTSUPP instead of ENOTDIR or
                      ELOOP, as on some other systems
     answer.close     the close of a socket takes this number of milliseconds
     answer.accept    if no descriptor is free, accept takes a client from the
                      backlog and closes its connection before it fails, as on
                      macOS, Haiku and Cygwin; each time, a byte is appended
                      to the file hits.accept-lost
     answer.name      a local socket without a name has one, as on Haiku: a
                      NUL and the text in the file
     answer.shutdown  shutdown does nothing and returns success, much as on
                      systems where it does not keep clients from connecting
                      to a listening socket
     answer.listens   getsockopt does not know SO_ACCEPTCONN, and recv reports
                      ENOTCONN for a listening socket, as on OpenBSD,
                      DragonFly and macOS
     answer.dead      a listening socket that was shut down looks as on NetBSD
                      and OpenBSD: poll does not report POLLHUP, accept fails
                      with the error in the file, and recv returns 0

   Do not include a header that on any system declares one of the functions
   below with other parameter types, because the declarations would
   conflict.  */

/* Keep headers from renaming functions, for instance open to open64: the
   program under test may call either name.  Do it here, because config.h might
   include a header.  */
#undef _FILE_OFFSET_BITS
#undef _TIME_BITS
#ifndef _GNU_SOURCE
# define _GNU_SOURCE 1
#endif

/* Headers of NetBSD rename these functions, and their parameters differ.  Each
   of the new names is defined separately below.  */
#define clock_gettime header_clock_gettime
#define nanosleep header_nanosleep
#define vfork header_vfork
#define timer_create header_timer_create

#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* For the O_ flags.  The functions that this header declares have the same
   parameters on every system.  */
#include <fcntl.h>

#undef clock_gettime
#undef nanosleep
#undef vfork
#undef timer_create

/* The C library defines one of these as the name of the program.  The address
   of the other is NULL.  */
extern char *program_invocation_short_name __attribute__ ((__weak__));
extern char const *__progname __attribute__ ((__weak__));

#include "error-names.h"

static bool is_active;

/* Access files with plain system calls: this code may run in a child of vfork,
   and must not call the functions that are replaced here.  */
static int
raw_open (char const *file, int flags)
{
  return syscall (SYS_openat, AT_FDCWD, file, flags, 0666);
}

static void
raw_put (char const *file, int flags, char const *text, size_t len)
{
  int fd = raw_open (file, O_WRONLY | O_CREAT | O_CLOEXEC | flags);
  if (0 <= fd)
    {
      syscall (SYS_write, fd, text, len);
      syscall (SYS_close, fd);
    }
}

/* Return the number of the error with NAME, or 0 if it is unknown.  */
static int
error_number (char const *name)
{
  for (size_t i = 0; i < sizeof error_names / sizeof *error_names; i++)
    if (strcmp (error_names[i].name, name) == 0)
      return error_names[i].number;
  return 0;
}

/* Return whether CALL is to fail this time.  If so, set errno; otherwise leave
   it unchanged.  */
static bool
fails (char const *call)
{
  char file[64], line[256], name[32];
  int count, skip;
  int saved_errno = errno;

  if (! is_active)
    return false;
  snprintf (file, sizeof file, "fault.%s", call);
  int fd = raw_open (file, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return errno = saved_errno, false;
  long int n = syscall (SYS_read, fd, line, sizeof line - 1);
  syscall (SYS_close, fd);
  errno = saved_errno;
  if (n <= 0)
    return false;
  line[n] = '\0';
  if (sscanf (line, "%31s %d %d", name, &count, &skip) != 3)
    return false;

  bool is_hit = skip == 0;
  char const *next = strchr (line, '\n');
  next = next ? next + 1 : "";
  if (is_hit && count == 1 && *next == '\0')
    syscall (SYS_unlinkat, AT_FDCWD, file, 0);
  else if (is_hit && count == 1)
    raw_put (file, O_TRUNC, next, strlen (next));
  else if (! is_hit || count != 0)
    {
      char changed[sizeof line + 64];
      n = snprintf (changed, sizeof changed, "%s %d %d\n%s", name,
                    is_hit ? count - 1 : count, is_hit ? 0 : skip - 1, next);
      raw_put (file, O_TRUNC, changed, n);
    }
  errno = saved_errno;
  if (! is_hit)
    return false;

  snprintf (file, sizeof file, "hits.%s", call);
  raw_put (file, O_APPEND, ".", 1);
  int number = error_number (name);
  if (number != 0)
    errno = number;
  return true;
}

static void __attribute__ ((__constructor__))
begin (void)
{
  char const *wanted = getenv ("UCSPI_FAULTS");
  char const *name = (&program_invocation_short_name
                      ? program_invocation_short_name
                      : &__progname ? __progname : "");

  if (wanted && strcmp (wanted, name) == 0)
    {
      unsetenv ("UCSPI_FAULTS");
      /* This library is the last in the list.  If the tool runs under
         valgrind, the libraries before it are those of valgrind.  Keep these
         in the variable, because src/spawn/lanes-clone.c looks for them.  */
      char *others_end = strrchr (getenv ("LD_PRELOAD"), ':');
      if (others_end)
        *others_end = '\0';
      else
        unsetenv ("LD_PRELOAD");
      raw_put ("fault.loaded", O_TRUNC, "", 0);
      is_active = true;
    }
}

/* Define CALL with the PARAMETERS, so that it either fails or calls the
   original function with the ARGUMENTS.  The compiler turns the call at the
   end into a jump.  vfork needs this: its child returns through here, and
   would overwrite the stack frame to which its parent returns later.  */
#define DEFINE(Call, Parameters, Arguments) \
  DEFINE_AS (Call, #Call, Parameters, Arguments)

#define DEFINE_AS(Call, Name, Parameters, Arguments) \
  int Call Parameters; \
  int \
  Call Parameters \
  { \
    static int (*original) Parameters; \
    if (fails (Name)) \
      return -1; \
    if (! original) \
      original = (int (*) Parameters) dlsym (RTLD_NEXT, #Call); \
    return original Arguments; \
  }

DEFINE (bind, (int fd, void const *addr, unsigned int len), (fd, addr, len))
DEFINE (dup2, (int fd, int target), (fd, target))
DEFINE (flock, (int fd, int operation), (fd, operation))
DEFINE (getpeername, (int fd, void *addr, void *len), (fd, addr, len))
DEFINE (kill, (int pid, int sig), (pid, sig))
DEFINE (kqueue, (void), ())
DEFINE (linkat, (int from_dir, char const *from, int to_dir, char const *to,
                 int flags), (from_dir, from, to_dir, to, flags))
DEFINE (listen, (int fd, int backlog), (fd, backlog))
DEFINE (nanosleep, (void const *time, void *left), (time, left))
DEFINE_AS (__nanosleep64, "nanosleep", (void const *time, void *left),
           (time, left))
DEFINE_AS (__nanosleep50, "nanosleep", (void const *time, void *left),
           (time, left))
DEFINE (renameat2, (int from_dir, char const *from, int to_dir,
                    char const *to, unsigned int flags),
        (from_dir, from, to_dir, to, flags))
DEFINE (setsockopt, (int fd, int level, int name, void const *val,
                     unsigned int len), (fd, level, name, val, len))
DEFINE_AS (__setsockopt64, "setsockopt",
           (int fd, int level, int name, void const *val, unsigned int len),
           (fd, level, name, val, len))
DEFINE (sigaction, (int sig, void const *action, void *old),
        (sig, action, old))
DEFINE_AS (__sigaction_siginfo, "sigaction",
           (int sig, void const *action, void *old), (sig, action, old))
DEFINE (signalfd, (int fd, void const *mask, int flags), (fd, mask, flags))
DEFINE (sigprocmask, (int how, void const *set, void *old), (how, set, old))
DEFINE_AS (__sigprocmask14, "sigprocmask",
           (int how, void const *set, void *old), (how, set, old))
DEFINE (socket, (int domain, int type, int protocol),
        (domain, type, protocol))
DEFINE_AS (__socket30, "socket", (int domain, int type, int protocol),
           (domain, type, protocol))
DEFINE (waitpid, (int pid, int *status, int options), (pid, status, options))
DEFINE (execve, (char const *file, char *const *argv, char *const *envp),
        (file, argv, envp))
DEFINE (fork, (void), ())
DEFINE (fstatat, (int dir, char const *file, void *st, int flags),
        (dir, file, st, flags))
DEFINE_AS (fstatat64, "fstatat",
           (int dir, char const *file, void *st, int flags),
           (dir, file, st, flags))
DEFINE_AS (__fstatat64_time64, "fstatat",
           (int dir, char const *file, void *st, int flags),
           (dir, file, st, flags))
DEFINE (pipe, (int *ends), (ends))
DEFINE (umask, (unsigned int mask), (mask))
DEFINE (unlinkat, (int dir, char const *file, int flags), (dir, file, flags))
DEFINE (vfork, (void), ())
DEFINE_AS (__vfork14, "vfork", (void), ())

/* Functions with another type of result, or with optional arguments.  */

/* Read the file answer.WHAT into TEXT, which has SIZE bytes.  Return its
   length, or -1 if it does not exist.  Leave errno unchanged.  */
static long int
answer (char const *what, char *text, size_t size)
{
  char file[64];
  int saved_errno = errno;
  long int n = -1;

  if (! is_active)
    return -1;
  snprintf (file, sizeof file, "answer.%s", what);
  int fd = raw_open (file, O_RDONLY | O_CLOEXEC);
  if (0 <= fd)
    {
      n = syscall (SYS_read, fd, text, size - 1);
      syscall (SYS_close, fd);
    }
  errno = saved_errno;
  if (0 <= n)
    text[n] = '\0';
  return n;
}

/* Define CALL like DEFINE_AS, but let it do nothing if the file answer.NAME
   exists.  */
#define DEFINE_IDLE(Call, Name, Parameters, Arguments) \
  int Call Parameters; \
  int \
  Call Parameters \
  { \
    static int (*original) Parameters; \
    char text[8]; \
    if (fails (Name)) \
      return -1; \
    if (0 <= answer (Name, text, sizeof text)) \
      return 0; \
    if (! original) \
      original = (int (*) Parameters) dlsym (RTLD_NEXT, #Call); \
    return original Arguments; \
  }

DEFINE_IDLE (chmod, "chmod", (char const *file, unsigned int mode),
             (file, mode))
DEFINE_IDLE (fchmodat, "chmod",
             (int dir, char const *file, unsigned int mode, int flags),
             (dir, file, mode, flags))
DEFINE_IDLE (fchownat, "chown",
             (int dir, char const *file, unsigned int uid, unsigned int gid,
              int flags), (dir, file, uid, gid, flags))

int connect (int fd, void const *addr, unsigned int len);
int
connect (int fd, void const *addr, unsigned int len)
{
  static int (*original) (int, void const *, unsigned int);
  char text[8];

  if (fails ("connect"))
    return -1;
  if (! original)
    original = (int (*) (int, void const *, unsigned int)) dlsym (RTLD_NEXT,
                                                                  "connect");
  int result = original (fd, addr, len);
  if (result == 0 && 0 <= answer ("connect", text, sizeof text))
    {
      syscall (SYS_unlinkat, AT_FDCWD, "answer.connect", 0);
      return errno = EINTR, -1;
    }
  return result;
}

/* Set *LIMIT to the limit of descriptors and raise it, if answer.accept exists
   and accept has just failed because of this limit.  Otherwise return false,
   with errno unchanged.  */
static bool
loses_client (struct rlimit *limit)
{
  if (! is_active || errno != EMFILE)
    return false;
  /* No descriptor is free, so the file cannot be opened.  */
  bool exists = syscall (SYS_faccessat, AT_FDCWD, "answer.accept", F_OK) == 0;
  bool is_known = getrlimit (RLIMIT_NOFILE, limit) == 0;
  errno = EMFILE;
  if (! exists || ! is_known)
    return false;
  struct rlimit more = { limit->rlim_max, limit->rlim_max };
  bool is_raised = setrlimit (RLIMIT_NOFILE, &more) == 0;
  errno = EMFILE;
  return is_raised;
}

/* Close FD, which accept has returned, and set the limit of descriptors to
   LIMIT.  */
static void
lose_client (int fd, struct rlimit const *limit)
{
  if (0 <= fd)
    {
      syscall (SYS_close, fd);
      raw_put ("hits.accept-lost", O_APPEND, ".", 1);
    }
  setrlimit (RLIMIT_NOFILE, limit);
  errno = EMFILE;
}

/* Linux reports EINVAL if a listening socket was shut down and nobody waits
   there.  */
#define DEFINE_ACCEPT(Call, Parameters, Arguments) \
  int Call Parameters; \
  int \
  Call Parameters \
  { \
    static int (*original) Parameters; \
    char name[32]; \
    if (fails (#Call)) \
      return -1; \
    if (! original) \
      original = (int (*) Parameters) dlsym (RTLD_NEXT, #Call); \
    int result = original Arguments; \
    struct rlimit limit; \
    if (result < 0 && loses_client (&limit)) \
      lose_client (original Arguments, &limit); \
    if (result < 0 && errno == EINVAL \
        && 0 < answer ("dead", name, sizeof name)) \
      errno = error_number (name); \
    return result; \
  }

DEFINE_ACCEPT (accept, (int fd, void *addr, void *len), (fd, addr, len))
DEFINE_ACCEPT (accept4, (int fd, void *addr, void *len, int flags),
               (fd, addr, len, flags))

static int
original_poll (struct pollfd *fds, nfds_t count, int timeout)
{
  static int (*original) (struct pollfd *, nfds_t, int);
  if (! original)
    original = (int (*) (struct pollfd *, nfds_t, int)) dlsym (RTLD_NEXT,
                                                               "poll");
  return original (fds, count, timeout);
}

int
poll (struct pollfd *fds, nfds_t count, int timeout)
{
  char text[32];

  if (fails ("poll"))
    return -1;
  int result = original_poll (fds, count, timeout);
  if (0 < result && 0 <= answer ("dead", text, sizeof text))
    for (nfds_t i = 0; i < count; i++)
      if (fds[i].revents & POLLIN)
        fds[i].revents &= ~POLLHUP;
  return result;
}

/* On Linux the result is always EINVAL if the socket listens.  */
ssize_t recv (int fd, void *buffer, size_t len, int flags);
ssize_t
recv (int fd, void *buffer, size_t len, int flags)
{
  static ssize_t (*original) (int, void *, size_t, int);
  char text[32];

  if (fails ("recv"))
    return -1;
  if (! original)
    original = (ssize_t (*) (int, void *, size_t, int)) dlsym (RTLD_NEXT,
                                                               "recv");
  ssize_t n = original (fd, buffer, len, flags);
  if (n < 0 && errno == EINVAL && 0 <= answer ("dead", text, sizeof text))
    {
      struct pollfd state = { .fd = fd };
      if (original_poll (&state, 1, 0) == 1 && (state.revents & POLLHUP))
        return 0;
      errno = ENOTCONN;
    }
  if (n < 0 && errno == EINVAL && 0 <= answer ("listens", text, sizeof text))
    errno = ENOTCONN;
  return n;
}

int shutdown (int fd, int how);
int
shutdown (int fd, int how)
{
  static int (*original) (int, int);
  char text[8];

  if (fails ("shutdown"))
    return -1;
  if (0 <= answer ("shutdown", text, sizeof text))
    return 0;
  if (! original)
    original = (int (*) (int, int)) dlsym (RTLD_NEXT, "shutdown");
  return original (fd, how);
}

int getsockname (int fd, void *addr, unsigned int *len);
int
getsockname (int fd, void *addr, unsigned int *len)
{
  static int (*original) (int, void *, unsigned int *);
  char text[8];
  unsigned int room = *len;
  /* The address family has two bytes, on BSDs after a length.  */
  unsigned int const start = 2;
  long int n;

  if (fails ("getsockname"))
    return -1;
  if (! original)
    original = (int (*) (int, void *, unsigned int *)) dlsym (RTLD_NEXT,
                                                              "getsockname");
  int result = original (fd, addr, len);
  if (result == 0 && *len == start
      && 0 < (n = answer ("name", text, sizeof text))
      && start + 1 + n <= room)
    {
      ((char *) addr)[start] = '\0';
      memcpy ((char *) addr + start + 1, text, n);
      *len = start + 1 + n;
    }
  return result;
}

/* Fail only for the monotonic clock, as Solaris does for users without the
   privilege.  */
int timer_create (int clock, void *event, void *timer);
int
timer_create (int clock, void *event, void *timer)
{
  static int (*original) (int, void *, void *);

  if (clock == CLOCK_MONOTONIC && fails ("timer_create"))
    return -1;
  if (! original)
    original = (int (*) (int, void *, void *)) dlsym (RTLD_NEXT,
                                                      "timer_create");
  return original (clock, event, timer);
}

/* Linux uses these numbers on most processors.  */
enum { LEVEL_SOCKET = 1, PEERCRED = 17, ACCEPTCONN = 30, PEERSEC = 31 };

#define DEFINE_GETSOCKOPT(Call) \
  int Call (int fd, int level, int name, void *val, unsigned int *len); \
  int \
  Call (int fd, int level, int name, void *val, unsigned int *len) \
  { \
    static int (*original) (int, int, int, void *, unsigned int *); \
    char label[64]; \
    long int n; \
    if (fails ("getsockopt")) \
      return -1; \
    if (level == LEVEL_SOCKET && name == PEERSEC \
        && 0 <= (n = answer ("label", label, sizeof label))) \
      { \
        if (n == 0 || *len < n) \
          return errno = ENOPROTOOPT, -1; \
        memcpy (val, label, n); \
        *len = n; \
        return 0; \
      } \
    if (level == LEVEL_SOCKET && name == ACCEPTCONN \
        && 0 <= answer ("listens", label, sizeof label)) \
      return errno = ENOPROTOOPT, -1; \
    if (level == LEVEL_SOCKET && name == PEERCRED \
        && 0 < answer ("ids", label, sizeof label) && 12 <= *len) \
      { \
        int *ids = val; \
        return (sscanf (label, "%d %d %d %u", ids, ids + 1, ids + 2, len) \
                == 4 ? 0 : (errno = EINVAL, -1)); \
      } \
    if (! original) \
      original = (int (*) (int, int, int, void *, unsigned int *)) dlsym \
        (RTLD_NEXT, #Call); \
    return original (fd, level, name, val, len); \
  }

DEFINE_GETSOCKOPT (getsockopt)
DEFINE_GETSOCKOPT (__getsockopt64)

/* TYPE is the type of both numbers in the struct.  Padding may follow the
   second.  */
#define DEFINE_CLOCK(Call, Type) \
  int Call (int clock, void *ts); \
  int \
  Call (int clock, void *ts) \
  { \
    static int (*original) (int, void *); \
    char text[32]; \
    if (fails ("clock_gettime")) \
      return -1; \
    if (clock == CLOCK_MONOTONIC && 0 < answer ("clock", text, sizeof text)) \
      { \
        long long int ms = strtoll (text, NULL, 10); \
        *(Type *) ts = ms / 1000; \
        *(long int *) ((Type *) ts + 1) = ms % 1000 * 1000000; \
        return 0; \
      } \
    if (! original) \
      original = (int (*) (int, void *)) dlsym (RTLD_NEXT, #Call); \
    return original (clock, ts); \
  }

DEFINE_CLOCK (clock_gettime, long int)
DEFINE_CLOCK (__clock_gettime64, int64_t)
DEFINE_CLOCK (__clock_gettime50, int64_t)

#define DEFINE_OPENAT(Call) \
  int Call (int dir, char const *file, int flags, ...); \
  int \
  Call (int dir, char const *file, int flags, ...) \
  { \
    static int (*original) (int, char const *, int, ...); \
    char text[8]; \
    va_list args; \
    va_start (args, flags); \
    int mode = flags & O_CREAT ? va_arg (args, int) : 0; \
    va_end (args); \
    if (! original) \
      original = (int (*) (int, char const *, int, ...)) dlsym (RTLD_NEXT, \
                                                                #Call); \
    int fd = original (dir, file, flags, mode); \
    if (fd < 0 && (errno == ENOTDIR || errno == ELOOP) \
        && 0 <= answer ("openat", text, sizeof text)) \
      errno = EOPNOTSUPP; \
    return fd; \
  }

DEFINE_OPENAT (openat)
DEFINE_OPENAT (openat64)

/* Return true if FD is a socket.  Only the close of a socket is slowed down.
   Ask the kernel itself, because other functions here may be made to fail.  */
static bool
is_socket (int fd)
{
#ifdef SYS_getsockname
  char address[128];
  uint32_t len = sizeof address;
  return syscall (SYS_getsockname, fd, address, &len) == 0;
#else
  (void) fd;
  return true;
#endif
}

/* Close the descriptor even if the call is to fail, as real kernels do.  */
int
close (int fd)
{
  char text[32];
  int saved_errno = errno;
  if (0 < answer ("close", text, sizeof text) && is_socket (fd))
    {
#ifdef SYS_rt_sigprocmask
      /* Block all signals, so that none interrupts the wait. 2 is
         SIG_SETMASK.  */
      uint64_t all = UINT64_MAX, old = 0;
      syscall (SYS_rt_sigprocmask, 2, &all, &old, sizeof all);
#elif defined SYS___sigprocmask14
      /* The same on NetBSD, where SIG_SETMASK is 3.  */
      uint32_t all[4] = { UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX };
      uint32_t old[4] = { 0 };
      syscall (SYS___sigprocmask14, 3, all, old);
#endif
      poll (NULL, 0, strtol (text, NULL, 10));
#ifdef SYS_rt_sigprocmask
      syscall (SYS_rt_sigprocmask, 2, &old, NULL, sizeof old);
#elif defined SYS___sigprocmask14
      syscall (SYS___sigprocmask14, 3, old, NULL);
#endif
    }
  errno = saved_errno;
  int result = syscall (SYS_close, fd);
  return fails ("close") ? -1 : result;
}

/* posix_spawn returns the error.  Its child calls functions inside of the C
   library, which cannot be made to fail here.  */
int posix_spawn (int *, char const *, void const *, void const *,
                 char *const *, char *const *);
int
posix_spawn (int *pid, char const *file, void const *actions,
             void const *attributes, char *const *argv, char *const *envp)
{
  static int (*original) (int *, char const *, void const *, void const *,
                          char *const *, char *const *);
  if (fails ("posix_spawn"))
    return errno;
  if (! original)
    original = (int (*) (int *, char const *, void const *, void const *,
                         char *const *, char *const *)) dlsym (RTLD_NEXT,
                                                               "posix_spawn");
  return original (pid, file, actions, attributes, argv, envp);
}

ssize_t
read (int fd, void *buffer, size_t size)
{
  static ssize_t (*original) (int, void *, size_t);
  if (fails ("read"))
    return -1;
  if (! original)
    original = (ssize_t (*) (int, void *, size_t)) dlsym (RTLD_NEXT, "read");
  return original (fd, buffer, size);
}

ssize_t
write (int fd, void const *buffer, size_t size)
{
  static ssize_t (*original) (int, void const *, size_t);
  char file[64], wanted[32];
  size_t bytes;
  if (fails ("write"))
    return -1;
  if (0 < answer ("write", file, sizeof file)
      && sscanf (file, "%zu %31s", &bytes, wanted) == 2 && bytes < size
      && memmem (buffer, size, wanted, strlen (wanted)))
    {
      size = bytes;
      syscall (SYS_unlinkat, AT_FDCWD, "answer.write", 0);
    }
  if (! original)
    original = (ssize_t (*) (int, void const *, size_t)) dlsym (RTLD_NEXT,
                                                                "write");
  return original (fd, buffer, size);
}

/* If FD is a file, which has just been mapped, truncate a file as answer.mmap
   says.  */
static void
cut_mapped (int fd)
{
  char text[64], file[32];
  long int bytes;

  if (0 <= fd && 0 < answer ("mmap", text, sizeof text)
      && sscanf (text, "%31s %ld", file, &bytes) == 2)
    {
      int to_cut = raw_open (file, O_WRONLY | O_CLOEXEC);
      syscall (SYS_ftruncate, to_cut, bytes);
      syscall (SYS_close, to_cut);
    }
}

/* Only the program's own calls come here, not those of the C library.  */
#define DEFINE_MMAP(Call, Offset) \
  void *Call (void *, size_t, int, int, int, Offset); \
  void * \
  Call (void *addr, size_t len, int prot, int flags, int fd, Offset offset) \
  { \
    static void *(*original) (void *, size_t, int, int, int, Offset); \
    if (fails ("mmap")) \
      return MAP_FAILED; \
    if (! original) \
      original = (void *(*) (void *, size_t, int, int, int, Offset)) dlsym \
        (RTLD_NEXT, #Call); \
    void *mem = original (addr, len, prot, flags, fd, offset); \
    cut_mapped (fd); \
    return mem; \
  }

DEFINE_MMAP (mmap, off_t)
#if ! defined mmap && ! defined mmap64
DEFINE_MMAP (mmap64, int64_t)
#endif

int
munmap (void *addr, size_t len)
{
  static int (*original) (void *, size_t);
  char file[64];
  if (0 < answer ("munmap", file, sizeof file))
    raw_put (file, 0, "X", 1);
  if (! original)
    original = (int (*) (void *, size_t)) dlsym (RTLD_NEXT, "munmap");
  return original (addr, len);
}

#define DEFINE_FCNTL(Call) \
  int Call (int fd, int command, ...); \
  int \
  Call (int fd, int command, ...) \
  { \
    static int (*original) (int, int, ...); \
    va_list args; \
    va_start (args, command); \
    void *arg = va_arg (args, void *); \
    va_end (args); \
    if (fails ("fcntl")) \
      return -1; \
    if (! original) \
      original = (int (*) (int, int, ...)) dlsym (RTLD_NEXT, #Call); \
    return original (fd, command, arg); \
  }

#define DEFINE_OPEN(Call) \
  int Call (char const *file, int flags, ...); \
  int \
  Call (char const *file, int flags, ...) \
  { \
    static int (*original) (char const *, int, ...); \
    va_list args; \
    va_start (args, flags); \
    int mode = va_arg (args, int); \
    va_end (args); \
    if (fails ("open")) \
      return -1; \
    if (! original) \
      original = (int (*) (char const *, int, ...)) dlsym (RTLD_NEXT, #Call); \
    return original (file, flags, mode); \
  }

DEFINE_FCNTL (fcntl)
DEFINE_OPEN (open)
#if ! defined fcntl && ! defined fcntl64
DEFINE_FCNTL (fcntl64)
DEFINE_FCNTL (__fcntl_time64)
#endif
#if ! defined open && ! defined open64
DEFINE_OPEN (open64)
#endif
