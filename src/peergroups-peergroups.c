/* peergroups-peergroups.c -- the groups of a peer by SO_PEERGROUPS.

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

#include <config.h>

#include "peergroups.h"

#include <sys/socket.h>

char const peergroups_method[] = "peergroups";

/* Linux, from 4.13 on.  */
int
peergroups_get (int fd, gid_t *list, size_t room, size_t *count)
{
  socklen_t len = room * sizeof *list;

  if (getsockopt (fd, SOL_SOCKET, SO_PEERGROUPS, list, &len) != 0)
    return -1;
  if (len % sizeof *list != 0 || room < len / sizeof *list)
    return errno = EINVAL, -1;
  *count = len / sizeof *list;
  return 0;
}
