/* idmap.h -- ids that are ambiguous in a user namespace.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef IDMAP_H
#define IDMAP_H

#include "base/system.h"

#include <sys/stat.h>

/* A Linux user namespace has a map of user ids and one of group ids.  The
   kernel reports every id that the map leaves out as the overflow id, usually
   65534.  If a map leaves ids out, the overflow id is ambiguous: it may stand
   for any id that is not mapped, or for the one that is mapped to that number.

   The functions below read /proc when they are first called, and remember the
   result. /proc may be missing, or mounted without its directory sys.  If the
   map is known to leave ids out and the overflow id is unknown, every id from
   0 to 65535 is treated as ambiguous, because Linux allows these as overflow
   ids.  If neither is known, the functions assume that ids are left out, and
   use the overflow id that Linux starts with.  */

/* Return true if UID, which the kernel has reported as that of another
   process, may stand for more than one user.  */
bool idmap_uid_is_ambiguous (uid_t uid);

/* Return true if GID may stand for more than one group.  */
bool idmap_gid_is_ambiguous (gid_t gid);

/* Return true if UID, which the kernel has reported as the owner of a file,
   may stand for more than one user.  A mount can have a map of its own, which
   may leave ids out even if the map of the user namespace does not.  */
bool idmap_owner_is_ambiguous (uid_t uid);

/* Return true if this process owns the file that ST describes.  HELD is a
   descriptor of that file, or -1; one of another file is like -1.  If the
   owner is ambiguous, try to give HELD the mode that it has already or,
   without /proc, the owner that it has already: only its owner can do that, or
   a process that may act as the owner.  The latter clears the set-id bits of a
   regular file.  Without HELD, an ambiguous owner is taken for another user.
   If the result is false, errno is EPERM, or tells why the system did not
   answer.  */
bool idmap_owns (int held, struct stat const *st);

/* Return true if /proc shows that the map leaves user ids out.  Then store in
   *UID the overflow uid, or -1 if it is unknown.  */
bool idmap_leaves_users_out (uid_t *uid);

#endif /* IDMAP_H */
