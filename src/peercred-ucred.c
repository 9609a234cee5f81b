/* peercred-ucred.c -- peer credentials by SO_PEERCRED, struct ucred.

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

char const peercred_method[] = "ucred";

/* Linux, Cygwin, Haiku.  A buffer that is too short is filled as far as it
   goes, with success, and a socket that is not connected has ids of -1
   (Linux 6.18).  */
int
peercred_query (int fd, struct peercred *cred)
{
  struct ucred uc = { .pid = 0 };
  socklen_t len = sizeof uc;

  if (getsockopt (fd, SOL_SOCKET, SO_PEERCRED, &uc, &len) != 0)
    return -1;
  if (len != sizeof uc)
    return errno = EINVAL, -1;
  cred->uid = uc.uid;
  cred->gid = uc.gid;
  cred->pid = uc.pid;
  return 0;
}
