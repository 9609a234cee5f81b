/* place.h -- a name in a directory, and what it stands for.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PLACE_H
#define PLACE_H

#include "base/system.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>

/* The name that a file is made under in the private directory.  */
#define PLACE_STAGED "ucspi-socket"

/* A name in a directory.  Everything is done relative to a descriptor of the
   directory, so a path that is led elsewhere leads nobody astray.  */
struct place
{
  /* The directory, or AT_FDCWD if it could not be opened.  */
  int dir;
  /* The name in it; a path if DIR is AT_FDCWD.  */
  char const *name;
  /* Whether the directory belongs to root or ourselves, so that nobody else
     can change its permissions.  */
  bool trusted;
  /* Whether users other than root and ourselves may change what names in the
     directory stand for.  */
  bool shared;
  /* Whether they may not do so with a name of what belongs to us.  */
  bool sticky;
  /* What the name stood for when it was last looked at, held so that no other
     file can get its number; -1 if nothing is held.  */
  int seen;
  /* The private directory beside the name, or -1; and whether a process that
     was killed had left it.  */
  int stage;
  bool was_left;
  /* Whether a default access control list has taken the permissions of that
     directory from us, its owner, and it would not be safe to change that.  */
  bool is_shut;
  char stage_name[sizeof ".ucspi-" + 16];
  /* The signals to block while waiting for another process; null for those
     that are blocked.  */
  sigset_t const *wait_mask;
  /* Signals that end this waiting although they are blocked: a list that ends
     with 0, or null.  */
  int const *stops;
};

/* A place that nothing need be done about.  */
#define PLACE_NONE { .dir = AT_FDCWD, .seen = -1, .stage = -1 }

/* These return 0, or -1 with errno set.  ESTALE stands for a name that has
   come to mean something else since it was looked at.  Every descriptor is
   above 2 and close-on-exec.  */

/* Set up *PLACE for PATH, which must outlive it.  EISDIR: PATH can only name a
   directory.  */
int place_find (struct place *place, char const *path);

/* Store in *ST what the name stands for, without following it, and hold that
   where the system can.  ENOENT: nothing.  */
int place_look (struct place *place, struct stat *st);

/* Let PLACE hold FD, which is closed when that is not needed any more, so that
   no other file can get the number of that which is to be removed.  */
void place_hold (struct place *place, int fd);

/* Whether the private directory is there although nobody here has made it:
   another process is at work, or was killed.  */
bool place_has_leftover (struct place const *place);

/* Make the private directory, in which nobody but root and ourselves can
   change anything, and clear away what one that was killed there has left.
   While it is there, other processes that stage the same name wait for their
   turn.  EWOULDBLOCK: waited 10 seconds for another.  EEXIST: somebody has put
   something else under its name.  EXDEV: the file system has given it to
   somebody else or another mode, or somebody has exchanged it.  EACCES, with
   IS_SHUT set: a default access control list keeps us, its owner, out of it.
   EBUSY: there is a file in it that has been moved aside and cannot go back.
   ENOTSUP: nothing can be removed from the directory, so nothing was made
   there.  EINTR: a signal that WAIT_MASK lets through was caught.  ECANCELED:
   one of STOPS has come.  Signals that end the process should be blocked until
   place_unstage.  */
int place_stage (struct place *place);

/* Remove the private directory with what is in it; nothing if there is none,
   or if somebody has moved it away.  */
int place_unstage (struct place *place);

/* See whether the name stands for what SEEN describes.  ENOENT: for
   nothing.  */
int place_compare (struct place const *place, struct stat const *seen);

/* Whether nobody but root and ourselves can make the name, which stands for
   what ST describes, stand for another file.  */
bool place_is_fixed (struct place const *place, struct stat const *st);

/* Remove what the name stands for, if that is still what SEEN describes.  It
   must not be a directory.  Unless PLACE is fixed, it must be staged.  EBUSY:
   what was there instead could not be put back, and is kept in the private
   directory.  */
int place_remove (struct place *place, struct stat const *seen);

/* Let the name stand for PLACE_STAGED, at once and not for nothing in between.
   SEEN describes what it stood for and is removed, or is null if that was
   nothing.  EBUSY: PLACE_STAGED is lost.  */
int place_publish (struct place *place, struct stat const *seen);

/* Close what PLACE holds but for its directory.  */
void place_settle (struct place *place);

/* Close what PLACE holds.  */
void place_release (struct place *place);

#endif /* PLACE_H */
