/* peergroups-getpeerucred.c -- the groups of a peer by getpeerucred.

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
#include <ucred.h>

char const peergroups_method[] = "getpeerucred";

/* illumos, Solaris.  */
int
peergroups_get (int fd, gid_t *list, size_t room, size_t *count)
{
  ucred_t *uc = NULL;
  gid_t const *groups;

  if (getpeerucred (fd, &uc) != 0)
    return -1;
  int n = ucred_getgroups (uc, &groups);
  int error = n < 0 ? EINVAL : room < (size_t) n ? ERANGE : 0;
  if (error == 0)
    {
      if (0 < n)
        memcpy (list, groups, n * sizeof *list);
      *count = n;
    }
  ucred_free (uc);
  return error == 0 ? 0 : (errno = error, -1);
}
