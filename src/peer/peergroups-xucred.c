/* peergroups-xucred.c -- the groups of a peer by LOCAL_PEERCRED.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "peer/peergroups.h"

#include <string.h>
#include <sys/param.h>
#include <sys/socket.h>
#include <sys/ucred.h>
#include <sys/un.h>

char const peergroups_method[] = "xucred";

/* For FreeBSD, DragonFly and macOS. peercred-xucred.c explains level 0 and the
   version.  The first group is the effective one.  A list that fills the array
   may have been cut off.  The array's size comes from sizeof, because each
   system has another name for it.  */
int
peergroups_get (int fd, gid_t *list, size_t room, size_t *count)
{
  struct xucred xc = { .cr_version = XUCRED_VERSION + 1 };
  socklen_t len = sizeof xc;

  if (getsockopt (fd, 0, LOCAL_PEERCRED, &xc, &len) != 0)
    return -1;
  if (len != sizeof xc || xc.cr_version != XUCRED_VERSION
      || xc.cr_ngroups <= 0)
    return errno = EINVAL, -1;
  size_t n = xc.cr_ngroups - 1;
  if (sizeof xc.cr_groups / sizeof *xc.cr_groups <= n + 1 || room < n)
    return errno = ERANGE, -1;
  memcpy (list, xc.cr_groups + 1, n * sizeof *list);
  *count = n;
  return 0;
}
