/* privs.c -- drop privileges permanently.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "base/privs.h"

#include <grp.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/getgroups.h"

bool
privs_wanted (struct identity const *identity)
{
  return identity->set_uid || identity->set_gid || identity->set_groups;
}

size_t
privs_groups_max (void)
{
  long int n = sysconf (_SC_NGROUPS_MAX);
  return n < 0 ? 16 : n;
}

/* Return true if GID is one of the N ids of LIST.  */
static bool
contains (gid_t const *list, size_t n, gid_t gid)
{
  for (size_t i = 0; i < n; i++)
    if (list[i] == gid)
      return true;
  return false;
}

/* Return true if the supplementary groups of the process are those of
   IDENTITY.  The effective gid may be among them, because some systems always
   include it.  */
static bool
groups_are (struct identity const *identity)
{
  int n = process_getgroups (0, NULL);
  gid_t *now = n < 0 ? NULL : calloc (n + 1, sizeof *now);
  bool same = now != NULL;

  if (same && 0 < n)
    n = process_getgroups (n, now);
  for (int i = 0; same && i < n; i++)
    same = (now[i] == getegid ()
            || contains (identity->groups, identity->ngroups, now[i]));
  for (size_t i = 0; same && i < identity->ngroups; i++)
    same = (identity->groups[i] == getegid ()
            || contains (now, n < 0 ? 0 : n, identity->groups[i]));
  free (now);
  return same && 0 <= n;
}

/* Set the supplementary groups of IDENTITY and the effective gid GID.  On some
   systems the first group of the list is the effective gid, so setgid replaces
   a group that was asked for.  There, put GID in front of the list.  */
static int
set_groups (struct identity const *identity, gid_t gid)
{
  size_t n = identity->ngroups;

  if (setgroups (n, identity->groups) != 0)
    return -1;
  if (getegid () != gid && setgid (gid) != 0)
    return -1;
  if (groups_are (identity))
    return 0;

  gid_t *list = malloc ((n + 1) * sizeof *list);
  if (! list)
    return -1;
  list[0] = gid;
  if (n)
    memcpy (list + 1, identity->groups, n * sizeof *list);
  int result = setgroups (n + 1, list);
  free (list);
  if (result == 0 && ! groups_are (identity))
    result = (errno = EPERM, -1);
  return result;
}

/* Return true if the process can become UID again.  One of these calls
   succeeds if a real or saved id was not changed.  */
static bool
can_become (uid_t uid)
{
  return setuid (uid) == 0 || seteuid (uid) == 0 || setreuid (-1, uid) == 0;
}

/* Return true if the process has the gid and uid that IDENTITY sets and, if
   that is the uid of a user other than root, can become neither root nor
   OLD_UID again.  */
static bool
is_proved (struct identity const *identity, uid_t old_uid)
{
  if (identity->set_gid
      && (getgid () != identity->gid || getegid () != identity->gid))
    return false;
  if (identity->set_uid)
    {
      if (getuid () != identity->uid || geteuid () != identity->uid)
        return false;
      if (identity->uid != 0
          && (can_become (0)
              || (old_uid != identity->uid && can_become (old_uid))))
        return false;
    }
  return true;
}

char const *
privs_drop (struct identity const *identity)
{
  uid_t old_uid = getuid ();

  /* Set the groups first, which needs root, and the uid last.  For root,
     setgid and setuid set the real, the effective and the saved id.  */
  if (identity->set_groups
      && set_groups (identity,
                     identity->set_gid ? identity->gid : getegid ()) != 0)
    return "set the supplementary groups";
  if (identity->set_gid && setgid (identity->gid) != 0)
    return "set the group id";
  if (identity->set_uid && setuid (identity->uid) != 0)
    return "set the user id";
  if (! is_proved (identity, old_uid))
    {
      errno = EPERM;
      return "drop privileges for good";
    }
  return NULL;
}
