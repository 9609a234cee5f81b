/* pass-slow.c -- pass sockets whose close takes long and cannot be
   interrupted.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: pass-slow PATH COUNT

   COUNT times, connect to PATH, pass many packet sockets into the connection,
   close all our descriptors of both, and go on.  Linux waits for all
   processors in the close of each packet socket (packet_release in
   net/packet/af_packet.c).  Every user can make such sockets in a namespace.
   Finally print "passed", and wait for the end of standard input.  Exit with
   77, and say why on standard error, if the system cannot do this, or if it
   closes such sockets fast.  */

#include <config.h>

#include <stdio.h>

#if HAVE_DECL_CLONE_NEWUSER

# include <errno.h>
# include <sched.h>
# include <signal.h>
# include <stdlib.h>
# include <string.h>
# include <sys/resource.h>
# include <sys/socket.h>
# include <sys/un.h>
# include <time.h>
# include <unistd.h>

# include "send-fds.h"

/* The number of sockets in each connection, which one message can carry, and
   of those whose close is timed; and the shortest time, in milliseconds, that
   the close of the former must take.  */
enum { SOCKETS = SEND_FDS_MAX, TRIED = 50, SLOW = 2000 };

static int sockets[SOCKETS];

static void
fail (char const *step)
{
  perror (step);
  exit (99);
}

static void
lack (char const *what)
{
  fprintf (stderr, "%s: %s\n", what, strerror (errno));
  exit (77);
}

static void
make_sockets (int count)
{
  for (int i = 0; i < count; i++)
    {
      sockets[i] = socket (AF_PACKET, SOCK_DGRAM, 0);
      if (sockets[i] < 0)
        lack ("no packet sockets");
    }
}

static void
close_sockets (int count)
{
  for (int i = 0; i < count; i++)
    close (sockets[i]);
}

/* Exit with 77 if the close of all sockets would be fast.  */
static void
try_close (void)
{
  struct timespec began, now;

  make_sockets (TRIED);
  clock_gettime (CLOCK_MONOTONIC, &began);
  close_sockets (TRIED);
  clock_gettime (CLOCK_MONOTONIC, &now);
  long int ms = ((now.tv_sec - began.tv_sec) * 1000
                 + (now.tv_nsec - began.tv_nsec) / 1000000);
  if (ms * SOCKETS / TRIED < SLOW)
    {
      fprintf (stderr, "packet sockets are closed fast: %ld ms for %d\n", ms,
               TRIED);
      exit (77);
    }
}

int
main (int argc, char **argv)
{
  struct sockaddr_un to = { .sun_family = AF_UNIX };
  struct rlimit limit;
  char byte;

  if (argc != 3 || sizeof to.sun_path <= strlen (argv[1]))
    return 99;
  strcpy (to.sun_path, argv[1]);
  signal (SIGPIPE, SIG_IGN);
  if (getrlimit (RLIMIT_NOFILE, &limit) == 0)
    {
      limit.rlim_cur = limit.rlim_max;
      setrlimit (RLIMIT_NOFILE, &limit);
    }
  if (unshare (CLONE_NEWUSER | CLONE_NEWNET) != 0)
    lack ("no new user namespace");
  try_close ();
  for (int i = 0; i < atoi (argv[2]); i++)
    {
      make_sockets (SOCKETS);
      int conn = socket (AF_UNIX, SOCK_STREAM, 0);
      if (conn < 0
          || connect (conn, (struct sockaddr *) &to, sizeof to) != 0)
        fail (argv[1]);
      if (send_fds (conn, sockets, SOCKETS) < 0)
        fail ("sendmsg");
      close (conn);
      close_sockets (SOCKETS);
    }
  puts ("passed");
  fflush (stdout);
  while (0 < read (STDIN_FILENO, &byte, 1))
    continue;
  return 0;
}

#else

int
main (void)
{
  fputs ("this system has no user namespaces\n", stderr);
  return 77;
}

#endif
