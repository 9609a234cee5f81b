/* idmap.h -- ids that may stand for anybody.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef IDMAP_H
#define IDMAP_H

#include "base/system.h"

#include <sys/stat.h>

/* A Linux user namespace has a map of user ids and one of group ids.  Each id
   that the map leaves out is reported as the overflow id, usually 65534.  If a
   map leaves ids out, it cannot be told whom the overflow id stands for: any
   user that is not mapped, or the one that is mapped to that very number.

   The functions below read /proc when they are first called, and remember the
   answer.  /proc may be missing, or be mounted without its directory sys.  If
   the map is known to leave ids out and the overflow id is not known, each id
   that can be one is taken for it: Linux lets it be 0 to 65535.  If neither is
   known, they take the overflow id that Linux starts with, and suppose that
   ids are left out.  */

/* Return true if UID, which the kernel has reported to this process as that of
   another process, may stand for any user.  */
bool idmap_uid_is_ambiguous (uid_t uid);

/* Return true if GID may stand for any group.  */
bool idmap_gid_is_ambiguous (gid_t gid);

/* Return true if UID, which the kernel has reported as the owner of a file,
   may stand for any user.  A mount can have a map of its own, which may leave
   ids out although the one of the user namespace does not.  */
bool idmap_owner_is_ambiguous (uid_t uid);

/* Return true if this process owns the file that HELD holds and ST describes.
   HELD may be -1; if the owner is ambiguous then, return false.  Otherwise the
   file gets the mode that it has already, which only its owner can give it, or
   a process that may act as the owner and knows who that is.  */
bool idmap_owns (int held, struct stat const *st);

/* Return true if /proc says that users are left out, and store in *UID the
   overflow uid, or -1 if that is not known.  */
bool idmap_leaves_users_out (uid_t *uid);

#endif /* IDMAP_H */
