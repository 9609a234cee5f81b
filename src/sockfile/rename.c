/* rename.c -- renaming a file without replacing another by accident.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "sockfile/rename.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/errors.h"
#include "renameatu.h"

bool
rename_is_missing (int errnum)
{
  /* EPERM can come from a filter, which refuses every call, or from the file
     system, which refuses this one.  A call with empty names tells which.
     Where libc lacks renameat2, renameatu makes the system call.  */
  if (errnum == EPERM)
    return (renameatu (AT_FDCWD, "", AT_FDCWD, "", RENAME_NOREPLACE) != 0
            && errno == EPERM);
  return is_unsupported (errnum);
}

int
rename_exclusively (int from_dir, char const *from,
                    int to_dir, char const *to)
{
#if HAVE_RENAMEAT2
  int result = renameat2 (from_dir, from, to_dir, to, RENAME_NOREPLACE);
  if (result == 0)
    return 0;
  int errnum = errno;
  if (! rename_is_missing (errnum))
    return errno = errnum, -1;
#endif
  /* Make a second link, which never replaces a file, rather than call
     renameatu, which would look first and then rename.  If the first link,
     which is in the private directory, cannot be removed now, it is removed
     when that directory is cleared.  */
  struct stat st;
  if (fstatat (from_dir, from, &st, AT_SYMLINK_NOFOLLOW) != 0)
    return -1;
  if (! S_ISDIR (st.st_mode))
    {
      if (linkat (from_dir, from, to_dir, to, 0) == 0)
        {
          unlinkat (from_dir, from, 0);
          return 0;
        }
      if (errno == EEXIST || errno == ENOENT)
        return -1;
    }
  /* A directory gets here, too.  On illumos (tmpfs, UFS) and on HFS+, root can
     make links to directories and unlink them, which breaks the file system.
     A rename of a directory can replace only an empty directory, so what
     others may put at TO in the meantime is no loss.  */
  return renameatu (from_dir, from, to_dir, to, RENAME_NOREPLACE);
}

int
rename_exchange (int a_dir, char const *a, int b_dir, char const *b)
{
#ifdef RENAME_EXCHANGE
  return renameatu (a_dir, a, b_dir, b, RENAME_EXCHANGE);
#else
  (void) a_dir;
  (void) a;
  (void) b_dir;
  (void) b;
  return errno = ENOTSUP, -1;
#endif
}
