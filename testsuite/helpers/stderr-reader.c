/* stderr-reader.c -- run a program with a slow or vanishing reader of stderr.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: stderr-reader KIND PROGRAM [ARG]...

   Become PROGRAM with a standard error of KIND: "pipe", "full" (a pipe that
   is full already), "socket", "packets" (a SOCK_SEQPACKET socket, which keeps
   the boundaries of writes) or "tty"; with the smallest buffer possible.  A
   child holds the other end.  When the file reader.read exists, the child
   begins to read, and copies everything to our original standard error.  When
   the file reader.close appears, the child closes its end and makes
   reader.closed.  It looks for these files a hundred times a second.  With
   "packets", it also reports each write that is not exactly one line.  */

#include <config.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

static char const *kind;

static void
fail (char const *what)
{
  perror (what);
  exit (99);
}

/* Fill the pipe FD with empty lines.  */
static void
fill (int fd)
{
  int flags = fcntl (fd, F_GETFL);

  fcntl (fd, F_SETFL, flags | O_NONBLOCK);
  while (write (fd, "\n", 1) == 1)
    continue;
  fcntl (fd, F_SETFL, flags);
}

/* Make both ENDS: the first to read from, the second to write to.  */
static void
make_ends (int ends[2])
{
  int size = 4096;

  if (strcmp (kind, "pipe") == 0 || strcmp (kind, "full") == 0)
    {
      if (pipe (ends) != 0)
        fail ("pipe");
#ifdef F_SETPIPE_SZ
      /* A tool that cannot open its standard error again asks poll.  That
         reports a pipe as writable only if a whole page of it is empty, so a
         pipe of one page would have room for one line only.  */
      int pages = access ("/dev/fd/2", F_OK) == 0 ? 1 : 2;
      fcntl (ends[1], F_SETPIPE_SZ, pages * size);
#endif
      if (strcmp (kind, "full") == 0)
        fill (ends[1]);
    }
  else if (strcmp (kind, "tty") == 0)
    {
      struct termios t;
      ends[0] = posix_openpt (O_RDWR | O_NOCTTY);
      if (ends[0] < 0 || grantpt (ends[0]) != 0 || unlockpt (ends[0]) != 0)
        fail ("posix_openpt");
      ends[1] = open (ptsname (ends[0]), O_RDWR | O_NOCTTY);
      if (ends[1] < 0 || tcgetattr (ends[1], &t) != 0)
        fail ("ptsname");
      t.c_oflag &= ~OPOST;
      tcsetattr (ends[1], TCSANOW, &t);
    }
  else
    {
      int type = strcmp (kind, "packets") == 0 ? SOCK_SEQPACKET : SOCK_STREAM;
      if (socketpair (AF_UNIX, type, 0, ends) != 0)
        fail ("socketpair");
      setsockopt (ends[1], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
      setsockopt (ends[0], SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    }
}

/* Copy what can be read from FD.  Return whether there may be more.  */
static bool
copy (int fd)
{
  char buffer[65536];
  ssize_t n = read (fd, buffer, sizeof buffer);
  if (n <= 0)
    return false;
  if (strcmp (kind, "packets") == 0
      && memchr (buffer, '\n', n) != buffer + n - 1)
    {
      static char const broken[] = "not one line:\n";
      if (write (STDERR_FILENO, broken, sizeof broken - 1) < 0)
        return false;
    }
  return write (STDERR_FILENO, buffer, n) == n;
}

/* Read from FD until no process has its other end open.  */
static void
attend (int fd)
{
  /* Do not outlive the test.  */
  alarm (900);
  for (;;)
    {
      if (access ("reader.close", F_OK) == 0)
        {
          close (fd);
          close (open ("reader.closed", O_WRONLY | O_CREAT, 0666));
          return;
        }
      bool reads = access ("reader.read", F_OK) == 0;
      struct pollfd p = { .fd = fd, .events = reads ? POLLIN : 0 };
      poll (&p, 1, 10);
      if (reads && p.revents & POLLIN)
        {
          if (! copy (fd))
            return;
        }
      else if (p.revents & (POLLHUP | POLLERR))
        {
          while (copy (fd))
            continue;
          return;
        }
    }
}

int
main (int argc, char **argv)
{
  int ends[2];

  if (argc < 3)
    return 99;
  kind = argv[1];
  make_ends (ends);
  pid_t pid = fork ();
  if (pid < 0)
    fail ("fork");
  if (pid == 0)
    {
      close (ends[1]);
      close (STDIN_FILENO);
      close (STDOUT_FILENO);
      attend (ends[0]);
      _exit (0);
    }
  close (ends[0]);
  dup2 (ends[1], STDERR_FILENO);
  if (ends[1] != STDERR_FILENO)
    close (ends[1]);
  execvp (argv[2], argv + 2);
  return 99;
}
