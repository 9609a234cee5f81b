/* place.c -- a name in a directory, and what it stands for.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Between two system calls, whoever may change a directory can make a name in
   it stand for another file.  Against that there are two means.

   A name is removed by moving it first to a directory of ours, where it can be
   looked at in peace, and moved back if it is not the one.  And a socket that
   is to appear all at once is made there and moved out.

   That directory has one name for each name that it is used for, so that a
   process which finds it there knows who has made it: another that is at work
   on the same name and holds a lock, or one that was killed.  */

#include <config.h>

#include "sockfile/place.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

#include "base/errors.h"
#include "base/fd.h"
#include "base/idmap.h"
#include "dirname.h"
#include "renameatu.h"
#include "same-inode.h"
#include "unistd-safer.h"

/* What is moved to the private directory to be removed is called so.  */
static char const aside[] = "ucspi-aside";

enum
{
  /* How often to look whether another process has come to its end, and how
     many nanoseconds to wait in between: 10 seconds in all.  */
  WAIT_TRIES = 1000,
  WAIT_NS = 10000000
};

/* Take the lock of the private directory FD, which IS_NEW if we have made it.
   Without flock nothing tells one whose process was killed from one whose
   process is at work.  */
static int
lock_directory (int fd, bool is_new)
{
#if HAVE_FLOCK
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return 0;
  /* Haiku locks no directories.  */
  if (is_new && errno == EINVAL)
    return 0;
  /* If the system refuses the lock for another reason, it cannot be told
     whether another process is at work.  */
  return is_new ? -1 : (errno = EWOULDBLOCK, -1);
#else
  (void) fd;
  return is_new ? 0 : (errno = EWOULDBLOCK, -1);
#endif
}

/* Return true if we own the directory FD for certain.  Linux opens a file with
   O_NOATIME only for its owner, or for a process that may act as the owner
   within its user namespace.  */
static bool
is_owner (int fd)
{
#ifdef O_NOATIME
  int again = fd_safer_flag (openat (fd, ".", O_RDONLY | O_DIRECTORY
                                     | O_NOATIME | O_CLOEXEC), O_CLOEXEC);
  fd_close (again);
  return 0 <= again;
#else
  (void) fd;
  return false;
#endif
}

/* Return true if we own the directory FD, which ST describes.  */
static bool
is_ours (int fd, struct stat const *st)
{
  return (st->st_uid == geteuid ()
          && (! idmap_owner_is_ambiguous (st->st_uid) || is_owner (fd)));
}

/* Whether the directory FD, which ST describes, belongs to root or
   ourselves.  */
static bool
is_trusted (int fd, struct stat const *st)
{
  return st->st_uid == 0 || is_ours (fd, st);
}

/* Whether others than root and ourselves may change the directory of which ST
   tells and which is TRUSTED or not.  What an access control list in the
   manner of POSIX allows at most shows in the bits of the group; other lists
   are not looked at.  The sticky bit is no help as such: what is there may be
   theirs.  */
static bool
is_shared (struct stat const *st, bool trusted)
{
  return ! trusted || (st->st_mode & (S_IWGRP | S_IWOTH)) != 0;
}

/* A name for the private directory of NAME, the same every time: its FNV-1a
   hash, since NAME itself may be as long as a name can be.  */
static void
name_stage (char *stage_name, size_t size, char const *name)
{
  uint64_t hash = 0xcbf29ce484222325;

  for (char const *p = name; *p; p++)
    hash = (hash ^ (unsigned char) *p) * 0x100000001b3;
  snprintf (stage_name, size, ".ucspi-%016" PRIx64, hash);
}

int
place_find (struct place *place, char const *path)
{
  struct stat st;
  char const *last = last_component (path);

  *place = (struct place) PLACE_NONE;
  if (last[strcspn (last, "/")] != '\0' || *last == '\0'
      || strcmp (last, ".") == 0 || strcmp (last, "..") == 0)
    return errno = EISDIR, -1;

  char *dirname = mdir_name (path);
  if (! dirname)
    return -1;
  place->dir = fd_safer_flag (open (dirname,
                                    O_HOLD | O_DIRECTORY | O_CLOEXEC),
                              O_CLOEXEC);
  int saved_errno = errno;
  free (dirname);
  if (place->dir < 0)
    {
      place->dir = AT_FDCWD;
      place->name = path;
      place->shared = true;
      /* To work in a directory it need not be readable.  */
      return (O_HOLD == O_RDONLY && saved_errno == EACCES ? 0
              : (errno = saved_errno, -1));
    }
  place->name = last;
  name_stage (place->stage_name, sizeof place->stage_name, last);
  if (fstat (place->dir, &st) != 0)
    {
      fd_close (place->dir);
      place->dir = AT_FDCWD;
      return -1;
    }
  place->trusted = is_trusted (place->dir, &st);
  place->shared = is_shared (&st, place->trusted);
  place->sticky = place->trusted && (st.st_mode & S_ISVTX) != 0;
  return 0;
}

/* Let go of what is held.  That has to be before it is removed: NFS keeps a
   file that is in use under another name, and the private directory would not
   be empty.  */
static void
release_seen (struct place *place)
{
  fd_close (place->seen);
  place->seen = -1;
}

void
place_hold (struct place *place, int fd)
{
  release_seen (place);
  place->seen = fd;
}

int
place_look (struct place *place, struct stat *st)
{
  release_seen (place);
#if HAVE_DECL_O_PATH
  place->seen = fd_safer_flag (openat (place->dir, place->name,
                                       O_PATH | O_NOFOLLOW | O_CLOEXEC),
                               O_CLOEXEC);
  if (0 <= place->seen)
    return fstat (place->seen, st);
  if (errno == ENOENT)
    return -1;
#endif
  return fstatat (place->dir, place->name, st, AT_SYMLINK_NOFOLLOW);
}

/* Make a directory for PLACE, for us alone whatever the umask.  */
static int
make_directory (struct place const *place)
{
  mode_t old_umask = umask (S_IRWXG | S_IRWXO);
  int result = mkdirat (place->dir, place->stage_name, S_IRWXU);
  umask (old_umask);
  return result;
}

/* Open the private directory of PLACE.  */
static int
open_stage (struct place const *place)
{
  return fd_safer_flag (openat (place->dir, place->stage_name,
                                O_RDONLY | O_DIRECTORY | O_NOFOLLOW
                                | O_CLOEXEC), O_CLOEXEC);
}

/* Open the private directory of PLACE, which is new, although we may not read
   it: a default access control list of the directory around it has taken that
   permission from its owner.  Return -1 with errno EACCES if it was for
   another reason, or if the mode cannot be changed safely, since others may
   make the name stand for another directory of ours; then set IS_SHUT.  */
static int
open_unreadable_stage (struct place *place)
{
  struct stat st;

  if (fstatat (place->dir, place->stage_name, &st, AT_SYMLINK_NOFOLLOW) != 0
      || ! S_ISDIR (st.st_mode) || st.st_uid != geteuid ()
      || (st.st_mode & S_IRWXU) == S_IRWXU)
    return errno = EACCES, -1;
  place->is_shut = place->shared;
  if (place->is_shut)
    return errno = EACCES, -1;
  return (fchmodat (place->dir, place->stage_name, S_IRWXU, 0) == 0
          ? open_stage (place) : -1);
}

/* See that the new private directory FD, which ST describes, has the mode that
   it was made with: a default access control list can take permissions from
   its owner.  Return false if it does not keep that mode.  */
static bool
make_private (int fd, struct stat *st)
{
  return ((st->st_mode & 0777) == S_IRWXU
          || (fchmod (fd, S_IRWXU) == 0 && fstat (fd, st) == 0
              && (st->st_mode & 0777) == S_IRWXU));
}

/* Open the directory that is there for PLACE.  Return its descriptor, which
   holds the lock, or -1: EWOULDBLOCK or ENOENT if that may be different soon,
   EEXIST if it is not ours, EACCES if IS_SHUT is set.  */
static int
open_directory (struct place *place, bool is_new)
{
  struct stat st, now;

  int fd = open_stage (place);
  if (fd < 0 && errno == EACCES && is_new)
    {
      fd = open_unreadable_stage (place);
      if (place->is_shut)
        return -1;
    }
  if (fd < 0)
    {
      /* If the name belongs to something other than a directory, what that is
         makes no difference.  Look, because systems report it by different
         errors: ELOOP, EMLINK, EFTYPE, ENOTDIR or EOPNOTSUPP.  */
      int errnum = errno;
      if (errnum == EACCES)
        errnum = EEXIST;
      else if (fstatat (place->dir, place->stage_name, &now,
                        AT_SYMLINK_NOFOLLOW) != 0)
        errnum = errno == ENOENT ? ENOENT : errnum;
      else if (! S_ISDIR (now.st_mode))
        errnum = EEXIST;
      return errno = errnum, -1;
    }
  if (fstat (fd, &st) != 0)
    ;
  else if (is_new && ! is_ours (fd, &st))
    errno = EXDEV;
  else if (is_new && ! make_private (fd, &st))
    errno = EXDEV;
  else if (! is_ours (fd, &st) || (st.st_mode & 0777) != S_IRWXU)
    errno = EEXIST;
  else if (lock_directory (fd, is_new) != 0)
    ;
  /* Whoever held the lock may have removed it.  */
  else if (fstatat (place->dir, place->stage_name, &now,
                    AT_SYMLINK_NOFOLLOW) != 0)
    ;
  else if (! SAME_INODE (st, now))
    errno = ENOENT;
  else
    return fd;
  fd_close (fd);
  return -1;
}

/* Return true if ERRNUM says that renameat2, or what is asked of it, cannot be
   had.  */
static bool
lacks_renameat2 (int errnum)
{
  /* A filter refuses any call of it, the file system only some.  Where libc
     does not have it, renameatu makes the system call.  */
  if (errnum == EPERM)
    return (renameatu (AT_FDCWD, "", AT_FDCWD, "", RENAME_NOREPLACE) != 0
            && errno == EPERM);
  return errnum == EINVAL || errnum == ENOSYS || errnum == ENOTSUP;
}

/* Move the file FROM in directory FROM_DIR to where there is none, as TO in
   TO_DIR.  */
static int
move (int from_dir, char const *from, int to_dir, char const *to)
{
#if HAVE_RENAMEAT2
  int result = renameat2 (from_dir, from, to_dir, to, RENAME_NOREPLACE);
  if (result == 0)
    return 0;
  int errnum = errno;
  if (! lacks_renameat2 (errnum))
    return errno = errnum, -1;
#endif
  /* Without help from the system renameatu looks first and renames then.  A
     second name replaces nothing, either.  If the first, in the private
     directory, cannot be removed now, it is when that is cleared.  */
  if (linkat (from_dir, from, to_dir, to, 0) == 0)
    {
      unlinkat (from_dir, from, 0);
      return 0;
    }
  if (errno == EEXIST || errno == ENOENT)
    return -1;
  return renameatu (from_dir, from, to_dir, to, RENAME_NOREPLACE);
}

/* Move what was moved aside back to where it was, if the name is free.  */
static int
put_back (struct place const *place)
{
  return (move (place->stage, aside, place->dir, place->name) == 0
          ? 0 : (errno = EBUSY, -1));
}

/* See that there is nothing in the private directory STAGE but what we put
   there: that it is private does not prove that it is ours.  */
static int
check_stage (int stage)
{
  int fd = fd_safer_flag (openat (stage, ".", O_RDONLY | O_DIRECTORY
                                  | O_CLOEXEC), O_CLOEXEC);
  DIR *dir = fd < 0 ? NULL : fdopendir (fd);
  bool is_known = true;

  if (! dir)
    {
      fd_close (fd);
      return -1;
    }
  errno = 0;
  for (struct dirent const *d; is_known && (d = readdir (dir)) != NULL; )
    is_known = (strcmp (d->d_name, ".") == 0 || strcmp (d->d_name, "..") == 0
                || strcmp (d->d_name, PLACE_STAGED) == 0
                || strcmp (d->d_name, aside) == 0);
  int errnum = is_known ? errno : EEXIST;
  closedir (dir);
  return errnum == 0 ? 0 : (errno = errnum, -1);
}

/* As place_compare, and store in *NOW what the name stands for.  */
static int
compare (struct place const *place, struct stat const *seen, struct stat *now)
{
  if (fstatat (place->dir, place->name, now, AT_SYMLINK_NOFOLLOW) != 0)
    return -1;
  return SAME_INODE (*now, *seen) ? 0 : (errno = ESTALE, -1);
}

/* Clear away what a process that was killed has left in the private directory
   of PLACE.  A file that was moved aside goes back to where it was: it may not
   be the one that was to be removed.  If it is there still, it had got but its
   second name.  */
static int
clear_stage (struct place const *place)
{
  struct stat st, now;

  if (check_stage (place->stage) != 0)
    return -1;
  if (fstatat (place->stage, aside, &st, AT_SYMLINK_NOFOLLOW) == 0)
    {
      if ((compare (place, &st, &now) == 0
           ? unlinkat (place->stage, aside, 0) : put_back (place)) != 0)
        return -1;
    }
  else if (errno != ENOENT)
    return -1;
  if (unlinkat (place->stage, PLACE_STAGED, 0) != 0 && errno != ENOENT)
    return -1;
  return 0;
}

/* Whether the private directory of PLACE can be seen to be no longer what is
   called so.  */
static bool
has_been_moved (struct place const *place)
{
  struct stat st, now;

  if (fstat (place->stage, &st) != 0)
    return false;
  if (fstatat (place->dir, place->stage_name, &now, AT_SYMLINK_NOFOLLOW) != 0)
    return errno == ENOENT;
  return ! SAME_INODE (st, now);
}

int
place_unstage (struct place *place)
{
  int result = 0;

  if (0 <= place->stage)
    {
      /* What cannot be removed is the reason why its directory cannot.  */
      int errnum = unlinkat (place->stage, PLACE_STAGED, 0) == 0 ? 0 : errno;
      if (! has_been_moved (place)
          && unlinkat (place->dir, place->stage_name, AT_REMOVEDIR) != 0
          && errno != ENOENT)
        {
          result = -1;
          if (errnum != 0 && errnum != ENOENT)
            errno = errnum;
        }
      fd_close (place->stage);
      place->stage = -1;
    }
  return result;
}

bool
place_has_leftover (struct place const *place)
{
  struct stat st;
  if (place->dir == AT_FDCWD
      || fstatat (place->dir, place->stage_name, &st,
                  AT_SYMLINK_NOFOLLOW) != 0
      || ! S_ISDIR (st.st_mode) || st.st_uid != geteuid ())
    return false;
  if (! idmap_owner_is_ambiguous (st.st_uid))
    return true;
  /* The directory may be somebody else's, who must not keep us from starting
     by making it.  */
  int fd = open_stage (place);
  bool result = 0 <= fd && is_ours (fd, &st);
  fd_close (fd);
  return result;
}

/* Whether one of the signals in STOPS, which may be null, is pending.  */
static bool
is_stopped (int const *stops)
{
  sigset_t pending;

  if (stops && sigpending (&pending) == 0)
    for (; *stops; stops++)
      if (sigismember (&pending, *stops))
        return true;
  return false;
}

/* As wait_for_other, by calls that a filter of system calls may let through
   when it refuses pselect.  A signal that comes before nanosleep begins is
   acted on, and the caller looks again MOMENT later.  If the filter refuses
   nanosleep, too, there is no waiting: the caller soon gives up.  */
static int
wait_without_pselect (struct place const *place,
                      struct timespec const *moment)
{
  sigset_t blocked;

  if (place->wait_mask)
    sigprocmask (SIG_SETMASK, place->wait_mask, &blocked);
  int result = nanosleep (moment, NULL);
  int errnum = errno;
  if (place->wait_mask)
    sigprocmask (SIG_SETMASK, &blocked, NULL);
  return result != 0 && errnum == EINTR ? (errno = EINTR, -1) : 0;
}

/* Wait a moment for another process.  Return 0, or -1 with errno EINTR or
   ECANCELED.  */
static int
wait_for_other (struct place const *place)
{
  if (is_stopped (place->stops))
    return errno = ECANCELED, -1;
  struct timespec moment = { .tv_nsec = WAIT_NS };
  int result = pselect (0, NULL, NULL, NULL, &moment, place->wait_mask);
  return (result != 0 && is_filtered (errno)
          ? wait_without_pselect (place, &moment) : result);
}

/* Whether the directory of PLACE is known to be one where files can be made,
   and nothing can be renamed or removed, not even by root.  */
static bool
is_append_only (struct place const *place)
{
#if HAVE_STATX && defined STATX_ATTR_APPEND && defined AT_EMPTY_PATH
  struct statx stx;
  return (statx (place->dir, "", AT_EMPTY_PATH, 0, &stx) == 0
          && (stx.stx_attributes & STATX_ATTR_APPEND) != 0);
#elif HAVE_STRUCT_STAT_ST_FLAGS && defined SF_APPEND && defined UF_APPEND
  struct stat st;
  return (fstat (place->dir, &st) == 0
          && (st.st_flags & (SF_APPEND | UF_APPEND)) != 0);
#else
  (void) place;
  return false;
#endif
}

int
place_stage (struct place *place)
{
  int saved_errno;
  bool is_new;

  if (0 <= place->stage)
    return 0;
  if (place->dir == AT_FDCWD)
    return errno = EACCES, -1;
  if (is_append_only (place))
    return errno = ENOTSUP, -1;

  for (int tries = 0; ; )
    {
      is_new = make_directory (place) == 0;
      if (! is_new && errno != EEXIST)
        return -1;
      place->stage = open_directory (place, is_new);
      if (0 <= place->stage)
        break;
      saved_errno = errno;
      if ((errno == EWOULDBLOCK || errno == ENOENT) && ++tries < WAIT_TRIES)
        {
          if (errno == ENOENT || wait_for_other (place) == 0)
            continue;
          return -1;
        }
      if (is_new && errno != EWOULDBLOCK)
        unlinkat (place->dir, place->stage_name, AT_REMOVEDIR);
      return errno = saved_errno, -1;
    }

  place->was_left = ! is_new;
  if (is_new || clear_stage (place) == 0)
    return 0;
  /* What is in it is not ours to remove.  */
  fd_close (place->stage);
  place->stage = -1;
  return -1;
}

bool
place_is_fixed (struct place const *place, struct stat const *st)
{
  return (! place->shared
          || (place->sticky && idmap_owns (place->seen, st)));
}

/* As place_remove, where the private directory is there.  */
static int
remove_aside (struct place *place, struct stat const *seen)
{
  struct stat st;

  /* There is nothing there that it could replace.  A second name and then the
     removal of the first might remove what the first stands for by then.  */
  if (renameat (place->dir, place->name, place->stage, aside) != 0)
    return -1;
  int errnum = ESTALE;
  if (fstatat (place->stage, aside, &st, AT_SYMLINK_NOFOLLOW) == 0
      && SAME_INODE (st, *seen))
    {
      release_seen (place);
      if (unlinkat (place->stage, aside, 0) == 0)
        return 0;
      errnum = errno;
    }
  return put_back (place) == 0 ? (errno = errnum, -1) : -1;
}

int
place_compare (struct place const *place, struct stat const *seen)
{
  struct stat now;
  return compare (place, seen, &now);
}

int
place_remove (struct place *place, struct stat const *seen)
{
  struct stat now;

  /* What is another by now is not even moved for a moment: it may be the
     socket of a live server.  */
  if (compare (place, seen, &now) != 0)
    return -1;
  if (0 <= place->stage)
    return remove_aside (place, seen);
  /* It may have been given away since it was SEEN.  */
  if (! place_is_fixed (place, &now))
    return errno = EACCES, -1;
  release_seen (place);
  return unlinkat (place->dir, place->name, 0);
}

/* Let PLACE_STAGED and the name change places.  ENOTSUP, EINVAL or ENOSYS: the
   system or the file system cannot.  */
static int
exchange (struct place const *place)
{
#ifdef RENAME_EXCHANGE
  return renameatu (place->stage, PLACE_STAGED, place->dir, place->name,
                    RENAME_EXCHANGE);
#else
  return errno = ENOTSUP, -1;
#endif
}

/* Take back an exchange after which PLACE_STAGED is not what was to be
   replaced.  MINE describes what should then be there.  Return -1 with ERRNUM
   in errno, or EBUSY if that is lost.  */
static int
exchange_back (struct place const *place, struct stat const *mine, int errnum)
{
  struct stat st;

  if (exchange (place) == 0
      && fstatat (place->stage, PLACE_STAGED, &st, AT_SYMLINK_NOFOLLOW) == 0
      && SAME_INODE (st, *mine))
    return errno = errnum, -1;
  /* What is there is not ours to remove.  */
  if (move (place->stage, PLACE_STAGED, place->stage, aside) == 0)
    put_back (place);
  return errno = EBUSY, -1;
}

int
place_publish (struct place *place, struct stat const *seen)
{
  struct stat st, mine;

  if (fstatat (place->stage, PLACE_STAGED, &mine, AT_SYMLINK_NOFOLLOW) != 0)
    return -1;
  if (! seen)
    {
      if (move (place->stage, PLACE_STAGED, place->dir, place->name) == 0)
        return 0;
      return errno == EEXIST ? (errno = ESTALE, -1) : -1;
    }
  if (exchange (place) == 0)
    {
      int errnum = ESTALE;
      if (fstatat (place->stage, PLACE_STAGED, &st, AT_SYMLINK_NOFOLLOW) == 0
          && SAME_INODE (st, *seen))
        {
          release_seen (place);
          if (unlinkat (place->stage, PLACE_STAGED, 0) == 0)
            return 0;
          errnum = errno;
        }
      return exchange_back (place, &mine, errnum);
    }
  if (errno == ENOENT)
    return errno = ESTALE, -1;
  int errnum = errno;
  if (! lacks_renameat2 (errnum))
    return errno = errnum, -1;
  if (fstatat (place->dir, place->name, &st, AT_SYMLINK_NOFOLLOW) != 0)
    return errno == ENOENT ? (errno = ESTALE, -1) : -1;
  if (! SAME_INODE (st, *seen))
    return errno = ESTALE, -1;
  return renameat (place->stage, PLACE_STAGED, place->dir, place->name);
}

void
place_settle (struct place *place)
{
  int saved_errno = errno;

  place_unstage (place);
  release_seen (place);
  errno = saved_errno;
}

void
place_release (struct place *place)
{
  int saved_errno = errno;

  place_settle (place);
  fd_close (place->dir);
  place->dir = AT_FDCWD;
  errno = saved_errno;
}
