/* stagedir.h -- the private directory beside a socket, and its lock.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef STAGEDIR_H
#define STAGEDIR_H

#include "base/system.h"

#include <signal.h>

#include "sockfile/entry.h"

/* The name in the private directory under which a socket is made.  */
#define STAGEDIR_NAME "ucspi-socket"

/* The private directory for one entry.  It is in the same directory as the
   entry.  While a process has it, others that want it for the same entry wait,
   so it is also a lock.  */
struct stagedir
{
  /* The entry that the directory is for.  */
  struct entry *entry;
  /* The name of the directory, the same for each process that uses ENTRY.  */
  char name[sizeof ".ucspi-" + 16];
  /* STAGEDIR_NAME in the private directory.  Its member dir is FD_CWD while
     this process has not made the directory.  */
  struct entry inside;
  /* True if the directory was left by a process that was killed.  */
  bool was_left;
  /* True if a default access control list has taken our own permissions on the
     directory, and restoring them would not be safe.  */
  bool is_shut;
  /* The signal mask while waiting for another process; null for no change.  */
  sigset_t const *wait_mask;
  /* Signals that end this waiting although they are blocked: a list that ends
     with 0, or null.  */
  int const *stops;
};

/* Functions that return int return 0, or -1 with errno set.  */

/* Set up *STAGE for ENTRY, which must outlive it.  Make nothing.  */
void stagedir_init (struct stagedir *stage, struct entry *entry);

/* Set WAIT_MASK and STOPS, with which stagedir_make waits for other processes
   (see struct stagedir).  Both must outlive STAGE.  */
void stagedir_set_wait (struct stagedir *stage, sigset_t const *wait_mask,
                        int const *stops);

/* Return true if this process has made the directory or taken it over.  */
bool stagedir_is_made (struct stagedir const *stage);

/* Call this before stagedir_make.  Return true if the directory exists and we
   own it: another process is using it, or left it when it was killed.  */
bool stagedir_has_leftover (struct stagedir const *stage);

/* Make the directory, in which only root and we can change anything, or take
   over one that a process left when it was killed, and clear it.  Do nothing
   if it is made already.  The caller should block signals that end the process
   until stagedir_remove.

   EWOULDBLOCK: another process has been using it for 10 seconds.  EEXIST: its
   name leads to something that we did not make.  EXDEV: the file system has
   given it another owner or mode, or somebody has exchanged it.  EACCES with
   IS_SHUT set: a default access control list keeps us out of it.  EBUSY: it
   holds a file that was moved aside and cannot be moved back.  ENOTSUP:
   nothing can be removed from the directory that it would be in, so it was not
   made.  EINTR: a signal handler has run.  ECANCELED: a signal of STOPS is
   pending.  */
int stagedir_make (struct stagedir *stage);

/* Remove the directory with the socket in it.  Do nothing if it is not made.
   If somebody has moved it away, remove only the socket in it.  */
int stagedir_remove (struct stagedir *stage);

/* Remove the file that the entry leads to, if it is still the one that SEEN
   describes.  It must not be a directory.  If the private directory is made,
   the file is moved there and looked at before it is removed; otherwise this
   is entry_remove.  EBUSY: the entry led to another file, which could not be
   moved back and is kept in the private directory.  */
int stagedir_remove_file (struct stagedir *stage, struct stat const *seen);

/* Move the socket STAGEDIR_NAME to the entry in one step, so that the entry
   always leads to a file.  SEEN describes the file that is replaced; null
   means that there is none.  ESTALE: the entry leads to another file than SEEN
   by now.  EBUSY: the socket is lost.  */
int stagedir_publish (struct stagedir *stage, struct stat const *seen);

#endif /* STAGEDIR_H */
