/* pass-linger.c -- pass sockets whose close would block.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: pass-linger PATH COUNT

   COUNT times, connect to PATH, pass a TCP socket into the connection, close
   all our descriptors of both, and go on.  The process that then closes the
   connection closes the last descriptor of the TCP socket.  This socket has
   unsent data, its peer does not read, and SO_LINGER makes the close wait for
   an hour.  Finally print "passed", and keep the peers open until the end of
   standard input.  Exit with 77 if the system cannot pass descriptors or lacks
   TCP.  */

#include <config.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "send-fds.h"

enum { HOUR = 3600 };

static void
fail (char const *step)
{
  perror (step);
  exit (99);
}

/* Return a TCP socket that listens on the loopback interface, or exit with
   77.  Its connections have small buffers.  */
static int
make_peer_socket (struct sockaddr_in *addr)
{
  socklen_t len = sizeof *addr;
  int small = 2048;
  int fd = socket (AF_INET, SOCK_STREAM, 0);

  *addr = (struct sockaddr_in) { .sin_family = AF_INET };
  addr->sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (fd < 0
      || setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small) != 0
      || bind (fd, (struct sockaddr *) addr, sizeof *addr) != 0
      || listen (fd, 5) != 0
      || getsockname (fd, (struct sockaddr *) addr, &len) != 0)
    {
      perror ("TCP");
      exit (77);
    }
  return fd;
}

/* Return a TCP socket whose close blocks.  Its peer stays open.  */
static int
make_waiting_socket (int peers, struct sockaddr_in const *addr)
{
  static char const data[4096];
  struct linger linger = { .l_onoff = 1, .l_linger = HOUR };
  int small = 4096;
  int fd = socket (AF_INET, SOCK_STREAM, 0);

  if (fd < 0
      || setsockopt (fd, SOL_SOCKET, SO_SNDBUF, &small, sizeof small) != 0
      || connect (fd, (struct sockaddr const *) addr, sizeof *addr) != 0
      || accept (peers, NULL, NULL) < 0
      || fcntl (fd, F_SETFL, O_NONBLOCK) != 0)
    fail ("connect");
  while (0 < send (fd, data, sizeof data, 0))
    continue;
  /* On Linux, the close of a nonblocking socket does not wait.  */
  if (fcntl (fd, F_SETFL, 0) != 0
      || setsockopt (fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger) != 0)
    fail ("SO_LINGER");
  return fd;
}

/* Send FD and one byte over CONN.  */
static void
pass (int conn, int fd)
{
  if (send_fds (conn, &fd, 1) < 0)
    {
      /* The server may have closed the connection already.  Then this process
         holds the last descriptor, and its own close must not block.  */
      struct linger none = { .l_onoff = 0 };
      setsockopt (fd, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    }
}

int
main (int argc, char **argv)
{
  struct sockaddr_un to = { .sun_family = AF_UNIX };
  struct sockaddr_in addr;
  char byte;

  if (argc != 3 || sizeof to.sun_path <= strlen (argv[1]))
    return 99;
  strcpy (to.sun_path, argv[1]);
  signal (SIGPIPE, SIG_IGN);
  int peers = make_peer_socket (&addr);
  for (int i = 0; i < atoi (argv[2]); i++)
    {
      int fd = make_waiting_socket (peers, &addr);
      int conn = socket (AF_UNIX, SOCK_STREAM, 0);
      if (conn < 0
          || connect (conn, (struct sockaddr *) &to, sizeof to) != 0)
        fail (argv[1]);
      pass (conn, fd);
      close (conn);
      close (fd);
    }
  puts ("passed");
  fflush (stdout);
  while (0 < read (STDIN_FILENO, &byte, 1))
    continue;
  return 0;
}
