/* peergroups-none.c -- a system that does not report the groups of a peer.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "peer/peergroups.h"

char const peergroups_method[] = "none";

int
peergroups_get (int fd, gid_t *list, size_t room, size_t *count)
{
  (void) fd;
  (void) list;
  (void) room;
  (void) count;
  return errno = ENOTSUP, -1;
}
