/* peercred.c -- the credentials of the peer of a local socket.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "peer/peercred.h"

int
peercred_get (int fd, struct peercred *cred)
{
  struct peercred found = { .uid = (uid_t) -1, .gid = (gid_t) -1 };

  if (peercred_query (fd, &found) != 0)
    return -1;
  if (found.uid == (uid_t) -1 || found.gid == (gid_t) -1)
    return errno = ENOTCONN, -1;
  if (found.pid < 0)
    found.pid = 0;
  *cred = found;
  return 0;
}
