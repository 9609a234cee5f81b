/* minimal.c -- make a listening socket and become the next program.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: minimal PATH NEXT-PROGRAM [ARG]...

   Do only what is necessary for the work of local-stream-socket-listen.  There
   are no options, checks or messages.  */

#include <config.h>

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int
main (int argc, char **argv)
{
  struct sockaddr_un addr = { .sun_family = AF_UNIX };
  int fd;

  if (argc < 3 || sizeof addr.sun_path <= strlen (argv[1]))
    return 100;
  strcpy (addr.sun_path, argv[1]);
  unlink (argv[1]);
  fd = socket (AF_UNIX, SOCK_STREAM, 0);
  if (fd < 0 || bind (fd, (struct sockaddr *) &addr, sizeof addr) != 0
      || listen (fd, 5) != 0)
    return 111;
  if (fd != 3)
    {
      dup2 (fd, 3);
      close (fd);
    }
  execvp (argv[2], argv + 2);
  return 127;
}
