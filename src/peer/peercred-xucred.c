/* peercred-xucred.c -- peer credentials by LOCAL_PEERCRED.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "peer/peercred.h"

#include <sys/param.h>
#include <sys/socket.h>
#include <sys/ucred.h>
#include <sys/un.h>

char const peercred_method[] = "xucred";

/* For FreeBSD, DragonFly and macOS.  Level 0 is that of local sockets, for
   which not every system has a name.  On a socket of another family level 0 is
   IP, this option is IP_OPTIONS, and the call succeeds without storing
   anything.  XUCRED_VERSION is 0, so zeros would read as credentials of root.
   Therefore initialize the structure with values that no kernel returns.

   The first group is the effective one. macOS reports a process id by another
   option, but that of the process which used the peer's socket last.  */
int
peercred_query (int fd, struct peercred *cred)
{
  struct xucred xc = { .cr_version = XUCRED_VERSION + 1,
                       .cr_uid = (uid_t) -1 };
  socklen_t len = sizeof xc;

  if (getsockopt (fd, 0, LOCAL_PEERCRED, &xc, &len) != 0)
    return -1;
  if (len != sizeof xc || xc.cr_version != XUCRED_VERSION
      || xc.cr_ngroups <= 0)
    return errno = EINVAL, -1;
  cred->uid = xc.cr_uid;
  cred->gid = xc.cr_groups[0];
#ifdef HAVE_STRUCT_XUCRED_CR_PID
  cred->pid = xc.cr_pid;
#endif
  return 0;
}
