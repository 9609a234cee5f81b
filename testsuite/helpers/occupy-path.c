/* occupy-path.c -- bind a socket to a path that a tool wants to use.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: occupy-path KIND PATH

   Bind a socket to PATH, print "ready", read standard input to its end and
   print "woken N": the number of connections or datagrams that arrived.  KIND
   is

     live       a listening stream socket
     full       the same, with a full backlog
     bound      a stream socket that does not listen
     dgram      a datagram socket
     seqpacket  a listening socket of type SOCK_SEQPACKET

   "naive" is different: make a listening socket with mode 0600 by bind and
   chmod, as many programs do, and exit at once.  This is not safe against an
   attacker who replaces the file between the two calls.  */

#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

int
main (int argc, char **argv)
{
  struct sockaddr_un addr = { .sun_family = AF_UNIX };
  int filled = 0;
  int woken = 0;
  char c;

  if (argc != 3)
    return 99;
  char const *kind = argv[1];
  int type = (strcmp (kind, "dgram") == 0 ? SOCK_DGRAM
              : strcmp (kind, "seqpacket") == 0 ? SOCK_SEQPACKET
              : SOCK_STREAM);
  snprintf (addr.sun_path, sizeof addr.sun_path, "%s", argv[2]);
  int fd = socket (AF_UNIX, type, 0);
  if (strcmp (kind, "naive") == 0)
    {
      unlink (addr.sun_path);
      if (bind (fd, (struct sockaddr *) &addr, sizeof addr) != 0
          || chmod (addr.sun_path, 0600) != 0 || listen (fd, 8) != 0)
        {
          fprintf (stderr, "naive: fatal: %s\n", strerror (errno));
          return 111;
        }
      return 0;
    }
  if (fd < 0 || bind (fd, (struct sockaddr *) &addr, sizeof addr) != 0
      || (type != SOCK_DGRAM && strcmp (kind, "bound") != 0
          && listen (fd, strcmp (kind, "full") == 0 ? 0 : 8) != 0)
      || fcntl (fd, F_SETFL, O_NONBLOCK) != 0)
    {
      perror (kind);
      return 1;
    }
  if (strcmp (kind, "full") == 0)
    for (; filled < 100; filled++)
      {
        int client = socket (AF_UNIX, SOCK_STREAM, 0);
        if (fcntl (client, F_SETFL, O_NONBLOCK) != 0
            || connect (client, (struct sockaddr *) &addr, sizeof addr) != 0)
          break;
      }
  puts ("ready");
  fflush (stdout);
  while (0 < read (STDIN_FILENO, &c, 1))
    continue;
  if (type == SOCK_DGRAM)
    while (0 <= recv (fd, &c, 1, 0))
      woken++;
  else
    while (0 <= accept (fd, NULL, NULL))
      woken++;
  printf ("woken %d\n", woken - filled);
  return 0;
}
