/* entry.c -- one directory entry: a name in a directory, and the file that it
   leads to.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "sockfile/entry.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/errors.h"
#include "base/fd.h"
#include "base/idmap.h"
#include "dirname.h"
#include "same-inode.h"
#include "unistd-safer.h"

/* Return true if we certainly own the directory FD.  Linux opens a file with
   O_NOATIME only for its owner, or for a process that may act as the owner
   within its user namespace.  */
static bool
opens_as_owner (int fd)
{
#ifdef O_NOATIME
  int again = fd_safer_flag (openat (fd, ".", O_RDONLY | O_DIRECTORY
                                     | O_NOATIME | O_CLOEXEC), O_CLOEXEC);
  fd_close (again);
  return 0 <= again;
#else
  (void) fd;
  return errno = EPERM, false;
#endif
}

bool
entry_directory_is_ours (int fd, struct stat const *st)
{
  if (st->st_uid != geteuid ())
    return errno = EPERM, false;
  return ! idmap_owner_is_ambiguous (st->st_uid) || opens_as_owner (fd);
}

bool
entry_directory_is_append_only (int fd)
{
#if HAVE_STATX && defined STATX_ATTR_APPEND && defined AT_EMPTY_PATH
  struct statx stx;
  return (statx (fd, "", AT_EMPTY_PATH, 0, &stx) == 0
          && (stx.stx_attributes & STATX_ATTR_APPEND) != 0);
#elif HAVE_STRUCT_STAT_ST_FLAGS && defined SF_APPEND && defined UF_APPEND
  struct stat st;
  return (fstat (fd, &st) == 0
          && (st.st_flags & (SF_APPEND | UF_APPEND)) != 0);
#else
  (void) fd;
  return false;
#endif
}

/* Return true if users other than root and us may change the directory that ST
   describes.  TRUSTED is as in struct entry.  The bits of the group show the
   most that an access control list of POSIX allows; lists of other kinds are
   not looked at.  The sticky bit does not count, because the files in the
   directory may be owned by others.  */
static bool
is_shared (struct stat const *st, bool trusted)
{
  return ! trusted || (st->st_mode & (S_IWGRP | S_IWOTH)) != 0;
}

/* Open the directory of PATH.  */
static int
open_parent (char const *path)
{
  char *dirname = mdir_name (path);
  if (! dirname)
    return -1;
  int fd = fd_safer_flag (open (dirname, O_HOLD | O_DIRECTORY | O_CLOEXEC),
                          O_CLOEXEC);
  int saved_errno = errno;
  free (dirname);
  errno = saved_errno;
  return fd;
}

int
entry_find (struct entry *entry, char const *path)
{
  struct stat st;
  char const *last = last_component (path);

  *entry = (struct entry) ENTRY_NONE;
  if (last[strcspn (last, "/")] != '\0' || *last == '\0'
      || strcmp (last, ".") == 0 || strcmp (last, "..") == 0)
    return errno = EISDIR, -1;

  int dir = open_parent (path);
  if (dir < 0)
    {
      entry->name = path;
      entry->shared = true;
      /* A directory that we may search but not read is good enough.  With
         O_SEARCH, too, the system may ask for read permission; see fd.h.  */
      return ! HAVE_DECL_O_PATH && errno == EACCES ? 0 : -1;
    }
  entry->name = last;
  if (fstat (dir, &st) != 0)
    {
      fd_close (dir);
      return -1;
    }
  entry->trusted = st.st_uid == 0 || entry_directory_is_ours (dir, &st);
  /* In a shortage, fail now: later, an ambiguous owner could keep us from
     removing what we have made.  */
  if (! entry->trusted && is_shortage (errno))
    {
      fd_close (dir);
      return -1;
    }
  entry->dir = dir;
  entry->shared = is_shared (&st, entry->trusted);
  entry->sticky = entry->trusted && (st.st_mode & S_ISVTX) != 0;
  return 0;
}

void
entry_let_go (struct entry *entry)
{
  fd_close (entry->held);
  entry->held = -1;
}

void
entry_hold (struct entry *entry, int fd)
{
  entry_let_go (entry);
  entry->held = fd;
}

int
entry_take_held (struct entry *entry)
{
  int fd = entry->held;
  entry->held = -1;
  return fd;
}

int
entry_look (struct entry *entry, struct stat *st)
{
  entry_let_go (entry);
#if HAVE_DECL_O_PATH
  entry->held = fd_safer_flag (openat (entry->dir, entry->name,
                                       O_PATH | O_NOFOLLOW | O_CLOEXEC),
                               O_CLOEXEC);
  if (0 <= entry->held)
    return fstat (entry->held, st);
  if (errno == ENOENT)
    return -1;
#endif
  return fstatat (entry->dir, entry->name, st, AT_SYMLINK_NOFOLLOW);
}

/* As entry_compare, and store in *NOW the status of the file that the name
   leads to.  */
static int
compare (struct entry const *entry, struct stat const *seen, struct stat *now)
{
  if (fstatat (entry->dir, entry->name, now, AT_SYMLINK_NOFOLLOW) != 0)
    return -1;
  return SAME_INODE (*now, *seen) ? 0 : (errno = ESTALE, -1);
}

int
entry_compare (struct entry const *entry, struct stat const *seen)
{
  struct stat now;
  return compare (entry, seen, &now);
}

/* Return true if the sticky bit keeps users other than root and the owner from
   renaming or removing a file with status ST.  On illumos and Solaris it does
   not protect a regular file that they may write (illumos,
   tmp_sticky_remove_access in fs/tmpfs/tmp_subr.c; likewise UFS and ZFS), so
   such a file is replaced like one in a directory without the bit.  */
static bool
heeds_sticky (struct stat const *st)
{
  return ! (S_ISREG (st->st_mode)
            && (st->st_mode & (S_IWGRP | S_IWOTH)) != 0);
}

bool
entry_is_fixed (struct entry const *entry, struct stat const *st)
{
  return (! entry->shared
          || (entry->sticky && heeds_sticky (st)
              && idmap_owns (entry->held, st)));
}

int
entry_remove (struct entry *entry, struct stat const *seen)
{
  struct stat now;

  /* In a user namespace, only a descriptor shows whose the file is.  It may
     have been closed because there were too few.  */
  if (entry->held < 0 && entry->shared && entry->sticky)
    {
      if (entry_look (entry, &now) != 0)
        return -1;
      if (! SAME_INODE (now, *seen))
        return errno = ESTALE, -1;
    }
  else if (compare (entry, seen, &now) != 0)
    return -1;
  /* Ask about NOW: the file may have another owner than when it was SEEN.  */
  if (! entry_is_fixed (entry, &now))
    return errno = EACCES, -1;
  entry_let_go (entry);
  return unlinkat (entry->dir, entry->name, 0);
}

void
entry_release (struct entry *entry)
{
  entry_let_go (entry);
  fd_close (entry->dir);
  entry->dir = FD_CWD;
}
