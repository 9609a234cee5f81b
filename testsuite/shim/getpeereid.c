/* getpeereid.c -- getpeereid on top of SO_PEERCRED.

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

#include <unistd.h>

#include <errno.h>

#include "shim.h"

#ifdef SHIM_UNDECLARED
int getpeereid (int, uid_t *, gid_t *);
#endif

int
getpeereid (int fd, uid_t *uid, gid_t *gid)
{
  struct shim_peer peer;

  if (shim_fault ("positive"))
    return EINVAL;
  if (shim_peer (fd, ENOTCONN, &peer) != 0)
    return -1;
  *uid = peer.uid;
  *gid = peer.gid;
  return 0;
}
