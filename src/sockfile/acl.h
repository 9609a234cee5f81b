/* acl.h -- the access control list that a new file gets from its directory.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef ACL_H
#define ACL_H

#include "base/system.h"

/* A list as POSIX once drafted it grants permissions to users and groups by
   name.  A directory can have a default list, which each file that is made
   there gets as its own.  On a system without the calls of Linux for the lists
   no file is taken to have one, and nothing is removed.  */

/* Whether a file that is made in the directory DIR may get a list.  False only
   if the directory is known to have no default list, and is TRUSTED: it
   belongs to root or ourselves, so that nobody else can give it one.  */
bool acl_is_inherited (int dir, bool trusted);

/* Remove the list of the file that ENTRY holds, and make sure that the file
   has none.  If ENTRY is -1, or the system does not show descriptors as files,
   the file is found as NAME in DIR, but only if BY_NAME: nobody can make the
   name stand for another file.  Return 0, or -1 with errno set.  ENOENT: the
   file could be reached by its name alone, and not BY_NAME.  ENOTSUP: the list
   was removed and is there again.  */
int acl_remove (int entry, int dir, char const *name, bool by_name);

#endif /* ACL_H */
