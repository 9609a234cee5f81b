/* account.c -- ids of accounts.

   Copyright (C) 2026 The ucspi-local authors

   This program is free software: you can redistribute it and/or modify
   it under the terms of the GNU General Public License as published by
   the Free Software Foundation, either version 3 of the License, or
   (at your option) any later version.

   This program is distributed in the hope that it will be useful,
   but WITHOUT ANY WARRANTY; without even the implied warranty of
   MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
   GNU General Public License for more details.

   You should have received a copy of the GNU General Public License
   along with this program.  If not, see <https://www.gnu.org/licenses/>.  */

#include <config.h>

#include "account.h"

#include <grp.h>
#include <pwd.h>

/* Return -1 with errno as a lookup that found nothing has left it, after it
   was cleared.  Systems have several ways to say that there is nothing.  */
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
