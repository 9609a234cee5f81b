/* account.h -- ids of accounts.

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

#ifndef ACCOUNT_H
#define ACCOUNT_H

#include "system.h"

/* Store in *UID or *GID the id of the user or group called NAME.  Return 0, or
   -1 with errno set; ENOENT: there is none.  */
int account_uid (char const *name, uid_t *uid);
int account_gid (char const *name, gid_t *gid);

#endif /* ACCOUNT_H */
