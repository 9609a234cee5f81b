/* xucred.c -- implement LOCAL_PEERCRED with SO_PEERCRED.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include <sys/param.h>
#include <sys/socket.h>
#include <sys/ucred.h>
#include <sys/un.h>

#include <errno.h>

#include "shim.h"

#undef getsockopt

int
shim_getsockopt (int fd, int level, int option, void *val, socklen_t *len)
{
  struct shim_peer peer;

  if (level != 0 || option != LOCAL_PEERCRED)
    return getsockopt (fd, level, option, val, len);
  if (shim_peer (fd, ENOTCONN, &peer) != 0)
    return -1;

  struct xucred answer
    = { .cr_version = XUCRED_VERSION, .cr_uid = peer.uid, .cr_ngroups = 1 };
  answer.cr_groups[0] = peer.gid;
  /* The kernels with this option return as many groups as there is room
     for.  */
  gid_t groups[1024];
  int count = shim_groups (fd, groups, sizeof groups / sizeof *groups);
  int room = sizeof answer.cr_groups / sizeof *answer.cr_groups;
  for (int i = 0; i < count && answer.cr_ngroups < room; i++)
    answer.cr_groups[answer.cr_ngroups++] = groups[i];
#ifndef SHIM_WITHOUT_PID
  answer.cr_pid = peer.pid;
#endif
  if (shim_fault ("version"))
    answer.cr_version++;
  if (shim_fault ("nogroups"))
    answer.cr_ngroups = 0;
  return shim_answer (&answer, sizeof answer, val, len);
}
