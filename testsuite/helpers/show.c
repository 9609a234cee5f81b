/* show.c -- show what a program inherits from the tool under test.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: show WORD...

   For each WORD, print to standard output, one line for each item:
     args         "arg N TEXT" for each argument
     env          "env TEXT" for each variable
     env=NAME     "NAME=VALUE", or "NAME unset"
     fds          "fd N KIND FLAGS" for each open descriptor below 1024; FLAGS
                  are "cloexec" and "nonblock"
     fds=FILE     the same, but to FILE, so that it works when standard output
                  is closed
     signals      "blocked N" and "ignored N" for each such signal, then
                  "signals shown"
     pending      "pending N" for each pending signal, then "pending shown"
     ids          "ids uid N euid N gid N egid N groups N..."
     maxgroups    "maxgroups N": how many supplementary groups the C library
                  says a process can have
     pid          "pid N"
     parent       "parent N"
     umask        "umask OOO"
     cwd          "cwd PATH"
     listening=N  "listening N PATH" if descriptor N is a listening socket,
                  otherwise "not listening N"
     sockopt=NAME "sockopt NAME VALUE": the option passcred or passsec of
                  descriptor 3
     passed       connect to descriptor 3, send a descriptor over the
                  connection, and print "rights passed" or "rights refused",
                  then "pidfd given" or "pidfd none": whether the receiver got
                  a pidfd
     passes=N     "passpidfd V" and "passrights V": these options of descriptor
                  N, or "unknown" if the system does not have them
     boundfile    "boundfile known" if the kernel can tell which file a socket
                  is bound to, otherwise "boundfile unknown"; makes and removes
                  a file of that name
     pidfdid      "pidfdid N": the number by which pidfs identifies this
                  process, or "pidfdid unset" if the kernel has none
     errors       "error NAME TEXT" for each error in error-names.h; TEXT is
                  that of strerror
     backlog=N    "backlog COUNT": how many connections to the listening
                  descriptor N succeed without an accept, up to 100
     pidfd=NAME   "pidfd PID": the process to which the pidfd in the variable
                  NAME refers; -1 if it has exited
     gone=NAME    wait until that process has exited, and print "gone"
     line         read a line from standard input and print "line TEXT"
     drain        read standard input to its end
     hold         print "holding", then read standard input to its end
     deaf         ignore SIGTERM
     note         catch SIGTERM, SIGCONT, SIGHUP, SIGQUIT, SIGABRT and SIGINT,
                  and print "came NAME" for each
     exit=N       exit with N
     kill=N       send signal N to this process

   Arguments after "--" are not words.  In TEXT, backslashes and bytes that
   are not printable ASCII are printed as \ooo.  */

/* illumos and Solaris declare control messages only with this.  */
#define _XPG4_2 1

#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if HAVE_DECL_SIOCUNIXFILE
# include <sys/ioctl.h>
#endif
#include <sys/socket.h>
#include <sys/stat.h>
#if HAVE_SYS_SYSCALL_H
# include <sys/syscall.h>
#endif
/* Include only one of these, because both define struct sockaddr_un.  */
#if HAVE_DECL_SIOCUNIXFILE
# include <linux/un.h>
#else
# include <sys/un.h>
#endif
#if HAVE_SYS_VFS_H
# include <sys/vfs.h>
#endif
#include <unistd.h>

#include "error-names.h"
#include "base/getgroups.h"

static void
put_text (char const *s)
{
  for (; *s; s++)
    {
      unsigned char c = *s;
      if (' ' <= c && c <= '~' && c != '\\')
        putchar (c);
      else
        printf ("\\%03o", c);
    }
  putchar ('\n');
}

static void
show_bound_file (void)
{
  struct sockaddr_un addr = { .sun_family = AF_UNIX,
                              .sun_path = "boundfile" };
  int fd = socket (AF_UNIX, SOCK_STREAM, 0);
  int file = -1;
  if (fd < 0 || bind (fd, (struct sockaddr *) &addr, sizeof addr) != 0)
    exit (99);
#if HAVE_DECL_SIOCUNIXFILE
  file = ioctl (fd, SIOCUNIXFILE, NULL);
  if (0 <= file)
    close (file);
#endif
  close (fd);
  unlink (addr.sun_path);
  printf ("boundfile %s\n", 0 <= file ? "known" : "unknown");
}

static void
show_errors (void)
{
  for (size_t i = 0; i < sizeof error_names / sizeof *error_names; i++)
    {
      printf ("error %s ", error_names[i].name);
      put_text (strerror (error_names[i].number));
    }
}

static char const *
kind_of (struct stat const *st)
{
  return (S_ISSOCK (st->st_mode) ? "socket"
          : S_ISFIFO (st->st_mode) ? "pipe"
          : S_ISCHR (st->st_mode) ? "device"
          : S_ISREG (st->st_mode) ? "file"
          : S_ISDIR (st->st_mode) ? "directory" : "other");
}

static void
show_descriptors (FILE *out)
{
  for (int fd = 0; fd < 1024; fd++)
    {
      struct stat st;
      if (fstat (fd, &st) != 0)
        continue;
      fprintf (out, "fd %d %s%s%s\n", fd, kind_of (&st),
               fcntl (fd, F_GETFD) & FD_CLOEXEC ? " cloexec" : "",
               fcntl (fd, F_GETFL) & O_NONBLOCK ? " nonblock" : "");
    }
}

/* Write the list to FILE.  Open FILE only when the list is complete, so that
   its descriptor is not in the list.  */
static void
write_descriptors (char const *file)
{
  char *text = NULL;
  size_t size = 0;
  FILE *memory = open_memstream (&text, &size);
  if (! memory)
    exit (99);
  show_descriptors (memory);
  fclose (memory);
  FILE *out = fopen (file, "w");
  if (! out || fwrite (text, 1, size, out) != size || fclose (out) != 0)
    exit (99);
  free (text);
}

static void
show_signals (void)
{
  sigset_t blocked;
  sigprocmask (SIG_BLOCK, NULL, &blocked);
  for (int sig = 1; sig < 65; sig++)
    {
      struct sigaction action;
      if (sigismember (&blocked, sig) == 1)
        printf ("blocked %d\n", sig);
      if (sigaction (sig, NULL, &action) == 0
          && action.sa_handler == SIG_IGN)
        printf ("ignored %d\n", sig);
    }
  printf ("signals shown\n");
}

static void
show_pending (void)
{
  sigset_t pending;
  sigpending (&pending);
  for (int sig = 1; sig < 65; sig++)
    if (sigismember (&pending, sig) == 1)
      printf ("pending %d\n", sig);
  printf ("pending shown\n");
}

static void
show_ids (void)
{
  gid_t groups[1024];
  int n = process_getgroups (1024, groups);
  printf ("ids uid %ju euid %ju gid %ju egid %ju groups",
          (uintmax_t) getuid (), (uintmax_t) geteuid (),
          (uintmax_t) getgid (), (uintmax_t) getegid ());
  for (int i = 0; i < n; i++)
    printf (" %ju", (uintmax_t) groups[i]);
  putchar ('\n');
}

/* Return whether FD is a listening socket.  If the system does not know
   SO_ACCEPTCONN, call accept; that may take a client that waits.  */
static bool
is_listening (int fd)
{
  int on = 0;
  socklen_t len = sizeof on;

  if (getsockopt (fd, SOL_SOCKET, SO_ACCEPTCONN, &on, &len) == 0)
    return on != 0;
  if (errno == ENOTSOCK || errno == EBADF)
    return false;
  int flags = fcntl (fd, F_GETFL);
  fcntl (fd, F_SETFL, flags | O_NONBLOCK);
  int conn = accept (fd, NULL, NULL);
  bool listens = 0 <= conn || errno == EAGAIN || errno == EWOULDBLOCK;
  fcntl (fd, F_SETFL, flags);
  if (0 <= conn)
    close (conn);
  return listens;
}

static void
show_listening (int fd)
{
  struct sockaddr_un addr;
  socklen_t len = sizeof addr;

  memset (&addr, 0, sizeof addr);
  if (! is_listening (fd)
      || getsockname (fd, (struct sockaddr *) &addr, &len) != 0)
    printf ("not listening %d\n", fd);
  else
    printf ("listening %d %s\n", fd, addr.sun_path);
}

static void
show_sockopt (char const *name)
{
  int option = -1;
  int on = -1;
  socklen_t len = sizeof on;
#ifdef SO_PASSCRED
  if (strcmp (name, "passcred") == 0)
    option = SO_PASSCRED;
#endif
#ifdef SO_PASSSEC
  if (strcmp (name, "passsec") == 0)
    option = SO_PASSSEC;
#endif
  if (option < 0)
    printf ("sockopt %s unknown\n", name);
  else if (getsockopt (3, SOL_SOCKET, option, &on, &len) != 0)
    printf ("sockopt %s failed\n", name);
  else
    printf ("sockopt %s %d\n", name, on);
}

/* The type of the control message that carries a pidfd, on systems that have
   it.  */
#ifndef SCM_PIDFD
# define SCM_PIDFD 4
#endif

static void
show_passed (void)
{
  struct sockaddr_un addr;
  socklen_t len = sizeof addr;
  int fd = socket (AF_UNIX, SOCK_STREAM, 0);
  char byte = 'x';
  union
  {
    char bytes[CMSG_SPACE (sizeof (int)) * 8];
    struct cmsghdr align;
  } control = { { 0 } };
  struct iovec iov = { .iov_base = &byte, .iov_len = 1 };
  struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1,
                        .msg_control = control.bytes,
                        .msg_controllen = CMSG_SPACE (sizeof (int)) };

  if (getsockname (3, (struct sockaddr *) &addr, &len) != 0
      || connect (fd, (struct sockaddr *) &addr, len) != 0)
    {
      printf ("passed error %d\n", errno);
      return;
    }
  int connection = accept (3, NULL, NULL);
  struct cmsghdr *cmsg = CMSG_FIRSTHDR (&msg);
  if (! cmsg)
    return;
  cmsg->cmsg_level = SOL_SOCKET;
  cmsg->cmsg_type = SCM_RIGHTS;
  cmsg->cmsg_len = CMSG_LEN (sizeof (int));
  memcpy (CMSG_DATA (cmsg), &fd, sizeof fd);
  bool passes = sendmsg (fd, &msg, 0) == 1;
  printf ("rights %s\n", passes ? "passed" : "refused");
  if (! passes && write (fd, &byte, 1) != 1)
    return;

  bool is_given = false;
  msg.msg_control = control.bytes;
  msg.msg_controllen = sizeof control.bytes;
  if (recvmsg (connection, &msg, 0) == 1)
    for (cmsg = CMSG_FIRSTHDR (&msg); cmsg; cmsg = CMSG_NXTHDR (&msg, cmsg))
      is_given |= (cmsg->cmsg_level == SOL_SOCKET
                   && cmsg->cmsg_type == SCM_PIDFD);
  printf ("pidfd %s\n", is_given ? "given" : "none");
  close (connection);
  close (fd);
}

/* Print the option OPTION of socket FD under the name NAME.  */
static void
show_option (int fd, int option, char const *name)
{
  int on = -1;
  socklen_t len = sizeof on;
  if (option < 0 || getsockopt (fd, SOL_SOCKET, option, &on, &len) != 0)
    printf ("%s unknown\n", name);
  else
    printf ("%s %d\n", name, on);
}

static void
show_passes (int fd)
{
  /* The headers may be older than the kernel.  */
#if defined SO_PASSPIDFD
  show_option (fd, SO_PASSPIDFD, "passpidfd");
#elif defined SO_PASSSEC && SO_PASSSEC == 34
  show_option (fd, 76, "passpidfd");
#else
  show_option (fd, -1, "passpidfd");
#endif
#if defined SO_PASSRIGHTS
  show_option (fd, SO_PASSRIGHTS, "passrights");
#elif defined SO_PASSSEC && SO_PASSSEC == 34
  show_option (fd, 83, "passrights");
#else
  show_option (fd, -1, "passrights");
#endif
}

static void
show_pidfdid (void)
{
#if defined SYS_pidfd_open && HAVE_SYS_VFS_H
  enum { PIDFS = 0x50494446 };
  struct statfs fs;
  struct stat st;
  int fd = syscall (SYS_pidfd_open, getpid (), 0);
  if (0 <= fd && fstatfs (fd, &fs) == 0 && fs.f_type == PIDFS
      && fstat (fd, &st) == 0)
    printf ("pidfdid %ju\n", (uintmax_t) st.st_ino);
  else
#endif
    puts ("pidfdid unset");
}

static void
show_backlog (int listening)
{
  struct sockaddr_un addr;
  socklen_t len = sizeof addr;
  int fds[100];
  int count = 0;

  if (getsockname (listening, (struct sockaddr *) &addr, &len) != 0)
    exit (99);
  while (count < 100)
    {
      fds[count] = socket (AF_UNIX, SOCK_STREAM, 0);
      fcntl (fds[count], F_SETFL, O_NONBLOCK);
      if (connect (fds[count], (struct sockaddr *) &addr, len) != 0)
        {
          close (fds[count]);
          break;
        }
      count++;
    }
  printf ("backlog %d\n", count);
  while (0 < count)
    close (fds[--count]);
}

static void
show_line (void)
{
  char line[4096];
  size_t n = 0;
  char c;
  while (n < sizeof line - 1 && read (STDIN_FILENO, &c, 1) == 1 && c != '\n')
    line[n++] = c;
  line[n] = '\0';
  printf ("line ");
  put_text (line);
}

static void
drain (void)
{
  char buffer[4096];
  while (0 < read (STDIN_FILENO, buffer, sizeof buffer))
    continue;
}

/* Signals are printed by name, because numbers differ between systems.  */
static struct { int number; char const *text; } const noted[] =
{
  { SIGTERM, "came TERM\n" },
  { SIGCONT, "came CONT\n" },
  { SIGHUP, "came HUP\n" },
  { SIGQUIT, "came QUIT\n" },
  { SIGABRT, "came ABRT\n" },
  { SIGINT, "came INT\n" }
};

static void
say_came (int sig)
{
  int saved_errno = errno;
  size_t i = 0;
  while (noted[i].number != sig)
    i++;
  if (write (STDOUT_FILENO, noted[i].text, strlen (noted[i].text)) < 0)
    _exit (98);
  errno = saved_errno;
}

static void
note_signals (void)
{
  struct sigaction action = { .sa_handler = say_came, .sa_flags = SA_RESTART };

  sigemptyset (&action.sa_mask);
  for (size_t i = 0; i < sizeof noted / sizeof *noted; i++)
    sigaction (noted[i].number, &action, NULL);
}

/* Return VALUE if WORD is "NAME=VALUE", otherwise NULL.  */
static char const *
value_of (char const *word, char const *name)
{
  size_t len = strlen (name);
  return strncmp (word, name, len) == 0 && word[len] == '=' ? word + len + 1
         : NULL;
}

static void
show_pidfd (char const *number)
{
  char file[64], line[256];
  long int pid = 0;

  snprintf (file, sizeof file, "/proc/self/fdinfo/%s", number ? number : "-");
  FILE *f = fopen (file, "r");
  while (f && fgets (line, sizeof line, f))
    sscanf (line, "Pid: %ld", &pid);
  if (f)
    fclose (f);
  printf ("pidfd %ld\n", pid);
}

static void
wait_gone (char const *number)
{
  struct pollfd end = { .fd = number ? atoi (number) : -1, .events = POLLIN };

  fflush (stdout);
  if (0 <= end.fd && poll (&end, 1, 100000) == 1
      && (end.revents & POLLIN))
    printf ("gone\n");
  else
    printf ("not gone\n");
}

static void
act (char const *word, char **argv)
{
  char const *value;

  if (strcmp (word, "args") == 0)
    for (int i = 0; argv[i]; i++)
      {
        printf ("arg %d ", i);
        put_text (argv[i]);
      }
  else if (strcmp (word, "env") == 0)
    for (char **e = environ; *e; e++)
      {
        printf ("env ");
        put_text (*e);
      }
  else if ((value = value_of (word, "env")))
    {
      char const *set = getenv (value);
      printf (set ? "%s=" : "%s unset\n", value);
      if (set)
        put_text (set);
    }
  else if (strcmp (word, "fds") == 0)
    show_descriptors (stdout);
  else if ((value = value_of (word, "fds")))
    write_descriptors (value);
  else if (strcmp (word, "signals") == 0)
    show_signals ();
  else if (strcmp (word, "pending") == 0)
    show_pending ();
  else if (strcmp (word, "ids") == 0)
    show_ids ();
  else if (strcmp (word, "maxgroups") == 0)
    printf ("maxgroups %ld\n", sysconf (_SC_NGROUPS_MAX));
  else if (strcmp (word, "pid") == 0)
    printf ("pid %jd\n", (intmax_t) getpid ());
  else if (strcmp (word, "parent") == 0)
    printf ("parent %jd\n", (intmax_t) getppid ());
  else if (strcmp (word, "umask") == 0)
    printf ("umask %03o\n", (unsigned int) umask (0));
  else if (strcmp (word, "cwd") == 0)
    {
      char cwd[4096];
      printf ("cwd %s\n", getcwd (cwd, sizeof cwd) ? cwd : "?");
    }
  else if (strcmp (word, "boundfile") == 0)
    show_bound_file ();
  else if (strcmp (word, "errors") == 0)
    show_errors ();
  else if ((value = value_of (word, "listening")))
    show_listening (atoi (value));
  else if ((value = value_of (word, "sockopt")))
    show_sockopt (value);
  else if (strcmp (word, "passed") == 0)
    show_passed ();
  else if ((value = value_of (word, "passes")))
    show_passes (atoi (value));
  else if (strcmp (word, "pidfdid") == 0)
    show_pidfdid ();
  else if ((value = value_of (word, "backlog")))
    show_backlog (atoi (value));
  else if ((value = value_of (word, "pidfd")))
    show_pidfd (getenv (value));
  else if ((value = value_of (word, "gone")))
    wait_gone (getenv (value));
  else if (strcmp (word, "line") == 0)
    show_line ();
  else if (strcmp (word, "drain") == 0)
    drain ();
  else if (strcmp (word, "hold") == 0)
    {
      printf ("holding\n");
      fflush (stdout);
      drain ();
    }
  else if (strcmp (word, "deaf") == 0)
    signal (SIGTERM, SIG_IGN);
  else if (strcmp (word, "note") == 0)
    note_signals ();
  else if ((value = value_of (word, "exit")))
    exit (atoi (value));
  else if ((value = value_of (word, "kill")))
    {
      fflush (stdout);
      kill (getpid (), atoi (value));
    }
  else
    {
      fprintf (stderr, "show: what is '%s'?\n", word);
      exit (99);
    }
  fflush (stdout);
}

int
main (int argc, char **argv)
{
  (void) argc;
  for (int i = 1; argv[i] && strcmp (argv[i], "--") != 0; i++)
    act (argv[i], argv);
  return EXIT_SUCCESS;
}
