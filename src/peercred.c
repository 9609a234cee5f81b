/* peercred.c -- who is at the other end of a local socket.

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

#include "peercred.h"

int
peercred_get (int fd, struct peercred *cred)
{
  struct peercred found = { .uid = (uid_t) -1, .gid = (gid_t) -1 };

  if (peercred_query (fd, &found) != 0)
    return -1;
  if (found.uid == (uid_t) -1 || found.gid == (gid_t) -1)
    return errno = ENOTCONN, -1;
  if (found.pid < 0)
    found.pid = 0;
  *cred = found;
  return 0;
}
