/* idmap.h -- ids that may stand for anybody.

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

#ifndef IDMAP_H
#define IDMAP_H

#include "system.h"

/* A Linux user namespace has a map of user ids and one of group ids.  Each id
   that the map leaves out is reported as the overflow id, usually 65534.  If a
   map leaves ids out, it cannot be told whom the overflow id stands for: any
   user that is not mapped, or the one that is mapped to that very number.

   The functions below read /proc when they are first asked, and remember the
   answer.  If /proc does not tell, they suppose the worst: that ids are left
   out, and that the overflow id is the one that Linux starts with.  */

/* Return true if UID, which the kernel has reported to this process, may stand
   for any user.  */
bool idmap_uid_is_ambiguous (uid_t uid);

/* Return true if GID may stand for any group.  */
bool idmap_gid_is_ambiguous (gid_t gid);

/* Return true if /proc says that users are left out, and store in *UID the
   overflow uid.  */
bool idmap_leaves_users_out (uid_t *uid);

#endif /* IDMAP_H */
