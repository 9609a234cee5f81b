/* getpeereid.c -- implement getpeereid with SO_PEERCRED.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include <unistd.h>

#include <errno.h>

#include "shim.h"

#ifdef SHIM_UNDECLARED
int getpeereid (int, uid_t *, gid_t *);
#endif

int
getpeereid (int fd, uid_t *uid, gid_t *gid)
{
  struct shim_peer peer;

  if (shim_fault ("positive"))
    return EINVAL;
  if (shim_peer (fd, ENOTCONN, &peer) != 0)
    return -1;
  *uid = peer.uid;
  *gid = peer.gid;
  return 0;
}
