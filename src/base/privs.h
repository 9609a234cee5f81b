/* privs.h -- becoming somebody else for good.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PRIVS_H
#define PRIVS_H

#include "base/system.h"

/* Whom to become.  What is not set stays as it is.  */
struct identity
{
  bool set_uid;
  bool set_gid;
  bool set_groups;
  uid_t uid;
  gid_t gid;
  /* The whole list of supplementary groups.  */
  gid_t *groups;
  size_t ngroups;
};

/* Whether IDENTITY asks for any change.  */
bool privs_wanted (struct identity const *identity);

/* How many supplementary groups the system allows.  */
size_t privs_groups_max (void);

/* Make IDENTITY the process's groups, real, effective and saved gid and uid,
   in this order, and prove it: read them back, and see the system refuse the
   way back.  The caller's effective uid is 0.  Return NULL, or what it was
   unable to do ("set ..."), with errno set; the process is then to end.  */
char const *privs_drop (struct identity const *identity);

#endif /* PRIVS_H */
