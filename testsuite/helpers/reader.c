/* reader.c -- for the tests: a program's standard error, and who reads it.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: reader KIND PROGRAM [ARG]...

   Become PROGRAM, with a standard error of KIND: "pipe", "full" (a pipe that
   already is), "socket", "packets" (a socket that keeps the boundaries of what
   is written), or "tty"; as small as the system makes it.  A child reads from
   its other end.  It copies what it reads to our own standard error, but only
   once there is a file called reader.read; when there is one called
   reader.close it closes its end.  It looks for both a hundred times a second,
   and makes reader.closed in reply to the latter.  What was written at once
   but is not one line is reported as such if KIND is "packets".  */

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

/* Make the two ENDS: to read from and to write to.  */
static void
make_ends (int ends[2])
{
  int size = 4096;

  if (strcmp (kind, "pipe") == 0 || strcmp (kind, "full") == 0)
    {
      if (pipe (ends) != 0)
        fail ("pipe");
#ifdef F_SETPIPE_SZ
      fcntl (ends[1], F_SETPIPE_SZ, size);
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

/* Be the reader of FD until nobody writes to it any more.  */
static void
attend (int fd)
{
  /* Not for longer than any test.  */
  alarm (300);
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
