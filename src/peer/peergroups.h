/* peergroups.h -- the groups of the peer of a local socket.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PEERGROUPS_H
#define PEERGROUPS_H

#include "base/system.h"

/* The most groups that are passed on to a program.  More would not fit into
   its environment.  */
enum { PEER_GROUPS_MAX = 8192 };

/* Store in LIST, which has room for ROOM ids, the supplementary groups that
   the peer of FD had when it connected, and in *COUNT their number.  FD is a
   connected AF_UNIX stream socket.  The effective group may or may not be
   among them.

   Return 0, or -1 with errno set: ENOTSUP if the system does not report
   groups; ERANGE if there are more than ROOM, or if there may be more than the
   system has reported.  */
int peergroups_get (int fd, gid_t *list, size_t room, size_t *count);

/* The method that configure chose.  The file peergroups-METHOD.c implements
   it.  */
extern char const peergroups_method[];

#endif /* PEERGROUPS_H */
