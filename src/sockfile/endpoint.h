/* endpoint.h -- a socket, its file and its path: finding and removing them.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef ENDPOINT_H
#define ENDPOINT_H

#include "base/system.h"

#include <signal.h>

#include "sockfile/entry.h"
#include "sockfile/listener.h"
#include "sockfile/stagedir.h"

/* A socket and the path that leads to it.  Its parts point to each other, so
   it must not be copied.  create.h has the functions that make it.  */
struct endpoint
{
  /* The path as the user gave it, for messages.  */
  char const *path;
  struct listener listener;
  /* The last component of the path.  */
  struct entry entry;
  struct stagedir stage;
  /* The signal mask before all signals were blocked.  */
  sigset_t mask;
  /* What the path led to before it was replaced, as text for a warning, or
     null.  */
  char const *replaced;
  /* The errno with which the private directory could not be removed, or 0; and
     the same for the socket.  */
  int stage_errno;
  int socket_errno;
};

/* Set up *ENDPOINT for PATH.  Make nothing.  */
void endpoint_init (struct endpoint *endpoint, char const *path);

/* Find the directory of the path.  Return 0, or -1 with errno set as
   entry_find sets it.  */
int endpoint_find_entry (struct endpoint *endpoint);

/* Record the signal mask of this process, and block all signals.  */
void endpoint_block_signals (struct endpoint *endpoint);

/* Record the signal mask of this process, and change nothing.  For a program
   that needs endpoint_is_dying before endpoint_block_signals.  */
void endpoint_note_signals (struct endpoint *endpoint);

/* Restore the signal mask that was recorded.  */
void endpoint_unblock_signals (struct endpoint const *endpoint);

/* Return true if a signal is pending that ends the process as soon as
   endpoint_unblock_signals is called.  */
bool endpoint_is_dying (struct endpoint const *endpoint);

/* Record that the path led to a file that has been replaced; TEXT describes it
   for a warning.  */
void endpoint_note_replaced (struct endpoint *endpoint, char const *text);

/* Make the private directory.  If that fails, undo everything and exit with a
   message, or with status 0 if a signal is pending that stagedir_set_wait has
   listed.  If the directory is not NEEDED, exit only if another process is
   using it or a signal has come, and otherwise go on without it.  */
void endpoint_stage (struct endpoint *endpoint, bool needed);

/* Remove the private directory.  If that fails, record the reason for a
   warning and return -1 with errno set; otherwise return 0.  */
int endpoint_unstage (struct endpoint *endpoint);

/* Remove the file of the socket, if the path leads to that very file.  If a
   step fails, record the reason for endpoint_warn_of_left and go on.  The
   caller must exit soon: the socket may stay open, because a client could make
   its close block.  Preserve errno.  */
void endpoint_undo (struct endpoint *endpoint);

/* Warn of what endpoint_undo could not remove.  Preserve errno.  */
void endpoint_warn_of_left (struct endpoint const *endpoint);

/* Write all warnings that have been recorded.  The reader of the log may be
   slow, so signals must not be blocked any more, unless the program has called
   log_wait_unless.  */
void endpoint_report (struct endpoint const *endpoint);

/* Undo everything, restore the signal mask and write the warnings, so that the
   caller can report why and exit.  */
void endpoint_undo_and_report (struct endpoint *endpoint);

/* Exit after endpoint_undo_and_report, because the step STEP ("bind to") has
   failed with errno.  */
_Noreturn void endpoint_give_up (struct endpoint *endpoint, char const *step);

/* Exit in the same way.  REASON says why the socket must not be made.  */
_Noreturn void endpoint_refuse (struct endpoint *endpoint,
                                char const *reason);

/* Close the descriptors that were kept for endpoint_undo but are not needed by
   endpoint_check_path.  The socket stays open.  */
void endpoint_let_go (struct endpoint *endpoint);

/* Check that the path still leads to the file of the socket.  The socket must
   be open, or another file could have got the inode number.

   Where others may change the directory, look only at the last component, in
   the directory that was found at the start, and do not follow a symbolic
   link.  Otherwise others could lead this process to a place where stat
   blocks, such as a file server that does not answer.

   Return 0, or -1 with errno set: ENOENT if the path leads to no file, ESTALE
   if to another one, or why that cannot be known.  */
int endpoint_check_path (struct endpoint const *endpoint);

#endif /* ENDPOINT_H */
