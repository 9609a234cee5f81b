/* sockpeercred.c -- implement SO_PEERCRED of OpenBSD with that of Linux.

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

  if (level != SOL_SOCKET || option != SO_PEERCRED)
    return getsockopt (fd, level, option, val, len);
  if (shim_peer (fd, ENOTCONN, &peer) != 0)
    return -1;

  struct sockpeercred answer
    = { .uid = peer.uid, .gid = peer.gid, .pid = peer.pid };

  return shim_answer (&answer, sizeof answer, val, len);
}
