/* peercred-ucred.c -- peer credentials by SO_PEERCRED, struct ucred.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "peer/peercred.h"

#include <sys/socket.h>

char const peercred_method[] = "ucred";

/* For Linux, Cygwin and Haiku.  If the buffer is too short, the kernel fills
   as much of it as there is and reports success.  For a socket that is not
   connected it returns ids of -1 (Linux 6.18).  */
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
