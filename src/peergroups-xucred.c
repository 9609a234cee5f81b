/* peergroups-xucred.c -- the groups of a peer by LOCAL_PEERCRED.

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

#include <string.h>
#include <sys/param.h>
#include <sys/socket.h>
#include <sys/ucred.h>
#include <sys/un.h>

char const peergroups_method[] = "xucred";

/* FreeBSD, DragonFly, macOS.  See peercred-xucred.c about level 0 and about
   the version.  The first group is the effective one.  How many there is room
   for has a name of its own on each of them; a list that fills it may have
   been cut off.  */
int
peergroups_get (int fd, gid_t *list, size_t room, size_t *count)
{
  struct xucred xc = { .cr_version = XUCRED_VERSION + 1 };
  socklen_t len = sizeof xc;

  if (getsockopt (fd, 0, LOCAL_PEERCRED, &xc, &len) != 0)
    return -1;
  if (len != sizeof xc || xc.cr_version != XUCRED_VERSION
      || xc.cr_ngroups <= 0)
    return errno = EINVAL, -1;
  size_t n = xc.cr_ngroups - 1;
  if (sizeof xc.cr_groups / sizeof *xc.cr_groups <= n + 1 || room < n)
    return errno = ERANGE, -1;
  memcpy (list, xc.cr_groups + 1, n * sizeof *list);
  *count = n;
  return 0;
}
