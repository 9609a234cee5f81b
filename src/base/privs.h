/* privs.h -- drop privileges permanently.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PRIVS_H
#define PRIVS_H

#include "base/system.h"

/* The identity to change to.  An id without its flag stays as it is.  */
struct identity
{
  bool set_uid;
  bool set_gid;
  bool set_groups;
  uid_t uid;
  gid_t gid;
  /* The complete list of supplementary groups.  */
  gid_t *groups;
  size_t ngroups;
};

/* Return true if IDENTITY asks for any change.  */
bool privs_wanted (struct identity const *identity);

/* Return how many supplementary groups the system allows.  */
size_t privs_groups_max (void);

/* Set the supplementary groups, the gid and the uid of IDENTITY, in this
   order, as real, effective and saved ids.  Then read them back, and check
   that the system refuses to restore the old ids.  The caller's effective uid
   must be 0.  Return NULL, or the failed step ("set the group id") with errno
   set; after a failure the process must exit.  */
char const *privs_drop (struct identity const *identity);

#endif /* PRIVS_H */
