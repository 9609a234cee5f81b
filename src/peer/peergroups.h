/* peergroups.h -- in which groups the peer of a local socket is.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PEERGROUPS_H
#define PEERGROUPS_H

#include "base/system.h"

/* Store in LIST, which has room for ROOM ids, the supplementary groups of the
   peer of FD, a connected AF_UNIX stream socket, as they were when it
   connected, and in *COUNT their number.  The effective group may be among
   them or not.

   Return 0, or -1 with errno set: ENOTSUP if this system cannot tell, ERANGE
   if there are more than ROOM, or perhaps more than the system tells.  */
int peergroups_get (int fd, gid_t *list, size_t room, size_t *count);

/* The method that configure chose; each is a file peergroups-METHOD.c.  */
extern char const peergroups_method[];

#endif /* PEERGROUPS_H */
