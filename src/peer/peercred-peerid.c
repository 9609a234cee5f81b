/* peercred-peerid.c -- peer credentials by SO_PEERID.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "peer/peercred.h"

#include <sys/socket.h>

char const peercred_method[] = "peerid";

/* For AIX.  */
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
