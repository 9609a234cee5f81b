/* unpcbid.c -- LOCAL_PEEREID on top of SO_PEERCRED.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include <sys/socket.h>
#include <sys/un.h>

#include <errno.h>

#include "shim.h"

#undef getsockopt

int
shim_getsockopt (int fd, int level, int option, void *val, socklen_t *len)
{
  struct shim_peer peer;

  if (level != 0 || option != LOCAL_PEEREID)
    return getsockopt (fd, level, option, val, len);
  if (shim_peer (fd, EINVAL, &peer) != 0)
    return -1;

  struct unpcbid answer
    = { .unp_pid = peer.pid, .unp_euid = peer.uid, .unp_egid = peer.gid };

  return shim_answer (&answer, sizeof answer, val, len);
}
