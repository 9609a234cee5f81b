/* stagedir.c -- the private directory beside a socket, and its lock.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Between two system calls, any user who may change a directory can make a
   name in it lead to another file.  The private directory is the remedy.

   To remove a file, first move it to the private directory, where nobody else
   can exchange it.  Compare it there, and move it back if it is another file.
   To make a socket appear at its name in one step, create it in the private
   directory and move it out.

   The name of the private directory depends only on the name of the file.  So
   a process that finds the private directory knows that another process made
   it for the same file, and either holds its lock or was killed.  */

#include <config.h>

#include "sockfile/stagedir.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/errors.h"
#include "base/fd.h"
#include "base/idmap.h"
#include "same-inode.h"
#include "sockfile/rename.h"
#include "unistd-safer.h"

/* The name in the private directory of a file that is about to be removed.  */
static char const aside[] = "ucspi-aside";

enum
{
  /* For how many milliseconds to wait for another process, and how many
     nanoseconds to pause between two attempts.  */
  WAIT_MS = 10000,
  WAIT_NS = 10000000,
  /* The maximum number of attempts.  A filter of system calls may refuse all
     calls that wait, and then there is no pause between the attempts.  */
  WAIT_TRIES = 1000
};

/* Set NAME, of SIZE bytes, to the name of the private directory for a file
   called FILE.  It contains the FNV-1a hash of FILE, because FILE itself may
   be as long as a name can be.  */
static void
set_name (char *name, size_t size, char const *file)
{
  uint64_t hash = 0xcbf29ce484222325;

  for (char const *p = file; *p; p++)
    hash = (hash ^ (unsigned char) *p) * 0x100000001b3;
  snprintf (name, size, ".ucspi-%016" PRIx64, hash);
}

void
stagedir_init (struct stagedir *stage, struct entry *entry)
{
  *stage = (struct stagedir) { .entry = entry, .inside = ENTRY_NONE };
  stage->inside.name = STAGEDIR_NAME;
  stage->inside.trusted = true;
  if (entry->dir != FD_CWD)
    set_name (stage->name, sizeof stage->name, entry->name);
}

void
stagedir_set_wait (struct stagedir *stage, sigset_t const *wait_mask,
                   int const *stops)
{
  stage->wait_mask = wait_mask;
  stage->stops = stops;
}

bool
stagedir_is_made (struct stagedir const *stage)
{
  return stage->inside.dir != FD_CWD;
}

/* Close the private directory without removing it.  Preserve errno.  */
static void
close_stage (struct stagedir *stage)
{
  fd_close (stage->inside.dir);
  stage->inside.dir = FD_CWD;
}

/* Take the lock of the private directory FD.  IS_NEW: we have just made it.
   Without flock, a directory left by a killed process cannot be told from one
   in use.  */
static int
lock_directory (int fd, bool is_new)
{
#if HAVE_FLOCK
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return 0;
  /* Haiku cannot lock directories.  */
  if (is_new && errno == EINVAL)
    return 0;
  /* If the system refuses the lock for another reason, another process may be
     using the directory.  */
  return is_new ? -1 : (errno = EWOULDBLOCK, -1);
#else
  (void) fd;
  return is_new ? 0 : (errno = EWOULDBLOCK, -1);
#endif
}

/* Create the private directory, accessible to us alone whatever the umask.  */
static int
make_directory (struct stagedir const *stage)
{
  mode_t old_umask = umask (S_IRWXG | S_IRWXO);
  int result = mkdirat (stage->entry->dir, stage->name, S_IRWXU);
  umask (old_umask);
  return result;
}

/* Store in *ST the status of whatever has the name of the private directory,
   without following a symbolic link.  */
static int
look_at_name (struct stagedir const *stage, struct stat *st)
{
  return fstatat (stage->entry->dir, stage->name, st, AT_SYMLINK_NOFOLLOW);
}

/* Open the private directory.  */
static int
open_directory (struct stagedir const *stage)
{
  return fd_safer_flag (openat (stage->entry->dir, stage->name,
                                O_RDONLY | O_DIRECTORY | O_NOFOLLOW
                                | O_CLOEXEC), O_CLOEXEC);
}

/* Open the private directory, which is new but which we may not read: a
   default access control list of its parent has taken that permission from its
   owner.  If we may not read it for another reason, return -1 with errno
   EACCES.  Likewise if the mode cannot be changed safely, because others may
   make the name lead to another directory of ours; then set IS_SHUT.  */
static int
open_unreadable (struct stagedir *stage)
{
  struct stat st;

  if (look_at_name (stage, &st) != 0
      || ! S_ISDIR (st.st_mode) || st.st_uid != geteuid ()
      || (st.st_mode & S_IRWXU) == S_IRWXU)
    return errno = EACCES, -1;
  stage->is_shut = stage->entry->shared;
  if (stage->is_shut)
    return errno = EACCES, -1;
  return (fchmodat (stage->entry->dir, stage->name, S_IRWXU, 0) == 0
          ? open_directory (stage) : -1);
}

/* Give the new private directory FD, which ST describes, the mode that it was
   made with: a default access control list can take permissions from its
   owner.  EXDEV: it does not take or keep that mode, or it is not ours.  */
static int
make_private (int fd, struct stat *st)
{
  if ((st->st_mode & 0777) == S_IRWXU)
    return 0;
  if (fchmod (fd, S_IRWXU) != 0)
    return (errno == EPERM || errno == EOVERFLOW || is_unsupported (errno)
            ? (errno = EXDEV, -1) : -1);
  if (fstat (fd, st) != 0)
    return -1;
  return (st->st_mode & 0777) == S_IRWXU ? 0 : (errno = EXDEV, -1);
}

/* Return the errno to report when the name of the private directory could not
   be opened and errno was ERRNUM.  Systems have many errors for a name that
   leads to something other than a directory (ELOOP, EMLINK, EFTYPE, ENOTDIR or
   EOPNOTSUPP), so look at what is there.  */
static int
errno_of_open (struct stagedir const *stage, int errnum)
{
  struct stat st;

  if (errnum == EACCES)
    return EEXIST;
  if (look_at_name (stage, &st) != 0)
    return errno == ENOENT ? ENOENT : errnum;
  return S_ISDIR (st.st_mode) ? errnum : EEXIST;
}

/* Open and lock the directory that has the name of the private directory.
   IS_NEW: we have just made it.  Return its descriptor, which holds the lock,
   or -1.  EWOULDBLOCK and ENOENT: try again later.  EEXIST: it is not ours.
   EACCES: IS_SHUT may be set.  */
static int
open_and_lock (struct stagedir *stage, bool is_new)
{
  struct stat st, now;

  int fd = open_directory (stage);
  if (fd < 0 && errno == EACCES && is_new)
    {
      fd = open_unreadable (stage);
      if (stage->is_shut)
        return -1;
    }
  if (fd < 0)
    return errno = errno_of_open (stage, errno), -1;
  if (fstat (fd, &st) != 0)
    ;
  else if (st.st_uid != geteuid ())
    errno = is_new ? EXDEV : EEXIST;
  else if (! is_new && (st.st_mode & 0777) != S_IRWXU)
    errno = EEXIST;
  else if (is_new && make_private (fd, &st) != 0)
    ;
  /* Ask this last, because it needs the permissions of the owner.  */
  else if (! entry_directory_is_ours (fd, &st))
    {
      if (errno == EPERM)
        errno = is_new ? EXDEV : EEXIST;
    }
  else if (lock_directory (fd, is_new) != 0)
    ;
  /* The process that held the lock may have removed the directory.  */
  else if (look_at_name (stage, &now) != 0)
    ;
  else if (! SAME_INODE (st, now))
    errno = ENOENT;
  else
    return fd;
  fd_close (fd);
  return -1;
}

/* Move the file ASIDE back to the name of the entry, if that name is free.
   EBUSY: it could not be moved back.  */
static int
move_back (struct stagedir const *stage)
{
  return (rename_exclusively (stage->inside.dir, aside, stage->entry->dir,
                              stage->entry->name) == 0
          ? 0 : (errno = EBUSY, -1));
}

/* Check that the directory STAGE contains only files with the names that we
   use.  A directory that is private need not have been made by us for this
   purpose.  */
static int
check_names (int stage)
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
                || strcmp (d->d_name, STAGEDIR_NAME) == 0
                || strcmp (d->d_name, aside) == 0);
  int errnum = is_known ? errno : EEXIST;
  closedir (dir);
  return errnum == 0 ? 0 : (errno = errnum, -1);
}

/* Remove the file NAME in the private directory.  Systems that let root unlink
   a directory (see rename.c) leave its contents without a name, so refuse
   that.  */
static int
remove_inside (struct stagedir const *stage, char const *name)
{
  struct stat st;
  int fd = stage->inside.dir;

  if (fstatat (fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
    return -1;
  return S_ISDIR (st.st_mode) ? (errno = EISDIR, -1) : unlinkat (fd, name, 0);
}

/* Remove what a killed process has left in the private directory.  A file that
   was moved aside goes back to the entry, because it may not be the file that
   was to be removed.  If the entry leads to that very file, the killed process
   had only made a second link to it.  */
static int
clear (struct stagedir const *stage)
{
  struct stat st;
  int fd = stage->inside.dir;

  if (check_names (fd) != 0)
    return -1;
  if (fstatat (fd, aside, &st, AT_SYMLINK_NOFOLLOW) == 0)
    {
      if ((entry_compare (stage->entry, &st) == 0
           ? remove_inside (stage, aside) : move_back (stage)) != 0)
        return -1;
    }
  else if (errno != ENOENT)
    return -1;
  if (remove_inside (stage, STAGEDIR_NAME) != 0 && errno != ENOENT)
    return -1;
  return 0;
}

/* Return true if the name of the private directory certainly leads elsewhere
   by now.  */
static bool
has_been_moved (struct stagedir const *stage)
{
  struct stat st, now;

  if (fstat (stage->inside.dir, &st) != 0)
    return false;
  if (look_at_name (stage, &now) != 0)
    return errno == ENOENT;
  return ! SAME_INODE (st, now);
}

int
stagedir_remove (struct stagedir *stage)
{
  int result = 0;

  if (! stagedir_is_made (stage))
    return 0;
  /* If a file in the directory cannot be removed, report why: that is the
     reason why the directory cannot be removed either.  */
  int errnum = (unlinkat (stage->inside.dir, STAGEDIR_NAME, 0) == 0
                ? 0 : errno);
  if (! has_been_moved (stage)
      && unlinkat (stage->entry->dir, stage->name, AT_REMOVEDIR) != 0
      && errno != ENOENT)
    {
      result = -1;
      if (errnum != 0 && errnum != ENOENT)
        errno = errnum;
    }
  close_stage (stage);
  return result;
}

bool
stagedir_has_leftover (struct stagedir const *stage)
{
  struct stat st;

  if (stage->entry->dir == FD_CWD || look_at_name (stage, &st) != 0
      || ! S_ISDIR (st.st_mode) || st.st_uid != geteuid ())
    return false;
  if (! idmap_owner_is_ambiguous (st.st_uid))
    return true;
  /* Somebody else may own the directory, and must not be able to prevent our
     start by making it.  */
  int fd = open_directory (stage);
  bool result = 0 <= fd && entry_directory_is_ours (fd, &st);
  fd_close (fd);
  return result;
}

/* Return true if a signal of the list STOPS, which may be null, is
   pending.  */
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

/* Wait for MOMENT without pselect, which a filter of system calls may refuse
   while it allows the calls below.  A signal that arrives before nanosleep
   begins is handled, but does not shorten the wait.  If the filter refuses
   nanosleep, too, there is no wait, and the caller soon gives up.  */
static int
wait_without_pselect (struct stagedir const *stage,
                      struct timespec const *moment)
{
  sigset_t blocked;

  if (stage->wait_mask)
    sigprocmask (SIG_SETMASK, stage->wait_mask, &blocked);
  int result = nanosleep (moment, NULL);
  int errnum = errno;
  if (stage->wait_mask)
    sigprocmask (SIG_SETMASK, &blocked, NULL);
  return result != 0 && errnum == EINTR ? (errno = EINTR, -1) : 0;
}

/* Wait a moment for another process.  Return 0, or -1 with errno EINTR or
   ECANCELED.  */
static int
wait_for_other (struct stagedir const *stage)
{
  if (is_stopped (stage->stops))
    return errno = ECANCELED, -1;
  struct timespec moment = { .tv_nsec = WAIT_NS };
  int result = pselect (0, NULL, NULL, NULL, &moment, stage->wait_mask);
  return (result != 0 && is_filtered (errno)
          ? wait_without_pselect (stage, &moment) : result);
}

/* Make or take over the private directory, waiting while another process uses
   it.  Set *IS_NEW if it is made.  */
static int
make_or_take_over (struct stagedir *stage, bool *is_new)
{
  long long int end = clock_milliseconds () + WAIT_MS;

  for (int tries = 0; ; )
    {
      *is_new = make_directory (stage) == 0;
      if (! *is_new && errno != EEXIST)
        return -1;
      int fd = open_and_lock (stage, *is_new);
      if (0 <= fd)
        {
          stage->inside.dir = fd;
          return 0;
        }
      int saved_errno = errno;
      /* The process that used the directory has just removed it, so try again
         at once, even if the time is over.  */
      if (saved_errno == ENOENT && ++tries < WAIT_TRIES)
        continue;
      if (saved_errno == EWOULDBLOCK && ++tries < WAIT_TRIES
          && clock_milliseconds () < end)
        {
          if (wait_for_other (stage) == 0)
            continue;
          return -1;
        }
      if (*is_new && saved_errno != EWOULDBLOCK)
        unlinkat (stage->entry->dir, stage->name, AT_REMOVEDIR);
      return errno = saved_errno == ENOENT ? EWOULDBLOCK : saved_errno, -1;
    }
}

int
stagedir_make (struct stagedir *stage)
{
  bool is_new;

  if (stagedir_is_made (stage))
    return 0;
  if (stage->entry->dir == FD_CWD)
    return errno = EACCES, -1;
  if (entry_directory_is_append_only (stage->entry->dir))
    return errno = ENOTSUP, -1;
  if (make_or_take_over (stage, &is_new) != 0)
    return -1;
  stage->was_left = ! is_new;
  if (is_new || clear (stage) == 0)
    return 0;
  /* The files in the directory may be somebody else's, so leave it.  */
  close_stage (stage);
  return -1;
}

/* Do what stagedir_remove_file does when the private directory is made.  */
static int
remove_aside (struct stagedir *stage, struct stat const *seen)
{
  struct stat st;
  int fd = stage->inside.dir;

  /* A plain rename is right: the private directory holds no file of that name
     that could be replaced.  Making a second link and removing the first would
     not do, because the first name may lead to another file by then.  */
  if (renameat (stage->entry->dir, stage->entry->name, fd, aside) != 0)
    return -1;
  int errnum = ESTALE;
  if (fstatat (fd, aside, &st, AT_SYMLINK_NOFOLLOW) == 0
      && SAME_INODE (st, *seen))
    {
      entry_let_go (stage->entry);
      if (unlinkat (fd, aside, 0) == 0)
        return 0;
      errnum = errno;
    }
  return move_back (stage) == 0 ? (errno = errnum, -1) : -1;
}

int
stagedir_remove_file (struct stagedir *stage, struct stat const *seen)
{
  if (! stagedir_is_made (stage))
    return entry_remove (stage->entry, seen);
  /* Do not move another file even for a moment: it may be the socket of a live
     server.  */
  if (entry_compare (stage->entry, seen) != 0)
    return -1;
  return remove_aside (stage, seen);
}

/* Exchange the socket in the private directory and the file that the entry
   leads to.  */
static int
exchange (struct stagedir const *stage)
{
  return rename_exchange (stage->inside.dir, STAGEDIR_NAME,
                          stage->entry->dir, stage->entry->name);
}

/* Take back an exchange, because the file that it has brought to the private
   directory is not the expected one or cannot be removed.  MINE describes the
   socket that should then be there.  Return -1 with errno set to ERRNUM, or to
   EBUSY if the socket is lost.  */
static int
exchange_back (struct stagedir const *stage, struct stat const *mine,
               int errnum)
{
  struct stat st;
  int fd = stage->inside.dir;

  if (exchange (stage) == 0
      && fstatat (fd, STAGEDIR_NAME, &st, AT_SYMLINK_NOFOLLOW) == 0
      && SAME_INODE (st, *mine))
    return errno = errnum, -1;
  /* The file in the private directory is somebody else's: do not remove
     it.  */
  if (rename_exclusively (fd, STAGEDIR_NAME, fd, aside) == 0)
    move_back (stage);
  return errno = EBUSY, -1;
}

/* Finish stagedir_publish after the exchange: remove the file that was
   replaced, or take the exchange back if it is not the one that SEEN
   describes.  */
static int
finish_exchange (struct stagedir *stage, struct stat const *seen,
                 struct stat const *mine)
{
  struct stat st;
  int fd = stage->inside.dir;
  int errnum = ESTALE;

  if (fstatat (fd, STAGEDIR_NAME, &st, AT_SYMLINK_NOFOLLOW) == 0
      && SAME_INODE (st, *seen))
    {
      entry_let_go (stage->entry);
      if (unlinkat (fd, STAGEDIR_NAME, 0) == 0)
        return 0;
      errnum = errno;
    }
  return exchange_back (stage, mine, errnum);
}

/* Do what stagedir_publish does where there is a file to replace and the
   system cannot exchange files: compare, and then rename.  */
static int
publish_by_rename (struct stagedir *stage, struct stat const *seen)
{
  if (entry_compare (stage->entry, seen) != 0)
    return errno == ENOENT ? (errno = ESTALE, -1) : -1;
  return renameat (stage->inside.dir, STAGEDIR_NAME,
                   stage->entry->dir, stage->entry->name);
}

int
stagedir_publish (struct stagedir *stage, struct stat const *seen)
{
  struct stat mine;

  if (fstatat (stage->inside.dir, STAGEDIR_NAME, &mine,
               AT_SYMLINK_NOFOLLOW) != 0)
    return -1;
  if (! seen)
    {
      if (rename_exclusively (stage->inside.dir, STAGEDIR_NAME,
                              stage->entry->dir, stage->entry->name) == 0)
        return 0;
      return errno == EEXIST ? (errno = ESTALE, -1) : -1;
    }
  if (exchange (stage) == 0)
    return finish_exchange (stage, seen, &mine);
  if (errno == ENOENT)
    return errno = ESTALE, -1;
  int errnum = errno;
  return (rename_is_missing (errnum) ? publish_by_rename (stage, seen)
          : (errno = errnum, -1));
}
