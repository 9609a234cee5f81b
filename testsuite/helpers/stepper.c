/* stepper.c -- stop a tool at each system call and disturb it there.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: stepper [OPTION]... TOOL [ARG]...

   Run TOOL, which is to make a socket at d/s, under ptrace.  TOOL and its
   children stop before each system call from the first socket(2) on.  Run TOOL
   once for each stop.  At that stop, do something that an attacker with write
   permission for the directory d could do; then let TOOL run to its end.
   Print a line for each thing that is wrong, and at the end "RUNS runs, STOPS
   stops, ACTS acts": the number of runs, the number of stops of the longest
   run, and how many times TOOL was disturbed.

   What to do at a stop:

     -a ATTACK  one of `attacks' below (may be repeated).  "rotate" attacks
                the name at every stop from this one on, each time in another
                way
     -A         all attacks, one after the other
     -s SIGNAL  send the signal with this number to TOOL.  If it is 9, then run
                TOOL once more
     -x SERVER  start SERVER, which is s6-ipcserver, at d/s, and wait until it
                serves, has exited, or waits for the lock that TOOL holds.
                SERVER gets the option --no-clobber or, with -r,
                --replace-live.  If SERVER serves, TOOL must not remove the
                socket of SERVER, unless SERVER was started before TOOL
                announced its own socket; with -k, TOOL must never remove it
     -f         make the system call fail, with each of the errors that are
                usual for it, in a run of its own.  TOOL must either exit with
                111 and report the error, or succeed; it must leave nothing
                half done.  Exit with 77 if the system cannot replace a system
                call
     -c STEP    do it only at each STEPth stop

   Without -a, -A, -s, -x and -f, run TOOL once and inspect d at every stop.

   The state before:

     -p PRIOR   what is at d/s: none (default), stale, live, file
     -t         no other user may write to d
     -l         d has a default access control list that lets user 65534 in and
                keeps the group out.  No socket of TOOL may at any stop have a
                list that grants a permission, or have a list at the end.  Exit
                with 77 if the system has no such lists

   What must be true:

     -e STATUS  the exit status of TOOL when it prints "fatal" (default 111)
     -n         after success, nothing is at d/s
     -k         TOOL must not remove what it finds at d/s, unless that is a
                stale socket
     -r         TOOL replaces d/s by rename: d/s exists at every stop.  With
                -p live and no attack, a connect succeeds at every stop
     -m MODE    no socket of TOOL has a permission outside this octal mode, at
                any stop
     -w UID:GID if we are root: a process with these ids cannot connect to a
                socket of TOOL, at any stop
     -o         the process of -w can connect at some stop.  This shows that
                the test with -w can fail

   All files are in the current directory: the socket is made in d, and v
   belongs to a victim.  TOOL gets SIGTERM when it has written a newline to
   standard output.  Exit status: 0, or 77 if processes cannot be traced.  */

#include <config.h>

#include <stdio.h>

#if HAVE_DECL_PTRACE_O_EXITKILL

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "default-list.h"
#include "power.h"
#include "syscall-info.h"

enum { SKIPPED = 77, SECONDS = 60 };

/* A system call and the errors with which it may fail.  */
struct failure
{
  long int nr;
  char const *name;
  int errors[16];
};
/* umask is not listed, because it cannot fail.  */
static struct failure const failures[] =
{
#define CALL(Name, ...) { SYS_##Name, #Name, { __VA_ARGS__ } },
#ifdef SYS_socket
  CALL (socket, EACCES, EAFNOSUPPORT, EMFILE, ENFILE, ENOBUFS, ENOMEM)
  CALL (bind, EACCES, EADDRINUSE, EINVAL, ELOOP, ENAMETOOLONG, ENOENT,
        ENOMEM, ENOTDIR, EROFS, ENOSPC)
  CALL (listen, EADDRINUSE, EINVAL, EOPNOTSUPP)
  CALL (connect, EACCES, EAGAIN, EINTR, ENOENT, EPROTOTYPE, EPERM)
  CALL (setsockopt, ENOPROTOOPT, EPERM, ENOMEM)
  CALL (getsockname, ENOBUFS)
#endif
  CALL (openat, EACCES, EMFILE, ENFILE, ENOENT, ENOTDIR, ELOOP, ENOMEM)
#ifdef SYS_open
  CALL (open, EACCES, EMFILE, ENFILE, ENOENT, ENOTDIR, ELOOP, ENOMEM)
#endif
#ifdef SYS_newfstatat
  CALL (newfstatat, EACCES, EIO, ELOOP, ENOENT, ENOMEM, EOVERFLOW)
#endif
#ifdef SYS_fstatat64
  CALL (fstatat64, EACCES, EIO, ELOOP, ENOENT, ENOMEM, EOVERFLOW)
#endif
#ifdef SYS_statx
  CALL (statx, EACCES, EIO, ELOOP, ENOENT, ENOMEM)
#endif
#ifdef SYS_fstat
  CALL (fstat, EIO, ENOMEM, EOVERFLOW)
#endif
#ifdef SYS_fstatfs
  CALL (fstatfs, EIO, EINTR, ENOSYS)
#endif
#ifdef SYS_mkdirat
  CALL (mkdirat, EACCES, EDQUOT, EIO, ELOOP, EMLINK, ENOENT, ENOMEM, ENOSPC,
        ENOTDIR, EPERM, EROFS)
#endif
#ifdef SYS_mkdir
  CALL (mkdir, EACCES, EDQUOT, ENOMEM, ENOSPC, EROFS)
#endif
  CALL (unlinkat, EACCES, EBUSY, EIO, ENOENT, ENOMEM, ENOTDIR, EPERM, EROFS)
#ifdef SYS_unlink
  CALL (unlink, EACCES, EBUSY, EIO, EPERM, EROFS)
#endif
#ifdef SYS_renameat
  CALL (renameat, EACCES, EBUSY, EDQUOT, EIO, ENOENT, ENOMEM, ENOSPC, EPERM,
        EROFS, EXDEV)
#endif
#ifdef SYS_renameat2
  CALL (renameat2, EACCES, EBUSY, EDQUOT, EIO, ENOENT, ENOMEM, ENOSPC,
        ENOTDIR, EPERM, EROFS, EXDEV, EINVAL, ENOSYS)
#endif
#ifdef SYS_linkat
  CALL (linkat, EACCES, EIO, EMLINK, ENOSPC, EPERM, EROFS, EXDEV)
#endif
  CALL (fchownat, EACCES, EINVAL, EIO, ENOENT, ENOMEM, EPERM, EROFS, EDQUOT)
#ifdef SYS_chmod
  CALL (chmod, EACCES, EIO, ENOENT, ENOMEM, EPERM, EROFS)
#endif
  CALL (fchmodat, EACCES, EIO, ENOENT, ENOMEM, EPERM, EROFS)
#ifdef SYS_fchmodat2
  CALL (fchmodat2, EACCES, EIO, ENOMEM, EPERM, EROFS, ENOSYS)
#endif
  CALL (fchdir, EACCES, EIO, ENOTDIR)
  CALL (flock, EBADF, EINTR, ENOLCK, EWOULDBLOCK, ENOSYS)
  CALL (getdents64, EINVAL, EIO, ENOENT)
  CALL (getxattr, EACCES, EIO, ENODATA, EOPNOTSUPP, ERANGE)
  CALL (lgetxattr, EACCES, EIO, ENODATA, EOPNOTSUPP, ERANGE)
  CALL (removexattr, EIO, EOPNOTSUPP, EPERM, EROFS, ENOSPC)
  CALL (lremovexattr, EIO, EOPNOTSUPP, EPERM, EROFS, ENOSPC)
#ifdef SYS_access
  CALL (access, EACCES, EIO, ENOENT, ENOMEM)
#endif
#ifdef SYS_faccessat
  CALL (faccessat, EACCES, EIO, ENOENT, ENOMEM)
#endif
#ifdef SYS_fork
  CALL (fork, EAGAIN, ENOMEM)
#endif
  CALL (clone, EAGAIN, ENOMEM)
  CALL (write, EDQUOT, EIO, ENOSPC, EPIPE)
  CALL (setgroups, EPERM, ENOMEM)
  CALL (setgid, EPERM)
  CALL (setuid, EAGAIN, EPERM)
#ifdef SYS_fcntl
  CALL (fcntl, EMFILE, EINVAL)
#endif
#ifdef SYS_fcntl64
  CALL (fcntl64, EMFILE, EINVAL)
#endif
#ifdef SYS_dup2
  CALL (dup2, EMFILE, EBUSY, EINTR)
#endif
#ifdef SYS_dup3
  CALL (dup3, EMFILE, EBUSY, EINTR)
#endif
  CALL (ioctl, EPERM, EINVAL, ENOTTY, EMFILE, ENFILE, ENOMEM)
#ifdef SYS_pidfd_open
  CALL (pidfd_open, EINVAL, EMFILE, ENFILE, ENOMEM, ENOSYS)
#endif
#ifdef SYS_signalfd4
  CALL (signalfd4, EMFILE, ENFILE, ENOMEM)
#endif
  CALL (pipe2, EMFILE, ENFILE)
#undef CALL
};

/* The attacks that replace the name come first: "rotate" uses these.  */
static char const *const attacks[] =
{
  "symlink-file", "symlink-socket", "symlink-nowhere", "hardlink-file",
  "hardlink-socket", "socket", "file", "dir", "gone",
  /* A socket with mode 0. If we are root, it is owned by another user.  */
  "socket-0",
  /* The directory becomes a symbolic link to the victim's directory, in which
     s is a file or a socket.  */
  "parent-file", "parent-socket",
  /* The private directory of the tool is moved away, if it exists already.
     Then a symbolic link, a directory, a file or nothing is put at its
     name.  */
  "stage-symlink", "stage-dir", "stage-file", "stage-gone",
  "rotate"
};
enum { ATTACKS = sizeof attacks / sizeof *attacks, ROTATED = 10 };

static char const *prior = "none";
static char **tool;
static bool keeps, replaces, leaves_nothing, wants_connect;
static unsigned int max_mode = 07777;
static char const *watcher;
static int step = 1;
static bool injects;
static bool has_list;
static mode_t dir_mode = 0777;
static int sig;
static int fatal_status = 111;
/* The server of -x.  */
static char *rival;

/* The state of -f in this run: the index of the error; the process whose call
   is failing, or 0; the call, or NULL; and whether that call was rmdir.  */
static int error_index;
static pid_t failing_pid;
static struct failure const *failed;
static bool was_rmdir;
/* The call failed after d/s had become the new socket.  */
static bool was_late;

/* The access control list of -l.  */
enum { LIST = 5 };
static char const *const default_list[LIST] =
  { "u::7", "u:65534:7", "g::0", "m::7", "o::0" };

/* The state of a run.  */
static char const *attack;
static int act_at;
static int stops;
static bool acted;
/* The tool had the directory d open when d was replaced.  */
static bool was_held;
/* d/s was seen to be another socket than at the start.  */
static bool was_replaced;
/* The signal of -s arrived while TOOL blocked it.  */
static bool was_blocked;
/* The tool has called listen and has then unblocked the signal of -s, so its
   start is over.  A handler may block the signal again.  */
static bool was_over;
static pid_t main_pid;
static bool has_begun, has_listened, has_announced, is_late;
static int end_status;
static int output[2];
static struct stat prior_stat;
static bool has_prior_stat;
static int sockets[16];
static int socket_count;
static int moves;
/* The socket that the attack "socket-0" made.  */
static struct stat strange;
/* The server of -x: its pid; whether it serves, and whether it must keep its
   socket then; the inode of the socket; a pipe that it holds open until it
   exits; and the pipe to which it announces.  */
static pid_t rival_pid;
static bool rival_serves, rival_keeps;
static ino_t rival_ino;
static int rival_life, rival_output;

/* Totals of all runs.  */
static int runs, longest, acts, watcher_connects;
static char stage_name[300];

struct victim
{
  char const *name;
  struct stat st;
  int fd;
};
static struct victim victims[] =
{
  { "v/file", { 0 }, -1 }, { "v/sock", { 0 }, -1 }, { "v/s", { 0 }, -1 }
};
static struct stat victims_dir;

static void
fail (char const *what)
{
  perror (what);
  exit (99);
}

/* Exit because this process may not trace another one, although the system has
   ptrace.  */
static void
skip (void)
{
  puts ("ptrace is refused here");
  exit (SKIPPED);
}

static void __attribute__ ((__format__ (__printf__, 1, 2)))
wrong (char const *format, ...)
{
  va_list args;
  va_start (args, format);
  printf ("%s at stop %d over %s: ",
          attack ? attack : sig ? "signal" : rival ? "a server"
          : failed ? failed->name : "none",
          act_at, prior);
  if (failed)
    printf ("%s: ", strerror (failed->errors[error_index]));
  vprintf (format, args);
  putchar ('\n');
  va_end (args);
}

static bool
begins (char const *text, char const *with)
{
  return strncmp (text, with, strlen (with)) == 0;
}

/* Make files.  */

static void
put_file (char const *name, char const *text, mode_t mode)
{
  int fd = open (name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd < 0 || write (fd, text, strlen (text)) < 0 || fchmod (fd, mode) != 0)
    fail (name);
  close (fd);
}

static struct sockaddr_un
address (char const *name)
{
  struct sockaddr_un addr = { .sun_family = AF_UNIX };
  snprintf (addr.sun_path, sizeof addr.sun_path, "%s", name);
  return addr;
}

/* On Linux, O_CLOEXEC and O_NONBLOCK are flags of socket, too.  The simulated
   headers of other systems may lack their other names.  */
static int
put_socket (char const *name, mode_t mode)
{
  struct sockaddr_un addr = address (name);
  int fd = socket (AF_UNIX, SOCK_STREAM | O_CLOEXEC | O_NONBLOCK, 0);
  if (fd < 0 || bind (fd, (struct sockaddr *) &addr, sizeof addr) != 0
      || listen (fd, 64) != 0 || chmod (name, mode) != 0)
    fail (name);
  return fd;
}

static int
remove_one (char const *name, struct stat const *st, int type, struct FTW *ftw)
{
  (void) st;
  (void) type;
  (void) ftw;
  return remove (name);
}

static void
remove_tree (char const *name)
{
  nftw (name, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void
close_sockets (void)
{
  while (socket_count)
    close (sockets[--socket_count]);
  for (size_t i = 0; i < sizeof victims / sizeof *victims; i++)
    if (0 <= victims[i].fd)
      {
        close (victims[i].fd);
        victims[i].fd = -1;
      }
}

static void
keep_socket (int fd)
{
  if (socket_count == sizeof sockets / sizeof *sockets)
    close (sockets[--socket_count]);
  sockets[socket_count++] = fd;
}

static void
prepare (void)
{
  close_sockets ();
  remove_tree ("d");
  remove_tree ("d.old");
  remove_tree ("v");
  if (mkdir ("v", 0755) != 0)
    fail ("v");
  put_file ("v/file", "precious", 0640);
  victims[1].fd = put_socket ("v/sock", 0644);
  if (attack && strcmp (attack, "parent-socket") == 0)
    victims[2].fd = put_socket ("v/s", 0600);
  else
    put_file ("v/s", "precious", 0640);
  for (size_t i = 0; i < sizeof victims / sizeof *victims; i++)
    if ((may_give_away () && chown (victims[i].name, 1, 2) != 0)
        || lstat (victims[i].name, &victims[i].st) != 0)
      fail (victims[i].name);
  if (lstat ("v", &victims_dir) != 0 || mkdir ("d", 0777) != 0
      || chmod ("d", dir_mode) != 0)
    fail ("d");
  if (has_list && list_set_default ("d", LIST, default_list) != 0)
    exit (SKIPPED);
  if (strcmp (prior, "file") == 0)
    put_file ("d/s", "precious", 0640);
  else if (strcmp (prior, "live") == 0)
    keep_socket (put_socket ("d/s", 0777));
  else if (strcmp (prior, "stale") == 0)
    close (put_socket ("d/s", 0777));
  has_prior_stat = lstat ("d/s", &prior_stat) == 0;
  /* A private directory that belongs to another path: the tool must not touch
     it.  */
  if (sig)
    if (mkdir ("d/.ucspi-0123456789abcdef", 0700) != 0
        || mkdir ("d/.ucspi-0123456789abcdef/x", 0700) != 0)
      fail (".ucspi");
}

/* Attacks.  */

/* Return whether PID has a descriptor of the file that WANT describes.  */
static bool
holds (pid_t pid, struct stat const *want)
{
  char dir[64], name[512];
  struct stat st;
  bool found = false;

  snprintf (dir, sizeof dir, "/proc/%ld/fd", (long int) pid);
  DIR *stream = opendir (dir);
  if (! stream)
    return false;
  for (struct dirent *e; (e = readdir (stream)); )
    {
      snprintf (name, sizeof name, "%s/%s", dir, e->d_name);
      if (stat (name, &st) == 0 && st.st_dev == want->st_dev
          && st.st_ino == want->st_ino)
        found = true;
    }
  closedir (stream);
  return found;
}

/* Return whether the tool has the directory d open.  */
static bool
is_held (void)
{
  struct stat want;
  return stat ("d", &want) == 0 && holds (main_pid, &want);
}

static void
move_away (char const *name)
{
  char away[64];
  snprintf (away, sizeof away, "d/moved.%d", ++moves);
  if (rename (name, away) != 0 && errno != ENOENT)
    fail ("rename");
}

/* Look for the private directory in d, and store its name in stage_name.
   Return whether there is one.  */
static bool
find_stage (void)
{
  bool found = false;
  DIR *stream = opendir ("d");
  if (! stream)
    return false;
  for (struct dirent *e; (e = readdir (stream)); )
    if (begins (e->d_name, ".ucspi-") && (! sig || ! strstr (e->d_name,
                                                             "0123456789")))
      {
        snprintf (stage_name, sizeof stage_name, "d/%s", e->d_name);
        found = true;
      }
  closedir (stream);
  return found;
}

static bool
attack_stage (char const *how)
{
  find_stage ();
  if (*stage_name == '\0')
    return false;
  move_away (stage_name);
  if (strcmp (how, "stage-symlink") == 0)
    {
      if (symlink ("../v", stage_name) != 0)
        fail ("symlink");
    }
  else if (strcmp (how, "stage-dir") == 0)
    {
      if (mkdir (stage_name, 0777) != 0 || chmod (stage_name, 0777) != 0
          || (may_give_away () && chown (stage_name, 65534, 65534) != 0))
        fail ("mkdir");
    }
  else if (strcmp (how, "stage-file") == 0)
    put_file (stage_name, "attacker's", 0666);
  return true;
}

static bool
attack_parent (void)
{
  was_held = is_held ();
  if (rename ("d", "d.old") != 0 || symlink ("v", "d") != 0)
    fail ("parent");
  return true;
}

/* Put a socket at d/s that looks like a new one, because its mode is 0, but
   was not made by TOOL.  */
static void
put_strange_socket (void)
{
  int fd = put_socket ("d/s", 0);

  if ((may_give_away () && chown ("d/s", 65534, 65534) != 0)
      || lstat ("d/s", &strange) != 0)
    fail ("d/s");
  keep_socket (fd);
}

static bool
do_attack (char const *how)
{
  if (begins (how, "stage"))
    return attack_stage (how);
  if (begins (how, "parent"))
    return attack_parent ();
  if (strcmp (how, "rotate") == 0)
    how = attacks[(stops + act_at) % ROTATED];
  move_away ("d/s");
  int result = 0;
  if (strcmp (how, "symlink-file") == 0)
    result = symlink ("../v/file", "d/s");
  else if (strcmp (how, "symlink-socket") == 0)
    result = symlink ("../v/sock", "d/s");
  else if (strcmp (how, "symlink-nowhere") == 0)
    result = symlink ("../v/new", "d/s");
  else if (strcmp (how, "hardlink-file") == 0)
    result = link ("v/file", "d/s");
  else if (strcmp (how, "hardlink-socket") == 0)
    result = link ("v/sock", "d/s");
  else if (strcmp (how, "socket") == 0)
    keep_socket (put_socket ("d/s", 0700));
  else if (strcmp (how, "socket-0") == 0)
    put_strange_socket ();
  else if (strcmp (how, "file") == 0)
    put_file ("d/s", "attacker's", 0700);
  else if (strcmp (how, "dir") == 0)
    result = mkdir ("d/s", 0700);
  if (result != 0)
    fail (how);
  return true;
}

/* Checks at each stop.  */

static int
try_connect (char const *name)
{
  struct sockaddr_un addr = address (name);
  int fd = socket (AF_UNIX, SOCK_STREAM | O_CLOEXEC | O_NONBLOCK, 0);
  int result = connect (fd, (struct sockaddr *) &addr, sizeof addr);
  int saved_errno = errno;
  close (fd);
  errno = saved_errno;
  return result;
}

/* Return whether the process of -w can connect to NAME.  */
static bool
watcher_connects_to (char const *name)
{
  pid_t pid = fork ();
  if (pid == 0)
    {
      uid_t uid = strtoul (watcher, NULL, 10);
      gid_t gid = strtoul (strchr (watcher, ':') + 1, NULL, 10);
      if (setgroups (0, NULL) != 0 || setgid (gid) != 0 || setuid (uid) != 0)
        _exit (2);
      _exit (try_connect (name) == 0 || errno == EAGAIN);
    }
  int status = 0;
  if (pid < 0 || waitpid (pid, &status, 0) < 0 || status & ~0x100)
    fail ("watcher");
  return status != 0;
}

/* Return whether the call that failed has CALL in its name, and ERROR was its
   error.  */
static bool
has_failed (char const *call, int error)
{
  return (failed && strstr (failed->name, call)
          && failed->errors[error_index] == error);
}

static int
look_at_one (char const *name, struct stat const *st, int type,
             struct FTW *ftw)
{
  (void) type;
  (void) ftw;
  if (! S_ISSOCK (st->st_mode)
      || (has_prior_stat && st->st_ino == prior_stat.st_ino))
    return 0;
  if (st->st_mode & 07777 & ~max_mode)
    wrong ("%s has mode %04o at stop %d", name, st->st_mode & 07777u, stops);
  /* If a file has an access control list, its group bits are the mask: they
     limit what the list grants.  */
  if (has_list && 0 < list_count (name) && (st->st_mode & S_IRWXG) != 0
      /* In these two cases TOOL was told that the file has no list.  */
      && ! has_failed ("getxattr", ENODATA)
      && ! has_failed ("getxattr", EOPNOTSUPP))
    wrong ("%s has a list and mode %04o at stop %d", name,
           st->st_mode & 07777u, stops);
  if (watcher && may_give_away () && watcher_connects_to (name))
    {
      watcher_connects++;
      if (! wants_connect)
        wrong ("%s can connect to %s at stop %d", watcher, name, stops);
    }
  return 0;
}

static void
look (void)
{
  struct stat st;

  find_stage ();
  if (max_mode != 07777 || watcher || has_list)
    nftw ("d", look_at_one, 16, FTW_PHYS);
  /* When the private directory cannot be removed, or a later step fails, the
     start has failed and d/s may be missing.  */
  if (replaces && has_prior_stat && ! has_announced
      && ! (failed && (was_rmdir || was_late)))
    {
      /* A server that gets the signal may remove the socket that it made.  */
      if (lstat ("d/s", &st) != 0)
        {
          if (! (sig && was_replaced))
            wrong ("d/s is missing at stop %d", stops);
        }
      else if (st.st_ino != prior_stat.st_ino)
        was_replaced = true;
      if (! sig && strcmp (prior, "live") == 0 && try_connect ("d/s") != 0
          && errno != EAGAIN && kill (main_pid, 0) == 0)
        wrong ("connect is refused at stop %d", stops);
    }
}

/* PID is about to make the system call INFO.  If this removes a file from the
   private directory, PID must not have that file open.  */
static void
look_at_removal (pid_t pid, struct syscall_info const *info)
{
  char path[64], name[256], file[600];
  struct stat st, private, dir;

  if (info->nr != SYS_unlinkat || info->args[2] & AT_REMOVEDIR
      || ! find_stage () || stat (stage_name, &private) != 0)
    return;
  snprintf (path, sizeof path, "/proc/%ld/fd/%d", (long int) pid,
            (int) info->args[0]);
  if (stat (path, &dir) != 0 || dir.st_ino != private.st_ino)
    return;
  snprintf (path, sizeof path, "/proc/%ld/mem", (long int) pid);
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  ssize_t n = (fd < 0 ? -1
               : pread (fd, name, sizeof name - 1, (off_t) info->args[1]));
  close (fd);
  if (n <= 0)
    return;
  name[n] = '\0';
  snprintf (file, sizeof file, "%s/%s", stage_name, name);
  /* If the file has another link, its removal does not destroy it.  */
  if (lstat (file, &st) == 0 && st.st_nlink == 1 && holds (pid, &st))
    wrong ("%s is held when it is removed at stop %d", file, stops);
}

/* The server of -x.  */

static char *
text_of (char const *name)
{
  static char text[8192];
  int fd = open (name, O_RDONLY | O_CLOEXEC);
  ssize_t n = fd < 0 ? 0 : read (fd, text, sizeof text - 1);
  text[n < 0 ? 0 : n] = '\0';
  for (char *newline = text; (newline = strchr (newline, '\n')); )
    *newline = ' ';
  close (fd);
  return text;
}

/* Become the server of -x.  */
static _Noreturn void
be_rival (int life, int to)
{
  int err = open ("rival.err", O_WRONLY | O_CREAT | O_TRUNC, 0666);
  int null = open ("/dev/null", O_RDONLY);
  if (err < 0 || dup2 (null, 0) < 0 || dup2 (to, 1) < 0 || dup2 (err, 2) < 0
      || fcntl (life, F_SETFD, 0) != 0)
    _exit (99);
  /* Exit eventually, even if our parent is killed.  */
  alarm (SECONDS);
  execl (rival, rival, "-1", "-q",
         replaces ? "--replace-live" : "--no-clobber", "d/s", "true",
         (char *) NULL);
  _exit (98);
}

/* Wait up to MS milliseconds for the announcement of the other server.  Return
   whether its output has ended, so that nothing more will come.  */
static bool
hear_rival (int ms)
{
  struct pollfd pfd = { .fd = rival_output, .events = POLLIN };
  struct stat st;
  char c;

  if (rival_output < 0)
    return true;
  if (poll (&pfd, 1, ms) != 1)
    return false;
  while (read (rival_output, &c, 1) == 1)
    if (c == '\n')
      {
        rival_serves = true;
        if (lstat ("d/s", &st) == 0)
          rival_ino = st.st_ino;
        else if (rival_keeps)
          wrong ("the other server has no socket");
      }
  close (rival_output);
  rival_output = -1;
  return true;
}

static void
start_rival (void)
{
  /* While the private directory exists, TOOL holds the lock and the other
     server waits.  */
  bool is_locked = find_stage ();
  int life[2], to[2];

  if (pipe2 (life, O_CLOEXEC) != 0 || pipe2 (to, O_CLOEXEC) != 0)
    fail ("pipe");
  rival_keeps = keeps || has_announced;
  /* Fork twice, so that the server is not a child of ours: waitpid (-1) waits
     for TOOL and its children.  */
  pid_t pid = fork ();
  if (pid == 0)
    {
      pid = fork ();
      if (pid == 0)
        be_rival (life[1], to[1]);
      _exit (pid < 0 || write (life[1], &pid, sizeof pid) != sizeof pid);
    }
  int status;
  if (pid < 0 || waitpid (pid, &status, 0) != pid || status != 0
      || read (life[0], &rival_pid, sizeof rival_pid) != sizeof rival_pid)
    fail ("fork");
  close (life[1]);
  close (to[1]);
  rival_life = life[0];
  rival_output = to[0];
  while (! is_locked && ! hear_rival (1000) && ! is_late)
    continue;
}

/* Check that the other server still has its socket.  */
static void
look_at_rival (void)
{
  struct stat st;

  if (! rival_pid || ! hear_rival (0) || ! rival_serves || ! rival_keeps)
    return;
  if (lstat ("d/s", &st) != 0 || st.st_ino != rival_ino)
    {
      wrong ("the other server has lost its socket at stop %d", stops);
      rival_keeps = false;
    }
}

/* Check the other server once more, and end it.  */
static void
end_rival (void)
{
  char c;

  if (! rival_pid)
    return;
  while (! hear_rival (1000))
    continue;
  look_at_rival ();
  if (rival_serves && rival_keeps && try_connect ("d/s") != 0)
    wrong ("the other server cannot be reached");
  if (! rival_serves
      && (replaces || ! strstr (text_of ("rival.err"), "live server")))
    wrong ("the other server has not started: '%s'", text_of ("rival.err"));
  kill (rival_pid, SIGTERM);
  while (0 < read (rival_life, &c, 1))
    continue;
  close (rival_life);
  rival_pid = 0;
}

/* Run the tool.  */

static void
late (int unused)
{
  (void) unused;
  is_late = true;
  if (main_pid)
    kill (main_pid, SIGKILL);
}

/* If the tool has written a newline to standard output, send it SIGTERM.  */
static void
hear (void)
{
  char buffer[512];
  ssize_t n = read (output[0], buffer, sizeof buffer);
  if (0 < n && memchr (buffer, '\n', n) && ! has_announced)
    {
      has_announced = true;
      kill (main_pid, SIGTERM);
    }
}

/* PID is about to make the system call INFO.  Make the call fail if it is one
   of `failures'.  */
static void
start_failure (pid_t pid, struct syscall_info const *info)
{
  struct syscall_info changed = *info;

  failed = NULL;
  for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
    if ((uint64_t) failures[i].nr == info->nr)
      failed = &failures[i];
  /* Do not let writes to standard error fail, because the messages are
     checked.  */
  if (failed && failed->nr == SYS_write && info->args[0] == STDERR_FILENO)
    failed = NULL;
  if (! failed)
    return;
  /* In the run before, the call at this stop may have been another one, with
     more errors.  */
  for (int i = 0; i < error_index; i++)
    if (! failed->errors[i + 1])
      error_index = i;
  changed.nr = -1;
  if (! syscall_info_set (pid, &changed))
    {
      kill (main_pid, SIGKILL);
      skip ();
    }
  failing_pid = pid;
  was_late = was_replaced;
  was_rmdir = (failed->nr == SYS_unlinkat && info->args[2] & AT_REMOVEDIR);
  acts++;
}

/* PID has made the system call INFO, which is to fail.  Set its result.  */
static void
finish_failure (pid_t pid, struct syscall_info const *info)
{
  struct syscall_info changed = *info;

  syscall_info_fail (&changed, failed->errors[error_index]);
  if (! syscall_info_set (pid, &changed))
    fail ("SET_SYSCALL_INFO");
  failing_pid = 0;
}

/* Return whether PID has blocked the signal of -s.  */
static bool
is_blocked (pid_t pid)
{
  char name[64], line[256];
  unsigned long long int mask = 0;

  snprintf (name, sizeof name, "/proc/%ld/status", (long int) pid);
  FILE *stream = fopen (name, "re");
  if (! stream)
    return false;
  while (fgets (line, sizeof line, stream))
    if (sscanf (line, "SigBlk: %llx", &mask) == 1)
      break;
  fclose (stream);
  return mask >> (sig - 1) & 1;
}

/* PID is about to make a system call.  */
static void
stop_at_entry (pid_t pid, struct syscall_info const *info)
{
  /* Only the tool's own sockets are nonblocking.  A blocking one is a name
     service lookup by the C library.  */
  if ((info->nr == SYS_socket && ! (info->args[1] & O_NONBLOCK))
#ifdef SYS_socketcall
      || info->nr == SYS_socketcall
#endif
      )
    has_begun = true;
  if (! has_begun)
    return;
  stops++;
  hear ();
  look_at_removal (pid, info);
  if (attack)
    {
      if (strcmp (attack, "rotate") == 0 ? act_at <= stops : act_at == stops)
        {
          if (do_attack (attack))
            acts++;
          acted = true;
        }
    }
  else if (rival && act_at)
    {
      look_at_rival ();
      if (act_at == stops)
        {
          start_rival ();
          acts++;
          acted = true;
        }
    }
  else if (injects && act_at)
    {
      look ();
      if (act_at == stops && ! has_announced)
        {
          acted = true;
          start_failure (pid, info);
        }
    }
  else if (sig)
    {
      look ();
      if (pid == main_pid && info->nr == SYS_listen)
        has_listened = true;
      else if (pid == main_pid && has_listened && ! is_blocked (pid))
        was_over = true;
      if (act_at == stops)
        {
          /* The tool checks for pending signals just before it unblocks them.
             It cannot handle a signal that arrives as late as at this
             call.  */
          was_blocked = (! has_announced && ! was_over
                         && info->nr != SYS_rt_sigprocmask
                         && is_blocked (pid));
          kill (pid, sig);
          acts++;
          acted = true;
        }
    }
  else
    look ();
}

/* Start the tool under ptrace.  */
static void
launch (void)
{
  if (pipe (output) != 0)
    fail ("pipe");
  fcntl (output[0], F_SETFD, FD_CLOEXEC);
  fcntl (output[0], F_SETFL, O_NONBLOCK);
  main_pid = fork ();
  if (main_pid < 0)
    fail ("fork");
  if (main_pid == 0)
    {
      int err = open ("err", O_WRONLY | O_CREAT | O_TRUNC, 0666);
      int null = open ("/dev/null", O_RDONLY);
      if (err < 0 || dup2 (null, 0) < 0 || dup2 (output[1], 1) < 0
          || dup2 (err, 2) < 0)
        _exit (99);
      close (err);
      close (null);
      close (output[1]);
      if (ptrace (PTRACE_TRACEME, 0, NULL, NULL) != 0)
        _exit (SKIPPED);
      raise (SIGSTOP);
      execv (tool[0], tool);
      _exit (98);
    }
  close (output[1]);
  int status;
  if (waitpid (main_pid, &status, 0) != main_pid || ! WIFSTOPPED (status)
      || ptrace (PTRACE_SETOPTIONS, main_pid, NULL,
                 (void *) (uintptr_t) (PTRACE_O_EXITKILL
                                       | PTRACE_O_TRACESYSGOOD
                                       | PTRACE_O_TRACEEXEC
                                       | PTRACE_O_TRACEFORK
                                       | PTRACE_O_TRACEVFORK
                                       | PTRACE_O_TRACECLONE)) != 0
      || ptrace (PTRACE_SYSCALL, main_pid, NULL, NULL) != 0)
    skip ();
}

/* Deal with the stop STATUS of PID.  */
static void
attend (pid_t pid, int status)
{
  struct syscall_info info = { 0 };
  int pass = 0;

  if (WSTOPSIG (status) == (SIGTRAP | 0x80))
    {
      if (! syscall_info_get (pid, &info))
        {
          if (errno != ESRCH)
            {
              kill (main_pid, SIGKILL);
              skip ();
            }
        }
      else if (info.op == SYSCALL_INFO_ENTRY)
        stop_at_entry (pid, &info);
      else if (info.op == SYSCALL_INFO_EXIT && failing_pid == pid)
        finish_failure (pid, &info);
    }
  else if (status >> 8 == (SIGTRAP | (PTRACE_EVENT_EXEC << 8)))
    {
      /* Stop tracing when the tool becomes another program.  */
      if (has_begun && pid == main_pid)
        {
          ptrace (PTRACE_DETACH, pid, NULL, NULL);
          return;
        }
    }
  else if (status >> 16 == 0 && WSTOPSIG (status) != SIGSTOP)
    pass = WSTOPSIG (status);
  ptrace (PTRACE_SYSCALL, pid, NULL, (void *) (uintptr_t) pass);
}

static void
run_tool (void)
{
  pid_t pid;
  int status;

  stops = moves = 0;
  acted = was_held = was_replaced = was_blocked = false;
  has_listened = was_over = false;
  rival_serves = false;
  has_begun = has_announced = is_late = false;
  end_status = -1;
  failing_pid = 0;
  was_rmdir = was_late = false;
  alarm (SECONDS);
  launch ();
  while (0 < (pid = waitpid (-1, &status, __WALL)) || errno == EINTR)
    if (pid < 0)
      continue;
    else if (WIFSTOPPED (status))
      attend (pid, status);
    else if (pid == main_pid)
      end_status = status;
  alarm (0);
  close (output[0]);
  runs++;
  if (longest < stops)
    longest = stops;
}

/* Checks after a run.  */

static void
check_victims (void)
{
  /* If d was replaced before the tool had opened it, the tool followed the
     attacker's path, and the victim's s is not protected.  */
  bool all = ! acted || ! attack || ! begins (attack, "parent") || was_held
             || keeps;

  for (size_t i = 0; i < (all ? 3 : 2); i++)
    {
      struct stat *a = &victims[i].st, b;
      char const *name = victims[i].name;
      if (lstat (name, &b) != 0)
        {
          wrong ("%s is gone", name);
          continue;
        }
      if (a->st_dev != b.st_dev || a->st_ino != b.st_ino)
        wrong ("%s is another", name);
      else if (a->st_mode != b.st_mode)
        wrong ("%s has mode %o", name, b.st_mode + 0u);
      else if (a->st_uid != b.st_uid || a->st_gid != b.st_gid)
        wrong ("%s belongs to %jd:%jd", name, (intmax_t) b.st_uid,
               (intmax_t) b.st_gid);
      else if (a->st_size != b.st_size
               || a->st_mtim.tv_sec != b.st_mtim.tv_sec
               || a->st_mtim.tv_nsec != b.st_mtim.tv_nsec)
        wrong ("%s has been written to", name);
      if (0 <= victims[i].fd)
        {
          int fd = accept (victims[i].fd, NULL, NULL);
          if (0 <= fd)
            {
              wrong ("the server of %s was woken", name);
              close (fd);
            }
        }
    }
  struct stat st;
  bool was_led = acted && attack && begins (attack, "parent") && ! was_held;
  if (! was_led
      && (lstat ("v", &st) != 0
              || st.st_mtim.tv_sec != victims_dir.st_mtim.tv_sec
              || st.st_mtim.tv_nsec != victims_dir.st_mtim.tv_nsec
              || st.st_mode != victims_dir.st_mode
              || st.st_uid != victims_dir.st_uid
              || st.st_gid != victims_dir.st_gid))
    wrong ("the victim's directory has changed");
}

/* Return whether the directory DIR has ENTRY as its only entry.  */
static bool
has_only (char const *dir, char const *entry)
{
  int count = 0;
  DIR *stream = opendir (dir);
  if (! stream)
    return false;
  for (struct dirent *e; (e = readdir (stream)); )
    if (strcmp (e->d_name, ".") != 0 && strcmp (e->d_name, "..") != 0)
      count += strcmp (e->d_name, entry) == 0 ? 1 : 2;
  closedir (stream);
  return count == 1;
}

static void
check_strays (char const *dir)
{
  struct stat dir_stat;
  if (lstat (dir, &dir_stat) != 0 || ! S_ISDIR (dir_stat.st_mode))
    return;
  DIR *stream = opendir (dir);
  if (! stream)
    return;
  bool staged = attack && begins (attack, "stage");
  for (struct dirent *e; (e = readdir (stream)); )
    if (begins (e->d_name, ".ucspi-")
        && ! (sig && strcmp (e->d_name, ".ucspi-0123456789abcdef") == 0))
      {
        char name[600];
        struct stat st;
        snprintf (name, sizeof name, "%s/%s", dir, e->d_name);
        /* "rotate" replaced the name again before the tool could move a file
           back.  Then the file stays in the private directory.  */
        if (attack && strcmp (attack, "rotate") == 0
            && has_only (name, "ucspi-aside"))
          continue;
        /* If the private directory cannot be removed, it stays, and the
           message must name it.  */
        if (failed && was_rmdir && rmdir (name) == 0)
          {
            if (! has_failed ("unlinkat", ENOENT)
                && ! strstr (text_of ("err"), e->d_name))
              wrong ("%s is left and not named", name);
            continue;
          }
        /* The tool was told that the private directory no longer exists, so it
           did not remove it.  */
        if (has_failed ("stat", ENOENT) && rmdir (name) == 0)
          continue;
        if (! staged || (lstat (name, &st) == 0 && S_ISDIR (st.st_mode)
                         && st.st_uid == geteuid () && may_give_away ()))
          wrong ("%s is left", name);
      }
    else if (e->d_name[0] != '.' && strcmp (e->d_name, "s") != 0
             && ! begins (e->d_name, "moved."))
      wrong ("%s/%s is left", dir, e->d_name);
  closedir (stream);
  if (sig && access ("d/.ucspi-0123456789abcdef/x", F_OK) != 0)
    wrong ("a directory of others is gone");
}

static char *
errors (void)
{
  return text_of ("err");
}

static void
check_end (void)
{
  char *err = errors ();
  bool is_fatal = strstr (err, ": fatal: ") != NULL;

  if (is_late)
    wrong ("has not ended");
  else if (WIFSIGNALED (end_status))
    {
      if (! sig || WTERMSIG (end_status) != sig)
        wrong ("ended by signal %d", WTERMSIG (end_status));
    }
  else if (WEXITSTATUS (end_status) != (is_fatal ? fatal_status : 0)
           && ! (acted && is_fatal && WEXITSTATUS (end_status) == 111))
    wrong ("ended with %d saying '%s'", WEXITSTATUS (end_status), err);
  bool refuses = (fatal_status != 111
                  || (keeps && (strcmp (prior, "live") == 0
                                || strcmp (prior, "file") == 0)));
  if (! attack && ! sig && ! rival_pid && ! failed
      && WEXITSTATUS (end_status) != (refuses ? fatal_status : 0))
    wrong ("ended with %d undisturbed, saying '%s'", WEXITSTATUS (end_status),
           err);
}

/* Accept a connection from the socket FD and close it.  Return true if there
   was one.  */
static bool
accepts (int fd)
{
  int connection = accept (fd, NULL, NULL);
  if (0 <= connection)
    close (connection);
  return 0 <= connection;
}

/* The file that the attack put at d/s must still be there or where it was
   moved; or a message must report its removal.  */
static void
check_removal (void)
{
  char *err = errors ();
  bool replaced = fatal_status != 111 || ! strstr (err, "fatal");
  bool told_file = strstr (err, "not a socket") && replaced;
  bool told_live = strstr (err, "live server") && replaced;
  struct stat st;
  bool is_there;

  if (! acted || ! attack || begins (attack, "parent")
      || begins (attack, "stage") || strcmp (attack, "rotate") == 0
      || strcmp (attack, "gone") == 0)
    return;
  if (strcmp (attack, "socket-0") == 0 && ! may_give_away ())
    return;
  bool is_file = strcmp (attack, "file") == 0 || begins (attack, "symlink")
                 || strcmp (attack, "hardlink-file") == 0;
  if (lstat ("d/s", &st) != 0)
    is_there = false;
  else if (begins (attack, "symlink"))
    is_there = S_ISLNK (st.st_mode);
  else if (strcmp (attack, "hardlink-file") == 0)
    is_there = st.st_ino == victims[0].st.st_ino;
  else if (strcmp (attack, "hardlink-socket") == 0)
    is_there = st.st_ino == victims[1].st.st_ino;
  else if (strcmp (attack, "socket") == 0)
    is_there = S_ISSOCK (st.st_mode) && try_connect ("d/s") == 0
               && accepts (sockets[socket_count - 1]);
  else if (strcmp (attack, "socket-0") == 0)
    {
      is_there = st.st_ino == strange.st_ino;
      if (is_there && (st.st_mode != strange.st_mode
                       || st.st_uid != strange.st_uid
                       || st.st_gid != strange.st_gid))
        wrong ("somebody else's socket has become %o of %jd:%jd",
               st.st_mode + 0u, (intmax_t) st.st_uid, (intmax_t) st.st_gid);
    }
  else if (strcmp (attack, "dir") == 0)
    is_there = S_ISDIR (st.st_mode);
  else
    is_there = S_ISREG (st.st_mode);
  if (is_there)
    return;
  if (keeps || strcmp (attack, "dir") == 0)
    wrong ("what was at d/s is gone, '%s'", err);
  else if (is_file ? ! told_file : ! told_live && ! replaces)
    wrong ("what was at d/s is gone and nothing was said, '%s'", err);
}

/* A start that fails, or that must keep what is at d/s, must not lose it.  */
static void
check_prior (void)
{
  struct stat st;
  if (keeps && has_prior_stat && strcmp (prior, "stale") != 0 && ! attack
      && (lstat ("d/s", &st) != 0 || st.st_ino != prior_stat.st_ino
          || st.st_mode != prior_stat.st_mode
          || st.st_uid != prior_stat.st_uid
          || st.st_gid != prior_stat.st_gid))
    wrong ("what was at d/s has changed");
}

/* After -f: the error was reported or did not matter, and d/s is either as
   before or the new socket.  */
static void
check_failure (void)
{
  char *err = errors ();
  struct stat st;

  if (! failed || was_rmdir)
    return;
  bool is_there = lstat ("d/s", &st) == 0;
  bool is_same = (is_there && has_prior_stat
                  && st.st_ino == prior_stat.st_ino);
  bool succeeded = end_status == 0;
  if (succeeded)
    {
      if (leaves_nothing)
        {
          if (is_there)
            wrong ("there is something in the end");
        }
      else if (! is_there || ! S_ISSOCK (st.st_mode))
        wrong ("there is no socket");
      else if (st.st_mode & 07777 & ~max_mode)
        wrong ("it has mode %o in the end", st.st_mode + 0u);
      return;
    }
  if (! strstr (err, strerror (failed->errors[error_index]))
      && ! strstr (err, "another process is changing it")
      /* It does not matter if something is in the way of the private
         directory.  */
      && ! (failed->nr == SYS_openat
            && (strstr (err, strerror (EEXIST))
                || strstr (err, "in use for something else")
                || strstr (err, strerror (EADDRINUSE))))
      /* The tool was told that the file does not exist, and bind found it.  */
      && ! (has_failed ("stat", ENOENT) && strstr (err, strerror (EADDRINUSE)))
      /* As on a system without /proc.  */
      && ! (has_failed ("chmod", ENOENT) && strstr (err, strerror (EPERM)))
      /* Without /proc, a list that cannot be seen prevents all changes of a
         file in a directory that others may change.  */
      && ! ((strstr (failed->name, "getxattr")
             || strstr (failed->name, "open"))
            && access ("/proc/self/fd", F_OK) != 0
            && strstr (err, "without /proc"))
      /* As where the directory is unreadable and cannot be opened.  */
      && ! (has_failed ("open", EACCES) && strstr (err, strerror (EPERM)))
      && ! (has_failed ("getxattr", EACCES) && strstr (err, strerror (EPERM)))
      /* As on a system without abstract names.  */
      && ! (leaves_nothing && failed->nr == SYS_bind
            && strstr (err, strerror (ENOTSUP)))
      && ! (keeps && strstr (err, "live server"))
      && ! (keeps && strstr (err, "not a socket")))
    wrong ("said '%s'", err);
  /* If the tool cannot stat the socket after bind, it does not know whether
     the socket is its own, so it leaves it.  */
  bool is_blind = strstr (failed->name, "stat") && strstr (err, "bind to");
  if (is_there && ! is_same && ! is_blind)
    wrong ("a socket is left: '%s'", err);
  if (has_prior_stat && ! is_same && (replaces || keeps)
      && strcmp (prior, "stale") != 0 && ! was_late)
    wrong ("what was there is gone: '%s'", err);
}

/* A signal that arrived while it was blocked ended the tool.  The tool had
   time to remove its socket, so none may be left.  */
static void
check_signal (void)
{
  struct stat st;

  if (! sig || sig == SIGKILL || ! was_blocked || ! WIFSIGNALED (end_status))
    return;
  if (lstat ("d/s", &st) == 0 && S_ISSOCK (st.st_mode)
      && ! (has_prior_stat && st.st_ino == prior_stat.st_ino
            && st.st_mtim.tv_sec == prior_stat.st_mtim.tv_sec
            && st.st_mtim.tv_nsec == prior_stat.st_mtim.tv_nsec))
    wrong ("a socket is left by what the signal has ended");
}

/* The socket of TOOL must have no access control list at the end.  */
static void
check_list (void)
{
  struct stat st;

  if (has_list && end_status == 0 && ! attack && ! failed
      && lstat ("d/s", &st) == 0 && S_ISSOCK (st.st_mode)
      && ! (has_prior_stat && st.st_ino == prior_stat.st_ino)
      && list_count ("d/s") != 0)
    wrong ("the socket has a list in the end");
}

static void
judge (void)
{
  check_signal ();
  check_end ();
  check_list ();
  end_rival ();
  check_failure ();
  check_victims ();
  if (sig != SIGKILL || ! acted)
    {
      check_strays ("d");
      check_strays ("d.old");
    }
  check_removal ();
  check_prior ();
}

/* After SIGKILL, the next start must succeed and remove what the first one
   left.  */
static void
run_again (void)
{
  int old = sig;
  char const *old_prior = prior;
  struct stat st;

  if (replaces && has_prior_stat && lstat ("d/s", &st) != 0)
    wrong ("d/s is missing after the signal");
  bool had_prior = has_prior_stat;
  has_prior_stat = false;
  act_at += 1000000;
  prior = "what was left";
  run_tool ();
  prior = old_prior;
  act_at -= 1000000;
  if (WIFSIGNALED (end_status)
      || (WEXITSTATUS (end_status) != 0
          && ! (keeps && had_prior && strcmp (prior, "stale") != 0)))
    wrong ("the next start ended with %x, '%s'", end_status + 0u, errors ());
  check_strays ("d");
  sig = old;
}

/* Make each system call fail with each of its errors.  */
static void
sweep_failures (void)
{
  for (act_at = 1, error_index = 0; act_at < 2000; )
    {
      failed = NULL;
      prepare ();
      run_tool ();
      judge ();
      if (! acted)
        break;
      if (failed && failed->errors[error_index + 1])
        error_index++;
      else
        {
          error_index = 0;
          act_at++;
        }
    }
}

static void
sweep (void)
{
  for (act_at = 1; act_at < 2000; act_at += step)
    {
      prepare ();
      run_tool ();
      judge ();
      if (! acted)
        break;
      if (sig == SIGKILL)
        run_again ();
    }
  fflush (stdout);
}

int
main (int argc, char **argv)
{
  bool chosen[ATTACKS] = { false };
  int c;

  while ((c = getopt (argc, argv, "+a:As:x:e:fp:nkrm:w:oc:tl")) != -1)
    switch (c)
      {
      case 'a':
        for (int i = 0; i < ATTACKS; i++)
          if (strcmp (attacks[i], optarg) == 0)
            chosen[i] = true;
        break;
      case 'A':
        for (int i = 0; i < ATTACKS; i++)
          chosen[i] = true;
        break;
      case 's': sig = atoi (optarg); break;
      case 'x': rival = optarg; break;
      case 'e': fatal_status = atoi (optarg); break;
      case 'p': prior = optarg; break;
      case 'f': injects = true; break;
      case 'n': leaves_nothing = true; break;
      case 'k': keeps = true; break;
      case 'r': replaces = true; break;
      case 'm': max_mode = strtoul (optarg, NULL, 8); break;
      case 'w': watcher = optarg; break;
      case 'o': wants_connect = true; break;
      case 't': dir_mode = 0755; break;
      case 'l': has_list = true; break;
      case 'c': step = atoi (optarg); break;
      default: return 99;
      }
  if (optind == argc)
    return 99;
  tool = argv + optind;
  struct sigaction action = { .sa_handler = late };
  sigaction (SIGALRM, &action, NULL);
  signal (SIGPIPE, SIG_IGN);
  umask (022);

  /* The first run is undisturbed.  It also shows the name of the private
     directory.  */
  int wanted_sig = sig;
  sig = 0;
  prepare ();
  run_tool ();
  judge ();
  sig = wanted_sig;
  if (watcher && wants_connect && watcher_connects == 0 && may_give_away ())
    wrong ("%s cannot connect at any stop", watcher);
  if (sig || rival)
    sweep ();
  if (injects)
    sweep_failures ();
  for (int i = 0; i < ATTACKS; i++)
    if (chosen[i] && (*stage_name || ! begins (attacks[i], "stage")))
      {
        attack = attacks[i];
        sweep ();
      }
  printf ("%d runs, %d stops, %d acts\n", runs, longest, acts);
  return 0;
}

#else

int
main (void)
{
  puts ("this needs ptrace as on Linux");
  return 77;
}

#endif
