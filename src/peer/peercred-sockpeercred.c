/* peercred-sockpeercred.c -- peer credentials by SO_PEERCRED, sockpeercred.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "peer/peercred.h"

#include <sys/socket.h>

char const peercred_method[] = "sockpeercred";

/* For OpenBSD.  The option is called as on Linux, but the structure has
   another name and another order of members.  */
int
peercred_query (int fd, struct peercred *cred)
{
  struct sockpeercred pc = { .uid = (uid_t) -1, .gid = (gid_t) -1 };
  socklen_t len = sizeof pc;

  if (getsockopt (fd, SOL_SOCKET, SO_PEERCRED, &pc, &len) != 0)
    return -1;
  if (len != sizeof pc)
    return errno = EINVAL, -1;
  cred->uid = pc.uid;
  cred->gid = pc.gid;
  cred->pid = pc.pid;
  return 0;
}
