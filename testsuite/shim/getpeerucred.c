/* getpeerucred.c -- implement getpeerucred with SO_PEERCRED.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include <ucred.h>

#include <errno.h>

#include "shim.h"

/* There is only one object, so if a caller does not free it, its next call
   fails.  */
struct ucred_s
{
  struct shim_peer peer;
  gid_t groups[1024];
  int group_count;
  bool taken;
};
static struct ucred_s the_ucred;

/* The real function would reuse an object that *UC points to.  Fail
   instead.  */
int
getpeerucred (int fd, ucred_t **uc)
{
  if (*uc != NULL)
    return errno = EFAULT, -1;
  if (the_ucred.taken)
    return errno = ENOMEM, -1;
  if (shim_peer (fd, ENOTCONN, &the_ucred.peer) != 0)
    return -1;
  the_ucred.group_count
    = shim_groups (fd, the_ucred.groups, (sizeof the_ucred.groups
                                          / sizeof *the_ucred.groups));
  the_ucred.taken = true;
  *uc = &the_ucred;
  return 0;
}

uid_t
ucred_geteuid (ucred_t const *uc)
{
  return uc->peer.uid;
}

gid_t
ucred_getegid (ucred_t const *uc)
{
  return uc->peer.gid;
}

pid_t
ucred_getpid (ucred_t const *uc)
{
  return uc->peer.pid;
}

int
ucred_getgroups (ucred_t const *uc, gid_t const **groups)
{
  *groups = uc->groups;
  return uc->group_count;
}

void
ucred_free (ucred_t *uc)
{
  uc->taken = false;
}
