/* privs.h -- drop privileges permanently.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PRIVS_H
#define PRIVS_H

#include "base/system.h"

/* The identity to change to.  An id whose flag is false stays as it is.  */
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
   order; the gid and the uid become the real, effective and saved ids.  Check
   the groups and the real and effective ids.  If IDENTITY has a uid other than
   0, also check that the system refuses to make the process root or its old
   user again.

   The effective uid of the caller must be 0.  Other callers may only pass an
   IDENTITY that sets no groups, and no id that differs from their real or
   effective one.  Return NULL, or the failed step ("set the group id") with
   errno set; after a failure the process must exit.  */
char const *privs_drop (struct identity const *identity);

#endif /* PRIVS_H */
