/* log.c -- write log lines to standard error.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "base/log.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sockopt.h"
#include "dirname.h"
#include "unistd-safer.h"
#include "xalloc.h"

/* The longest line.  A path of PATH_MAX bytes may be four times as long with
   all bytes escaped.  */
enum { LINE_SIZE = 20 * 1024 };

/* True if send may block even with MSG_DONTWAIT.  A test defines this.  */
#ifndef LOG_ASKS_BEFORE_SEND
# define LOG_ASKS_BEFORE_SEND (! SEND_HEEDS_DONTWAIT)
#endif

/* How to write a line.  */
enum way
{
  /* Write, and block as long as necessary.  */
  WAY_WRITE,
  /* A write to DESCRIPTOR never waits.  */
  WAY_NONBLOCKING,
#ifdef MSG_DONTWAIT
  /* DESCRIPTOR is a socket, perhaps a blocking one: send with
     MSG_DONTWAIT.  */
  WAY_SEND,
#endif
  /* DESCRIPTOR is blocking: ask poll before each part of a line.  If another
     process fills the pipe between poll and write, write blocks; no system
     call prevents that here.  */
  WAY_ASK,
  /* Do not write lines at all.  */
  WAY_NOWHERE
};

static char name[64];
static enum log_level current_level = LOG_NORMAL;
static int descriptor = STDERR_FILENO;
static enum way way = WAY_WRITE;
static bool sigpipe_is_blocked;

/* The condition of log_wait_unless, or null if it was not called.  */
static bool (*gives_up) (void);

/* How often to call it, in milliseconds.  */
enum { SLICE = 100 };

/* The current line, and the part of it that is not written yet.  A write may
   take only a part: on a full terminal, or on a full pipe if the line is
   longer than PIPE_BUF.  Then the rest is written before the next line,
   because otherwise the two would be read as one.  */
static char line[LINE_SIZE];
static char const *rest = line;
static size_t rest_len;

/* The number of lost lines that have not been reported.  */
static unsigned long int lost;

void
log_init (char const *argv0, char const *fallback)
{
  char const *last = argv0 ? last_component (argv0) : "";
  if (*last == '\0')
    last = fallback;

  size_t n = 0;
  for (; last[n] != '\0' && n < sizeof name - 1; n++)
    name[n] = '!' <= last[n] && last[n] <= '~' ? last[n] : '?';
  name[n] = '\0';
}

char const *
log_name (void)
{
  return name;
}

void
log_set_level (enum log_level level)
{
  current_level = level;
}

void
log_write_nothing (void)
{
  way = WAY_NOWHERE;
}

bool
log_is_enabled (enum log_level level)
{
  return level <= current_level;
}

/* Return a new non-blocking descriptor of the file that standard error refers
   to, or -1.  Where opening /dev/fd/2 only duplicates the descriptor, the
   flags would be shared with our children and must not be changed.  O_APPEND
   shows the difference, and changes nothing for a pipe or a terminal.  */
static int
reopen_nonblocking (void)
{
  int fd = fd_safer_flag (open ("/dev/fd/2", (O_WRONLY | O_NONBLOCK | O_APPEND
                                              | O_NOCTTY | O_CLOEXEC)),
                          O_CLOEXEC);
  if (0 <= fd)
    {
      int own = fcntl (fd, F_GETFL);
      int shared = fcntl (STDERR_FILENO, F_GETFL);
      if (own < 0 || ! (own & O_NONBLOCK)
          || shared < 0 || ! ((own ^ shared) & (O_NONBLOCK | O_APPEND)))
        {
          close (fd);
          fd = -1;
        }
    }
  return fd;
}

void
log_never_wait (void)
{
  struct stat st;
  int flags = fcntl (STDERR_FILENO, F_GETFL);

  /* Do not rely on O_NONBLOCK if it is set: our children share the flag and
     may clear it.  */
  way = WAY_NONBLOCKING;
  if (flags < 0
      /* Standard error is not open for writing, and opening it again could
         make it so.  */
      || (flags & O_ACCMODE) == O_RDONLY
      || fstat (STDERR_FILENO, &st) != 0
      || S_ISREG (st.st_mode))
    return;
#ifdef MSG_DONTWAIT
  if (S_ISSOCK (st.st_mode))
    way = WAY_SEND;
  else
#endif
    {
      int fd = reopen_nonblocking ();
      if (0 <= fd)
        descriptor = fd;
      else
        way = WAY_ASK;
    }
}

void
log_wait_unless (bool (*condition) (void))
{
  gives_up = condition;
}

void
log_sigpipe_is_blocked (void)
{
  sigpipe_is_blocked = true;
}

/* Return true if a write to standard error may block until it is read.  In
   other cases, do not wait by poll: for a descriptor that is not open for
   writing or cannot be written, such as a listening socket, poll would wait
   for ever, but write returns an error at once.  With O_NONBLOCK, write
   returns at once, too.  */
static bool
can_have_to_wait (void)
{
  struct stat st;
  int flags = fcntl (descriptor, F_GETFL);

  if (flags < 0 || (flags & O_NONBLOCK) || (flags & O_ACCMODE) == O_RDONLY
      || fstat (descriptor, &st) != 0)
    return false;
  if (S_ISSOCK (st.st_mode))
    return sockopt_listens (descriptor) <= 0;
  return S_ISFIFO (st.st_mode) || S_ISCHR (st.st_mode);
}

/* Wait until poll reports that standard error can be written.  Return false
   with errno EINTR if the condition of log_wait_unless became true.  */
static bool
wait_for_reader (void)
{
  for (;;)
    {
      struct pollfd ready = { .fd = descriptor, .events = POLLOUT };
      /* Check each time, because other processes may change the flags.  */
      if (! can_have_to_wait ())
        return true;
      int n = poll (&ready, 1, SLICE);
      if (0 < n || (n < 0 && errno != EINTR))
        return true;
      if (gives_up ())
        return errno = EINTR, false;
    }
}

/* How many bytes a blocking pipe takes without waiting after poll has reported
   it as writable.  */
#ifdef PIPE_BUF
enum { PIPE_SIZE = PIPE_BUF };
#else
enum { PIPE_SIZE = 512 };
#endif

/* How many bytes a stream socket takes without waiting after poll has reported
   it as writable: the low-water mark, SO_SNDLOWAT, unless a process has
   changed it.  */
enum { SURE_SIZE = 2048 };

/* How many bytes to write at once to a terminal or other device that poll has
   reported as writable.  No system promises how many it takes without waiting,
   so this is small.  */
enum { DEVICE_SIZE = 256 };

#ifdef MSG_DONTWAIT

# if LOG_ASKS_BEFORE_SEND

/* NetBSD, macOS and illumos ignore MSG_DONTWAIT for send on a stream socket
   (sosend of NetBSD 11, sosendcheck of xnu 11417, sotpi_sendmsg of illumos).
   NetBSD has MSG_NBIO instead, which is not documented and not declared
   everywhere.  */
#  ifndef MSG_NBIO
#   define MSG_NBIO 0
#  endif

/* Send the LEN bytes of TEXT, or the first of them, without blocking.  Return
   how many were sent, or -1 with errno set.  If another process fills the
   socket between poll and send, send blocks where the system ignores the
   flags.  */
static ssize_t
put_by_send (char const *text, size_t len)
{
  int type = 0;
  socklen_t type_len = sizeof type;
  size_t sent = 0;
  ssize_t n;

  getsockopt (descriptor, SOL_SOCKET, SO_TYPE, &type, &type_len);
  do
    {
      struct pollfd ready = { .fd = descriptor, .events = POLLOUT };
      size_t size = len - sent;
      /* Do not divide the line on other types, which preserve message
         boundaries.  */
      if (type == SOCK_STREAM && SURE_SIZE < size)
        size = SURE_SIZE;
      n = (0 < poll (&ready, 1, 0)
           ? send (descriptor, text + sent, size, MSG_DONTWAIT | MSG_NBIO)
           : (errno = EAGAIN, -1));
      sent += n < 0 ? 0 : n;
    }
  while (0 < n && sent < len);
  return sent != 0 ? (ssize_t) sent : n;
}

# else

/* Send the LEN bytes of TEXT, or the first of them, without blocking.  Return
   how many were sent, or -1 with errno set.  */
static ssize_t
put_by_send (char const *text, size_t len)
{
  return send (descriptor, text, len, MSG_DONTWAIT);
}

# endif
#endif

/* Return how many bytes of a line of LEN bytes to write at once.  A write of
   more bytes could block although poll has reported standard error as
   writable.  Do not divide a line on sockets that preserve message
   boundaries.  */
static size_t
part_size (size_t len)
{
  struct stat st;

  if (len <= DEVICE_SIZE || fstat (descriptor, &st) != 0)
    return len;
  if (S_ISCHR (st.st_mode))
    return DEVICE_SIZE;
  if (! S_ISSOCK (st.st_mode))
    return PIPE_SIZE;
  if (sockopt_get (descriptor, SO_TYPE) != SOCK_STREAM)
    return len;
  return (int) SURE_SIZE < (int) PIPE_SIZE ? SURE_SIZE : PIPE_SIZE;
}

/* Return true if poll reports that standard error can be written now.  If not,
   set errno.  */
static bool
is_ready (void)
{
  struct pollfd ready = { .fd = descriptor, .events = POLLOUT };
  return 0 < poll (&ready, 1, 0) || (errno = EAGAIN, false);
}

/* Write the LEN bytes of TEXT, or the first of them, in parts, and call
   MAY_WRITE before each part, until it returns false.  Return how many bytes
   were written, or -1 with errno set.  */
static ssize_t
put_in_parts (char const *text, size_t len, bool (*may_write) (void))
{
  size_t sent = 0;
  ssize_t n;
  size_t most = part_size (len);

  do
    {
      size_t size = len - sent;
      if (most < size)
        size = most;
      n = may_write () ? write (descriptor, text + sent, size) : -1;
      sent += n < 0 ? 0 : n;
    }
  while (0 < n && sent < len);
  return sent != 0 ? (ssize_t) sent : n;
}

/* Write the LEN bytes of TEXT, or some of them, as WAY demands.  Return how
   many were written, or -1 with errno set.  */
static ssize_t
put (char const *text, size_t len)
{
  switch (way)
    {
#ifdef MSG_DONTWAIT
    case WAY_SEND:
      return put_by_send (text, len);
#endif
    case WAY_ASK:
      return put_in_parts (text, len, is_ready);
    case WAY_WRITE:
      if (gives_up && can_have_to_wait ())
        return put_in_parts (text, len, wait_for_reader);
      break;
    case WAY_NONBLOCKING:
      break;
    case WAY_NOWHERE:
      return len;
    }
  return write (descriptor, text, len);
}

/* Call put while SIGPIPE is blocked.  Afterwards the signal mask is as before,
   and no SIGPIPE of ours is pending, because the next program must not get
   it.  */
static ssize_t
put_quietly (char const *text, size_t len)
{
  sigset_t pipe_only, old, pending;

  sigemptyset (&pipe_only);
  sigaddset (&pipe_only, SIGPIPE);
  sigpending (&pending);
  bool was_pending = sigismember (&pending, SIGPIPE) == 1;
  sigprocmask (SIG_BLOCK, &pipe_only, &old);

  ssize_t n = put (text, len);
  /* After EPIPE, or after only a part was sent, a pending SIGPIPE is ours.  In
     other cases another process has sent it.  */
  bool may_be_ours = n < 0 ? errno == EPIPE : (size_t) n < len;
  if (may_be_ours && ! was_pending)
    {
      int sig;
      sigpending (&pending);
      if (sigismember (&pending, SIGPIPE) == 1)
        sigwait (&pipe_only, &sig);
    }
  sigprocmask (SIG_SETMASK, &old, NULL);
  return n;
}

/* Write the rest of the line.  Return true if all of it is written.  */
static bool
put_rest (void)
{
  if (rest_len != 0)
    {
      ssize_t n = (sigpipe_is_blocked ? put (rest, rest_len)
                   : put_quietly (rest, rest_len));
      if (0 < n)
        {
          rest += n;
          rest_len -= n;
        }
    }
  return rest_len == 0;
}

/* Begin the line with "NAME: KIND: ".  Return its length.  */
static size_t
begin_line (char const *kind)
{
  /* NAME is shorter than 64 bytes, and KIND is a constant.  */
  return stpcpy (stpcpy (stpcpy (stpcpy (line, name), ": "), kind), ": ")
         - line;
}

/* End the line, which has N bytes so far, and write it.  Return false if the
   line is lost.  If only a part is written, the rest is kept.  */
static bool
end_line (size_t n)
{
  line[n++] = '\n';
  rest = line;
  rest_len = n;
  if (! put_rest () && rest == line)
    {
      /* Not a byte was written, so drop the whole line.  */
      rest_len = 0;
      return false;
    }
  return true;
}

/* Write the rest of the last line, and then how many lines were lost.  Return
   true if the next line can be written.  */
static bool
catch_up (void)
{
  if (! put_rest ())
    return false;
  if (lost != 0)
    {
      size_t n = begin_line ("warning");
      n += sprintf (line + n, "%lu %s lost", lost,
                    lost == 1 ? "line of this log was"
                    : "lines of this log were");
      if (end_line (n))
        lost = 0;
    }
  return lost == 0 && rest_len == 0;
}

/* Write one line "NAME: KIND: FORMAT...", followed by the text of ERRNUM
   unless that is 0.  */
static void __attribute__ ((__format__ (__printf__, 3, 0)))
write_line (char const *kind, int errnum, char const *format, va_list args)
{
  int saved_errno = errno;
  if ((rest_len | lost) != 0 && ! catch_up ())
    {
      lost++;
      errno = saved_errno;
      return;
    }

  size_t n = begin_line (kind);
  size_t room = sizeof line - 1;
  int m = vsnprintf (line + n, room - n, format, args);
  n += m < 0 ? 0 : m;
  if (errnum != 0 && n < room)
    n += snprintf (line + n, room - n, ": %s", strerror (errnum));
  if (room <= n)
    n = room - 1;
  if (! end_line (n))
    lost++;
  errno = saved_errno;
}

bool
log_has_lost (void)
{
  return lost != 0 || rest_len != 0;
}

void
log_report_lost (void)
{
  int saved_errno = errno;
  if (log_has_lost () && log_is_enabled (LOG_NORMAL))
    catch_up ();
  errno = saved_errno;
}

void
log_warn (int errnum, char const *format, ...)
{
  if (log_is_enabled (LOG_NORMAL))
    {
      va_list args;
      va_start (args, format);
      write_line ("warning", errnum, format, args);
      va_end (args);
    }
}

void
log_info (enum log_level level, char const *format, ...)
{
  if (log_is_enabled (level))
    {
      va_list args;
      va_start (args, format);
      write_line ("info", 0, format, args);
      va_end (args);
    }
}

void
die (int status, int errnum, char const *format, ...)
{
  va_list args;
  va_start (args, format);
  write_line ("fatal", errnum, format, args);
  va_end (args);
  exit (status);
}

/* gnulib calls this function when it is out of memory.  */
void
xalloc_die (void)
{
  die (EXIT_SYSTEM, ENOMEM, "unable to allocate memory");
}
