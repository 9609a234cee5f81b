/* peercred-unpcbid.c -- peer credentials by LOCAL_PEEREID.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "peer/peercred.h"

#include <sys/socket.h>
#include <sys/un.h>

char const peercred_method[] = "unpcbid";

/* For NetBSD.  Level 0 is that of local sockets, for which not every system
   has a name.  On a socket of another family level 0 is IP, and this option is
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
