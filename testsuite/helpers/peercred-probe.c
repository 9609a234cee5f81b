/* peercred-probe.c -- print what peercred_get returns for a client.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: peercred-probe
          peercred-probe NAME [UID GID]

   Without arguments, print the method.  Otherwise make the socket NAME and
   let a child connect to it.  With UID and GID, which only root can use, the
   child connects with these effective ids.  Print one of the lines

     uid=U gid=G pid-known=B pid-right=B
     error: ERROR

   and exit with 0 or 1.  Any other failure goes to standard error, with exit
   status 111.  */

#include <config.h>

#include "base/number.h"
#include "peer/peercred.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* Milliseconds within which the client must connect.  */
enum { PATIENCE = 10000 };

static void
fail (char const *what)
{
  fprintf (stderr, "peercred-probe: %s: %s\n", what, strerror (errno));
  exit (EXIT_SYSTEM);
}

static int
make_socket (void)
{
  int fd = socket (AF_UNIX, SOCK_STREAM, 0);

  if (fd < 0)
    fail ("socket");
  return fd;
}

/* Connect to ADDR and stay until the server closes.  Do not return.  */
static void
be_client (struct sockaddr_un const *addr, bool change, uid_t uid, gid_t gid)
{
  char c;
  int fd = make_socket ();

  if (change && (setegid (gid) != 0 || seteuid (uid) != 0))
    fail ("cannot become the client");
  if (connect (fd, (struct sockaddr const *) addr, sizeof *addr) != 0)
    fail ("connect");
  _exit (read (fd, &c, 1) == 0 ? EXIT_SUCCESS : EXIT_SYSTEM);
}

/* Accept one client from LISTENER and remove the socket NAME.  The client
   holds the write end of the pipe LIFE; if that end is closed, no client will
   come.  */
static int
accept_client (int listener, int life, char const *name)
{
  struct pollfd p[2] = { { .fd = listener, .events = POLLIN },
                         { .fd = life, .events = POLLIN } };
  int ready = poll (p, 2, PATIENCE);

  if (ready < 0)
    fail ("poll");
  unlink (name);
  if ((p[0].revents & POLLIN) == 0)
    {
      errno = p[1].revents != 0 ? ECHILD : ETIMEDOUT;
      fail ("no client");
    }
  return accept (listener, NULL, NULL);
}

/* Print what peercred_get returns for FD.  The pid of the client is PID. Call
   it twice, because the first call must not consume the answer.  */
static int
report (int fd, pid_t pid)
{
  struct peercred const blank = { .uid = 4321, .gid = 4321, .pid = 4321 };
  struct peercred cred = blank;

  if (peercred_get (fd, &cred) != 0 || peercred_get (fd, &cred) != 0)
    {
      int e = errno;
      printf ("error: %s%s\n",
              (e == ENOTCONN ? "ENOTCONN"
               : e == EINVAL ? "EINVAL"
               : e == ECONNRESET ? "ECONNRESET"
               : e == ENOTSUP ? "ENOTSUP"
               : strerror (e)),
              (cred.uid == blank.uid && cred.gid == blank.gid
               && cred.pid == blank.pid ? "" : ", but stored something"));
      return EXIT_FAILURE;
    }
  printf ("uid=%ju gid=%ju pid-known=%d pid-right=%d\n",
          (uintmax_t) cred.uid, (uintmax_t) cred.gid,
          cred.pid != 0, cred.pid == pid);
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  struct sockaddr_un addr = { .sun_family = AF_UNIX };
  bool change = argc == 4;
  uid_t uid = 0;
  gid_t gid = 0;
  int listener, fd, life[2], status;
  pid_t pid;

  if (argc == 1)
    return puts (peercred_method) < 0 ? EXIT_SYSTEM : EXIT_SUCCESS;
  if ((argc != 2 && argc != 4) || strlen (argv[1]) >= sizeof addr.sun_path
      || (change && (number_uid (argv[2], 10, &uid) != 0
                     || number_gid (argv[3], 10, &gid) != 0)))
    {
      fputs ("usage: peercred-probe [NAME [UID GID]]\n", stderr);
      return EXIT_USAGE;
    }

  strcpy (addr.sun_path, argv[1]);
  listener = make_socket ();
  umask (0);
  if (bind (listener, (struct sockaddr *) &addr, sizeof addr) != 0)
    fail ("bind");
  if (listen (listener, 1) != 0 || pipe (life) != 0)
    fail ("listen");

  pid = fork ();
  if (pid < 0)
    fail ("fork");
  if (pid == 0)
    {
      close (listener);
      close (life[0]);
      be_client (&addr, change, uid, gid);
    }
  close (life[1]);
  fd = accept_client (listener, life[0], addr.sun_path);
  if (fd < 0)
    fail ("accept");

  status = report (fd, pid);
  close (fd);
  if (waitpid (pid, NULL, 0) != pid)
    fail ("waitpid");
  return status;
}
