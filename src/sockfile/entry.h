/* entry.h -- one directory entry: a name in a directory, and the file that it
   leads to.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef ENTRY_H
#define ENTRY_H

#include "base/system.h"

#include <sys/stat.h>

#include "base/fd.h"

/* Every call names the file relative to a descriptor of the directory, so
   replacing a directory of the path by a symbolic link misleads nobody.  */
struct entry
{
  /* The directory, or FD_CWD if it could not be opened.  */
  int dir;
  /* The name in DIR; the whole path if DIR is FD_CWD.  */
  char const *name;
  /* True if the directory is owned by root or by us, so that nobody else can
     change its permissions.  */
  bool trusted;
  /* True if users other than root and us may rename and remove files in the
     directory.  */
  bool shared;
  /* True if the directory is sticky and trusted: others cannot rename or
     remove files that we own, except, on some systems, regular files that they
     may write.  */
  bool sticky;
  /* A descriptor of the file that the name led to at the last entry_look, so
     that no other file can get its inode number; -1 if no file is held.  */
  int held;
};

/* An entry that needs no entry_release.  */
#define ENTRY_NONE { .dir = FD_CWD, .held = -1 }

/* Unless stated otherwise, functions that return int return 0, or -1 with
   errno set.  ESTALE means that the name leads to another file than before.
   Every descriptor is above 2 and close-on-exec.  */

/* Set up *ENTRY for PATH, which must outlive *ENTRY.  EISDIR: PATH can only
   name a directory.  */
int entry_find (struct entry *entry, char const *path);

/* Store in *ST the status of the file that the name leads to, and hold that
   file where the system can.  A symbolic link is not followed.  ENOENT: there
   is no such file.  */
int entry_look (struct entry *entry, struct stat *st);

/* Hold FD, a descriptor of a file, or nothing if FD is -1.  ENTRY owns FD from
   then on.  */
void entry_hold (struct entry *entry, int fd);

/* Close the descriptor of the file that is held, preserving errno.  Do so
   before the file is removed: NFS keeps a file in use under another name, and
   its directory would not be empty.  */
void entry_let_go (struct entry *entry);

/* Return the descriptor of the file that is held, or -1.  It is the caller's
   from then on.  */
int entry_take_held (struct entry *entry);

/* Check that the name still leads to the file that SEEN describes.  ENOENT:
   it leads to none.  */
int entry_compare (struct entry const *entry, struct stat const *seen);

/* Return true if only root and we can rename or remove the file that the name
   leads to and ST describes.  */
bool entry_is_fixed (struct entry const *entry, struct stat const *st);

/* Remove the file that the name leads to, if it is still the one that SEEN
   describes.  It must not be a directory.  EACCES: others could put another
   file in its place meanwhile; see stagedir_remove_file.  */
int entry_remove (struct entry *entry, struct stat const *seen);

/* Close all descriptors, preserving errno.  */
void entry_release (struct entry *entry);

/* Return true if we own the directory FD, which ST describes.  Otherwise set
   errno: to EPERM if it is not ours, or if it is unknown whether it is; or to
   the reason why the system did not answer.  */
bool entry_directory_is_ours (int fd, struct stat const *st);

/* Return true if the directory FD is known to be append-only: files can be
   made in it, but not even root can rename or remove them.  */
bool entry_directory_is_append_only (int fd);

#endif /* ENTRY_H */
