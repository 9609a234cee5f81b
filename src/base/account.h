/* account.h -- look up the ids of accounts.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef ACCOUNT_H
#define ACCOUNT_H

#include "base/system.h"

/* Store in *UID or *GID the id of the user or group called NAME.  Return 0, or
   -1 with errno set: ENOENT if there is no such account.  */
int account_uid (char const *name, uid_t *uid);
int account_gid (char const *name, gid_t *gid);

#endif /* ACCOUNT_H */
