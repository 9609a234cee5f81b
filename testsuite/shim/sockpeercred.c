/* sockpeercred.c -- the SO_PEERCRED of OpenBSD on top of that of Linux.

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

#include <sys/socket.h>

#include <errno.h>

#include "shim.h"

#undef getsockopt

int
shim_getsockopt (int fd, int level, int option, void *val, socklen_t *len)
{
  struct shim_peer peer;

  if (level != SOL_SOCKET || option != SO_PEERCRED)
    return getsockopt (fd, level, option, val, len);
  if (shim_peer (fd, ENOTCONN, &peer) != 0)
    return -1;

  struct sockpeercred answer
    = { .uid = peer.uid, .gid = peer.gid, .pid = peer.pid };

  return shim_answer (&answer, sizeof answer, val, len);
}
