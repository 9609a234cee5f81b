/* peerid.c -- SO_PEERID on top of SO_PEERCRED.

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

  if (level != SOL_SOCKET || option != SO_PEERID)
    return getsockopt (fd, level, option, val, len);
  if (shim_peer (fd, ENOTCONN, &peer) != 0)
    return -1;

  struct peercred_struct answer
    = { .pid = peer.pid, .euid = peer.uid, .egid = peer.gid };

  return shim_answer (&answer, sizeof answer, val, len);
}
