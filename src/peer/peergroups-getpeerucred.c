/* peergroups-getpeerucred.c -- the groups of a peer by getpeerucred.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "peer/peergroups.h"

#include <string.h>
#include <ucred.h>

char const peergroups_method[] = "getpeerucred";

/* For illumos and Solaris.  */
int
peergroups_get (int fd, gid_t *list, size_t room, size_t *count)
{
  ucred_t *uc = NULL;
  gid_t const *groups;

  if (getpeerucred (fd, &uc) != 0)
    return -1;
  int n = ucred_getgroups (uc, &groups);
  int error = n < 0 ? EINVAL : room < (size_t) n ? ERANGE : 0;
  if (error == 0)
    {
      if (0 < n)
        memcpy (list, groups, n * sizeof *list);
      *count = n;
    }
  ucred_free (uc);
  return error == 0 ? 0 : (errno = error, -1);
}
