/* peerid.c -- implement SO_PEERID with SO_PEERCRED.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include <sys/socket.h>

#include <errno.h>

#include "shim.h"

#undef getsockopt

int
shim_getsockopt (int fd, int level, int option, void *val, socklen_t *len)
{
  struct shim_peer peer;

  if (level != SOL_SOCKET || option != SO_PEERID)
    return getsockopt (fd, level, option, val, len);
  if (shim_peer (fd, ENOTCONN, &peer) != 0)
    return -1;

  struct peercred_struct answer
    = { .pid = peer.pid, .euid = peer.uid, .egid = peer.gid };

  return shim_answer (&answer, sizeof answer, val, len);
}
