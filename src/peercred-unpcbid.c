/* peercred-unpcbid.c -- peer credentials by LOCAL_PEEREID.

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
#include <sys/un.h>

char const peercred_method[] = "unpcbid";

/* NetBSD.  Level 0 is that of local sockets, which has no name everywhere;
   on a socket of another family it is that of IP, where this option is
   IP_TOS.  */
int
peercred_query (int fd, struct peercred *cred)
{
  struct unpcbid id = { .unp_euid = (uid_t) -1, .unp_egid = (gid_t) -1 };
  socklen_t len = sizeof id;

  if (getsockopt (fd, 0, LOCAL_PEEREID, &id, &len) != 0)
    return -1;
  if (len != sizeof id)
    return errno = EINVAL, -1;
  cred->uid = id.unp_euid;
  cred->gid = id.unp_egid;
  cred->pid = id.unp_pid;
  return 0;
}
