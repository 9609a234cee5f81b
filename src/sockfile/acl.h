/* acl.h -- the access control list that a new file gets from its directory.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef ACL_H
#define ACL_H

#include "base/system.h"

/* An access control list, as in a draft of POSIX, grants permissions to users
   and groups by name.  A directory can have a default list, which each file
   made there gets as its own list.  Where the system lacks Linux's calls for
   these lists, the functions below assume that there are none.  */

/* Return true if a file made in the directory DIR may get a list.  Where the
   system has lists, the result is false only if the directory is known to have
   no default list and is TRUSTED: it is owned by root or by us, so that nobody
   else can give it one.  */
bool acl_is_inherited (int dir, bool trusted);

/* Remove the list of the file that HELD holds, and check that the file has
   none.  HELD may be -1, or the system may not show descriptors as files; then
   use NAME in DIR, but only if BY_NAME, which means that nobody else can make
   NAME lead to another file.  Return 0, or -1 with errno set.  ENOENT: the
   file can be reached only by its name, and BY_NAME is false.  ENOTSUP: the
   list was removed, but the file has one again.  */
int acl_remove (int held, int dir, char const *name, bool by_name);

#endif /* ACL_H */
