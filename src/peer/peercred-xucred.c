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

/* FreeBSD, DragonFly, macOS.  Level 0 is that of local sockets, which has no
   name everywhere; on a socket of another family it is that of IP, where this
   option is IP_OPTIONS and succeeds with nothing stored.  XUCRED_VERSION is
   0 too, so the structure starts with what no kernel answers: else "nothing
   stored" would read as root.

   The first group is the effective one.  macOS can tell a process id by
   another option, but that is whoever used the peer's socket last.  */
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
