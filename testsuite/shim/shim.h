/* shim.h -- what every pretended system answers with.

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

/* Whether the environment asks for the misbehaviour NAME.  */
bool shim_fault (char const *name);

/* Store in *PEER who connected to FD, as the kernel says, or as the
   environment says instead.  Return 0, or -1 with errno set; that is GONE
   if the client is to have left.  */
int shim_peer (int fd, int gone, struct shim_peer *peer);

/* Store in GROUPS, which has room for ROOM ids, the supplementary groups of
   who connected to FD.  Return how many there are, or -1 with errno set.  */
int shim_groups (int fd, gid_t *groups, size_t room);

/* Store the SIZE bytes of ANSWER in VAL, which has room for *LEN, and the
   length in *LEN, as getsockopt does.  Return 0.  LEN points to a socklen_t;
   this header cannot say so, lest the true <sys/socket.h> come in before
   the pretended one.  */
int shim_answer (void const *answer, size_t size, void *val, void *len);

#endif /* SHIM_H */
