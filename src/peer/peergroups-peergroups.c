/* peergroups-peergroups.c -- the groups of a peer by SO_PEERGROUPS.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "peer/peergroups.h"

#include <sys/socket.h>

char const peergroups_method[] = "peergroups";

/* For Linux, since version 4.13.  */
int
peergroups_get (int fd, gid_t *list, size_t room, size_t *count)
{
  socklen_t len = room * sizeof *list;

  if (getsockopt (fd, SOL_SOCKET, SO_PEERGROUPS, list, &len) != 0)
    return -1;
  if (len % sizeof *list != 0 || room < len / sizeof *list)
    return errno = EINVAL, -1;
  *count = len / sizeof *list;
  return 0;
}
