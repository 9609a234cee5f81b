/* account.c -- look up the ids of accounts.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "base/account.h"

#include <grp.h>
#include <pwd.h>

/* Return -1 with errno set for a lookup that has found nothing.  The caller
   has set errno to 0 before the lookup.  Systems report "no such account" in
   several ways; make all of them ENOENT.  */
static int
not_found (void)
{
  if (errno == 0 || errno == ESRCH)
    errno = ENOENT;
  return -1;
}

int
account_uid (char const *name, uid_t *uid)
{
  errno = 0;
  struct passwd const *user = getpwnam (name);
  if (! user)
    return not_found ();
  *uid = user->pw_uid;
  return 0;
}

int
account_gid (char const *name, gid_t *gid)
{
  errno = 0;
  struct group const *group = getgrnam (name);
  if (! group)
    return not_found ();
  *gid = group->gr_gid;
  return 0;
}
