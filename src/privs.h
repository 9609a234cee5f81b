/* privs.h -- becoming somebody else for good.

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

#ifndef PRIVS_H
#define PRIVS_H

#include "system.h"

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
