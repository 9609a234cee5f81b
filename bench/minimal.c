/* minimal.c -- make a listening socket and become the next program.

   Copyright (C) 2026 The ucspi-local authors

   This program is free software: you can redistribute it and/or modify
   it under the terms of the GNU General Public License as published by
   the Free Software Foundation, either version 3 of the License, or
   (at your option) any later version.

   This program is distributed in the hope that it will be useful,
   but WITHOUT ANY WARRANTY; without even the implied warranty of
   MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
   GNU General Public License for more details.

   You should have received a copy of the GNU General Public License
   along with this program.  If not, see <https://www.gnu.org/licenses/>.  */

/* Usage: minimal PATH NEXT-PROGRAM [ARG]...

   What any program must do that does the work of local-stream-socket-listen,
   and nothing else: no option, no check, no message.  */

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
