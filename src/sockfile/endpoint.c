/* endpoint.c -- a socket, its file and its path: finding and removing them.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "sockfile/endpoint.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/fatal-signal.h"
#include "base/errors.h"
#include "base/log.h"
#include "same-inode.h"

void
endpoint_init (struct endpoint *endpoint, char const *path)
{
  *endpoint = (struct endpoint) { .path = path,
                                  .listener = { .fd = -1, .held = -1 },
                                  .entry = ENTRY_NONE };
  stagedir_init (&endpoint->stage, &endpoint->entry);
}

int
endpoint_find_entry (struct endpoint *endpoint)
{
  if (entry_find (&endpoint->entry, endpoint->path) != 0)
    return -1;
  stagedir_init (&endpoint->stage, &endpoint->entry);
  return 0;
}

/* Block all signals and store in *OLD which were blocked before.  */
static void
block_signals (sigset_t *old)
{
  sigset_t all;

  sigfillset (&all);
  sigprocmask (SIG_BLOCK, &all, old);
}

void
endpoint_block_signals (struct endpoint *endpoint)
{
  block_signals (&endpoint->mask);
}

void
endpoint_note_signals (struct endpoint *endpoint)
{
  sigprocmask (SIG_SETMASK, NULL, &endpoint->mask);
}

void
endpoint_unblock_signals (struct endpoint const *endpoint)
{
  sigprocmask (SIG_SETMASK, &endpoint->mask, NULL);
}

bool
endpoint_is_dying (struct endpoint const *endpoint)
{
  return fatal_signal_pending (&endpoint->mask);
}

void
endpoint_note_replaced (struct endpoint *endpoint, char const *text)
{
  endpoint->replaced = text;
}

/* Remove the private directory STAGE, and note the reason in ENDPOINT if that
   fails.  */
static int
unstage (struct endpoint *endpoint, struct stagedir *stage)
{
  int result = stagedir_remove (stage);
  if (result != 0)
    endpoint->stage_errno = errno;
  return result;
}

int
endpoint_unstage (struct endpoint *endpoint)
{
  return unstage (endpoint, &endpoint->stage);
}

/* Remove the file that FILE describes, if the entry of STAGE leads to it.  */
static int
remove_file (struct stagedir *stage, struct stat const *file)
{
  /* If the file is gone already, do not wait for the private directory.  */
  if (entry_compare (stage->entry, file) != 0)
    return -1;
  /* Another process may be about to replace the file.  If it needs the private
     directory for that, it waits while we have the directory.  Go on if we
     cannot make the directory: stagedir_remove_file fails if it needs it.  */
  stagedir_set_wait (stage, NULL, NULL);
  stagedir_make (stage);
  return stagedir_remove_file (stage, file);
}

/* Return true if errno says that the file to be removed is gone already.  */
static bool
is_gone (void)
{
  return errno == ENOENT || errno == ESTALE;
}

/* Remove the file of the socket.  Note the reason if it stays.  */
static void
remove_socket (struct endpoint *endpoint)
{
  struct entry again;
  struct stagedir stage;
  struct stat const *file = &endpoint->listener.file;

  if (remove_file (&endpoint->stage, file) == 0)
    return;
  endpoint->socket_errno = is_gone () ? 0 : errno;
  /* When the socket was bound, the path may have led to another directory than
     before.  So find the directory again and try there.  It may be the same
     one, so release its private directory first.  */
  endpoint_unstage (endpoint);
  if (entry_find (&again, endpoint->path) != 0)
    {
      if (is_shortage (errno))
        endpoint->socket_errno = errno;
      return;
    }
  stagedir_init (&stage, &again);
  entry_hold (&again, entry_take_held (&endpoint->entry));
  if (remove_file (&stage, file) == 0)
    endpoint->socket_errno = 0;
  else if (! is_gone ())
    endpoint->socket_errno = errno;
  unstage (endpoint, &stage);
  entry_release (&again);
}

void
endpoint_undo (struct endpoint *endpoint)
{
  int saved_errno = errno;
  struct listener *listener = &endpoint->listener;
  struct stagedir *stage = &endpoint->stage;
  sigset_t mask;

  endpoint->stage_errno = 0;
  endpoint->socket_errno = 0;
  block_signals (&mask);
  bool is_staged = (stagedir_is_made (stage)
                    && listener->where == &stage->inside);
  bool is_short = saved_errno == EMFILE || saved_errno == ENFILE;
  /* A client in the backlog may have passed descriptors that make a close of
     the socket block for as long as the client wants, and signals are blocked
     here (see serve/linger.h).  So let the end of the process close it: Linux
     does not wait then (inet_release in net/ipv4/af_inet.c).  Until then, the
     socket takes no more clients.  While it is open, no other file can get the
     inode number of its file, by which remove_socket recognizes the file; so
     the descriptor that holds the file can go if there are too few.  */
  bool is_open = shutdown (listener->fd, SHUT_RDWR) == 0 || errno != EBADF;
  if (is_short && is_open && 0 <= listener->held)
    listener_let_go (listener);
  else if (is_short)
    listener_close (listener);
  entry_hold (&endpoint->entry, listener_take_held (listener));
  if (is_staged)
    entry_let_go (&endpoint->entry);
  else if (listener->bound)
    remove_socket (endpoint);
  endpoint_unstage (endpoint);
  sigprocmask (SIG_SETMASK, &mask, NULL);
  errno = saved_errno;
}

void
endpoint_let_go (struct endpoint *endpoint)
{
  listener_let_go (&endpoint->listener);
  /* If others may change the directory, endpoint_check_path needs it.  */
  if (endpoint->entry.shared)
    entry_let_go (&endpoint->entry);
  else
    entry_release (&endpoint->entry);
}

int
endpoint_check_path (struct endpoint const *endpoint)
{
  struct entry const *entry = &endpoint->entry;
  struct stat now;

  if ((entry->shared
       ? fstatat (entry->dir, entry->name, &now, AT_SYMLINK_NOFOLLOW)
       : stat (endpoint->path, &now)) != 0)
    return errno == ENOTDIR ? (errno = ENOENT, -1) : -1;
  return (SAME_INODE (now, endpoint->listener.file)
          ? 0 : (errno = ESTALE, -1));
}

void
endpoint_warn_of_left (struct endpoint const *endpoint)
{
  if (endpoint->socket_errno != 0)
    log_warn (endpoint->socket_errno, "unable to remove the socket %s",
              quoteaf (endpoint->path));
  if (endpoint->stage_errno != 0)
    log_warn (endpoint->stage_errno,
              "unable to remove the private directory %s beside %s",
              endpoint->stage.name, quoteaf (endpoint->path));
}

void
endpoint_report (struct endpoint const *endpoint)
{
  if (endpoint->replaced)
    log_warn (0, "replaced %s, %s", quoteaf (endpoint->path),
              endpoint->replaced);
  endpoint_warn_of_left (endpoint);
}

void
endpoint_undo_and_report (struct endpoint *endpoint)
{
  endpoint_undo (endpoint);
  endpoint_unblock_signals (endpoint);
  endpoint_report (endpoint);
}

void
endpoint_give_up (struct endpoint *endpoint, char const *step)
{
  int errnum = errno;

  endpoint_undo_and_report (endpoint);
  if (errnum == ESTALE)
    die (EXIT_SYSTEM, 0, "unable to %s %s: another process is changing it",
         step, quoteaf (endpoint->path));
  if (errnum == EISDIR)
    die (EXIT_SYSTEM, EISDIR, "unable to %s %s (a directory is never"
         " replaced)", step, quoteaf (endpoint->path));
  if (errnum == ENOENT && strcmp (step, "bind to") == 0
      && ! endpoint->listener.bound)
    die (EXIT_SYSTEM, ENOENT, "unable to %s %s (its directory must"
         " exist)", step, quoteaf (endpoint->path));
  die (EXIT_SYSTEM, errnum, "unable to %s %s", step, quoteaf (endpoint->path));
}

void
endpoint_refuse (struct endpoint *endpoint, char const *reason)
{
  endpoint_undo_and_report (endpoint);
  die (EXIT_SYSTEM, 0, "unable to bind to %s: %s", quoteaf (endpoint->path),
       reason);
}

/* Return the reason why the private directory could not be made, according to
   ERRNUM, which stagedir_make has set, or null if strerror says it better.  */
static char const *
stage_reason (struct stagedir const *stage, int errnum)
{
  switch (errnum)
    {
    case EWOULDBLOCK:
      return "another process is at work there";
    case EEXIST:
      return "its name is in use for something else";
    case EXDEV:
      return "its file system gives it another owner or mode";
    case EACCES:
      return (stage->is_shut
              ? "the default access control list of the directory of the path"
              " keeps the owner of a new directory out (see setfacl -d -m"
              " u::rwx)"
              : NULL);
    case EBUSY:
      return "it has a file that was moved there and cannot be moved back";
    case ENOTSUP:
      return "the directory of the path is append-only, so nothing could be"
        " removed from it (see chattr or chflags)";
    default:
      return NULL;
    }
}

void
endpoint_stage (struct endpoint *endpoint, bool needed)
{
  struct stagedir *stage = &endpoint->stage;

  if (stagedir_make (stage) == 0)
    return;
  int errnum = errno;
  if (! needed && errnum != EWOULDBLOCK && errnum != EINTR
      && errnum != ECANCELED)
    return;
  endpoint_undo_and_report (endpoint);
  if (errnum == ECANCELED)
    exit (EXIT_SUCCESS);
  char const *reason = stage_reason (stage, errnum);
  die (EXIT_SYSTEM, reason ? 0 : errnum,
       "unable to make the private directory %s beside %s%s%s",
       stage->name, quoteaf (endpoint->path), reason ? ": " : "",
       reason ? reason : "");
}
