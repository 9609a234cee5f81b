/* shim.h -- the credentials and faults for all simulated systems.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef SHIM_H
#define SHIM_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct shim_peer
{
  uid_t uid;
  gid_t gid;
  pid_t pid;
};

/* Return true if the environment asks for the fault NAME.  */
bool shim_fault (char const *name);

/* Store the credentials of the peer of FD in *PEER, from the kernel or from
   the environment.  Return 0, or -1 with errno set.  If the client has left,
   errno is GONE.  */
int shim_peer (int fd, int gone, struct shim_peer *peer);

/* Store the supplementary groups of the peer of FD in GROUPS, which has room
   for ROOM ids.  Return their number, or -1 with errno set.  */
int shim_groups (int fd, gid_t *groups, size_t room);

/* Store the SIZE bytes of ANSWER in VAL, which has room for *LEN, and the
   length in *LEN, as getsockopt does.  Return 0.  LEN points to a socklen_t.
   This header does not use that type, because it must not include the real
   <sys/socket.h> before the simulated one.  */
int shim_answer (void const *answer, size_t size, void *val, void *len);

#endif /* SHIM_H */
