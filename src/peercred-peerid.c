/* peercred-peerid.c -- peer credentials by SO_PEERID.

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

#include <sys/socket.h>

char const peercred_method[] = "peerid";

/* AIX.  */
int
peercred_query (int fd, struct peercred *cred)
{
  struct peercred_struct pc = { .euid = (uid_t) -1, .egid = (gid_t) -1 };
  socklen_t len = sizeof pc;

  if (getsockopt (fd, SOL_SOCKET, SO_PEERID, &pc, &len) != 0)
    return -1;
  if (len != sizeof pc)
    return errno = EINVAL, -1;
  cred->uid = pc.euid;
  cred->gid = pc.egid;
  cred->pid = pc.pid;
  return 0;
}
