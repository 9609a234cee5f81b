/* establish.c -- making the listening socket, or saying why not.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "sockfile/establish.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/address.h"
#include "base/fatal-signal.h"
#include "base/log.h"
#include "same-inode.h"
#include "sockfile/acl.h"
#include "sockfile/boundfile.h"

/* How often to look again at a path that changes under our hands.  */
enum { TRIES = 8 };

/* What is at a path before the socket is made.  */
enum occupant
{
  OCCUPANT_NONE,
  /* A socket that no process has.  */
  OCCUPANT_STALE,
  /* A socket that some process has; or may have, as it could not be asked.  */
  OCCUPANT_LIVE,
  OCCUPANT_UNKNOWN,
  OCCUPANT_DIRECTORY,
  /* Anything else, symbolic links included.  */
  OCCUPANT_OTHER
};

char const *
establish_option (struct establish_options *options, int c)
{
  switch (c)
    {
    case ESTABLISH_NO_CLOBBER:
      options->replace = ESTABLISH_REPLACE_STALE;
      return "--no-clobber";
    case ESTABLISH_TAKE_OVER:
      options->replace = ESTABLISH_REPLACE_LIVE;
      return "--replace-live";
    case ESTABLISH_LONG_PATH:
      options->long_path = true;
      return "--long-path";
    case ESTABLISH_ABSTRACT:
      options->abstract = true;
      return "--abstract";
    case ESTABLISH_PASS_PIDFD:
      options->pass_pidfd = true;
      return "--pass-pidfd";
    case ESTABLISH_NO_PASS_RIGHTS:
      options->no_pass_rights = true;
      return "--no-pass-rights";
    default:
      return NULL;
    }
}

char const *
establish_conflict (struct establish_options const *options)
{
  if (! options->abstract)
    return NULL;
  if (options->replace == ESTABLISH_REPLACE_LIVE)
    return "--replace-live";
  if (options->long_path)
    return "--long-path";
  if (options->uid != (uid_t) -1 || options->gid != (gid_t) -1
      || options->mode != LISTENER_MODE_UMASK)
    return "options of owner and mode, which an abstract name has not";
  return NULL;
}

/* Block all signals and store in *OLD which were blocked before.  */
static void
block_signals (sigset_t *old)
{
  sigset_t all;

  sigfillset (&all);
  sigprocmask (SIG_BLOCK, &all, old);
}

/* Remove the private directory of PLACE, which is that of ENDPOINT, and note
   the reason if that fails.  */
static void
unstage (struct endpoint *endpoint, struct place *place)
{
  if (place_unstage (place) != 0)
    endpoint->stage_errno = errno;
}

/* Remove the file described by FILE if PLACE stands for it.  */
static int
remove_file (struct place *place, struct stat const *file)
{
  /* Nobody is kept waiting for what is not there.  */
  if (place_compare (place, file) != 0)
    return -1;
  /* Another process that waits for its turn may replace the file before it is
     removed, but not while the private directory is there.  Where that cannot
     be made, it is known below whether we can do without.  */
  place->wait_mask = NULL;
  place->stops = NULL;
  place_stage (place);
  return place_remove (place, file);
}

/* Whether errno tells that the file to be removed has gone already.  */
static bool
has_gone (void)
{
  return errno == ENOENT || errno == ESTALE;
}

/* Remove the socket of ENDPOINT from the path.  Note the reason if it
   stays.  */
static void
remove_socket (struct endpoint *endpoint)
{
  struct place *place = &endpoint->place;
  struct place again = PLACE_NONE;
  struct stat const *file = &endpoint->listener.file;

  if (remove_file (place, file) == 0)
    return;
  endpoint->socket_errno = has_gone () ? 0 : errno;
  /* The path may have led elsewhere when the socket was bound to it.  If it
     did not, the private directory must be free again.  */
  unstage (endpoint, place);
  if (place_find (&again, endpoint->path) != 0)
    return;
  place_hold (&again, place->seen);
  place->seen = -1;
  if (remove_file (&again, file) == 0)
    endpoint->socket_errno = 0;
  else if (! has_gone ())
    endpoint->socket_errno = errno;
  unstage (endpoint, &again);
  place_release (&again);
}

void
establish_undo (struct endpoint *endpoint)
{
  int saved_errno = errno;
  struct listener *listener = &endpoint->listener;
  struct place *place = &endpoint->place;
  sigset_t mask;

  endpoint->stage_errno = 0;
  endpoint->socket_errno = 0;
  block_signals (&mask);
  /* What is in the private directory goes with it.  */
  bool is_staged = 0 <= place->stage && listener->dir == place->stage;
  /* Until the file has been compared something must hold it, or another could
     get its number; but there may be no descriptor to spare for that.  */
  if (is_staged || 0 <= listener->entry || saved_errno == EMFILE
      || saved_errno == ENFILE)
    {
      close (listener->fd);
      listener->fd = -1;
    }
  place_hold (place, listener->entry);
  listener->entry = -1;
  if (is_staged)
    place_hold (place, -1);
  else if (listener->bound)
    remove_socket (endpoint);
  unstage (endpoint, place);
  sigprocmask (SIG_SETMASK, &mask, NULL);
  errno = saved_errno;
}

void
establish_settle (struct endpoint *endpoint)
{
  listener_settle (&endpoint->listener);
  if (endpoint->place.shared)
    place_settle (&endpoint->place);
  else
    place_release (&endpoint->place);
}

int
establish_find (struct endpoint const *endpoint)
{
  struct place const *place = &endpoint->place;
  struct stat now;

  if ((place->shared
       ? fstatat (place->dir, place->name, &now, AT_SYMLINK_NOFOLLOW)
       : stat (endpoint->path, &now)) != 0)
    return errno == ENOTDIR ? (errno = ENOENT, -1) : -1;
  return (SAME_INODE (now, endpoint->listener.file)
          ? 0 : (errno = ESTALE, -1));
}

void
establish_tell_left (struct endpoint const *endpoint)
{
  if (endpoint->socket_errno != 0)
    log_warn (endpoint->socket_errno, "unable to remove the socket %s",
              quoteaf (endpoint->path));
  if (endpoint->stage_errno != 0)
    log_warn (endpoint->stage_errno,
              "unable to remove the private directory %s beside %s",
              endpoint->place.stage_name, quoteaf (endpoint->path));
}

/* Log what has been noted about ENDPOINT.  The reader of the log may be slow,
   so either signals are not blocked any more when this is called, or the
   caller of establish has called log_wait_unless.  */
static void
report (struct endpoint const *endpoint)
{
  if (endpoint->replaced)
    log_warn (0, "replaced %s, %s", quoteaf (endpoint->path),
              endpoint->replaced);
  establish_tell_left (endpoint);
}

/* Undo what has been done to make ENDPOINT, so that the reason can be
   told.  */
static void
undo_and_report (struct endpoint *endpoint)
{
  establish_undo (endpoint);
  sigprocmask (SIG_SETMASK, &endpoint->mask, NULL);
  report (endpoint);
}

/* Give up: the step STEP for ENDPOINT has failed with errno.  */
static _Noreturn void
give_up (struct endpoint *endpoint, char const *step)
{
  int errnum = errno;

  undo_and_report (endpoint);
  if (errnum == ESTALE)
    die (EXIT_SYSTEM, 0, "unable to %s %s: somebody else is changing it",
         step, quoteaf (endpoint->path));
  if (errnum == EISDIR)
    die (EXIT_SYSTEM, EISDIR, "unable to %s %s (a directory is never"
         " replaced)", step, quoteaf (endpoint->path));
  if (errnum == ENOENT && strcmp (step, "bind to") == 0
      && ! endpoint->listener.bound)
    die (EXIT_SYSTEM, ENOENT, "unable to %s %s (its directory has to be"
         " there)", step, quoteaf (endpoint->path));
  die (EXIT_SYSTEM, errnum, "unable to %s %s", step, quoteaf (endpoint->path));
}

/* Give up: ENDPOINT cannot be made because of REASON.  */
static _Noreturn void
refuse (struct endpoint *endpoint, char const *reason)
{
  undo_and_report (endpoint);
  die (EXIT_SYSTEM, 0, "unable to bind to %s: %s", quoteaf (endpoint->path),
       reason);
}

/* Make the private directory of ENDPOINT.  Unless it is NEEDED, only another
   process that is at work there is a reason to give up.  */
static void
stage (struct endpoint *endpoint, bool needed)
{
  struct place *place = &endpoint->place;
  char const *reason;

  if (place_stage (place) == 0)
    return;
  int errnum = errno;
  if (! needed && errnum != EWOULDBLOCK && errnum != EINTR
      && errnum != ECANCELED)
    return;
  undo_and_report (endpoint);
  if (errnum == ECANCELED)
    exit (EXIT_SUCCESS);
  switch (errnum)
    {
    case EWOULDBLOCK:
      reason = "another process is at work there";
      break;
    case EEXIST:
      reason = "it is there and was not made by us";
      break;
    case EXDEV:
      reason = "its file system gives it another owner or mode";
      break;
    case EACCES:
      reason = (place->is_shut
                ? "the default access control list of its directory does not"
                " permit its owner to use it (see setfacl -d -m u::rwx)"
                : NULL);
      break;
    case EBUSY:
      reason = "a file was put aside there and cannot go back";
      break;
    case ENOTSUP:
      reason = "it could not be removed again, as its directory is append-only"
        " (see chattr or chflags)";
      break;
    default:
      reason = NULL;
    }
  die (EXIT_SYSTEM, reason ? 0 : errnum,
       "unable to make the private directory %s beside %s%s%s",
       place->stage_name, quoteaf (endpoint->path), reason ? ": " : "",
       reason ? reason : "");
}

/* Set OPTION of LISTENER to ON if WANTED.  */
static void
set_option (struct listener const *listener, bool wanted,
            enum listener_option option, bool on)
{
  if (wanted && listener_set (listener, option, on) != 0)
    die (EXIT_SYSTEM, errno, "unable to %s %s on the socket",
         on ? "set" : "clear", listener_option_name (option));
}

void
establish_open (struct endpoint *endpoint,
                struct establish_options const *options)
{
  struct listener *listener = &endpoint->listener;

  endpoint->path = options->path;
  endpoint->place = (struct place) PLACE_NONE;
  endpoint->is_client = options->is_client;
  endpoint->is_narrowed = false;
  endpoint->replaced = NULL;
  endpoint->stage_errno = 0;
  endpoint->socket_errno = 0;
  if (listener_open (listener) != 0)
    die (EXIT_SYSTEM, errno, "unable to make a socket");
  set_option (listener, options->pass_credentials,
              LISTENER_PASS_CREDENTIALS, true);
  set_option (listener, options->pass_security, LISTENER_PASS_SECURITY, true);
  set_option (listener, options->pass_pidfd, LISTENER_PASS_PIDFD, true);
  set_option (listener, options->no_pass_rights, LISTENER_PASS_RIGHTS, false);
}

/* Find out what is at ENDPOINT's path; *ST then describes it.  */
static enum occupant
examine (struct endpoint *endpoint, struct stat *st)
{
  struct place *place = &endpoint->place;

  if (place_look (place, st) != 0)
    {
      if (errno != ENOENT)
        give_up (endpoint, "examine");
      return OCCUPANT_NONE;
    }
  if (S_ISDIR (st->st_mode))
    return OCCUPANT_DIRECTORY;
  if (! S_ISSOCK (st->st_mode))
    return OCCUPANT_OTHER;
  /* A socket is made with mode 0 under the lock.  It may be the work of a
     process that was killed if one has left the lock to us.  */
  switch (listener_probe (place->seen, place->dir, place->name,
                          0 <= place->stage && place->was_left))
    {
    case LISTENER_NOBODY:
      return OCCUPANT_STALE;
    case LISTENER_SOMEBODY:
      return OCCUPANT_LIVE;
    case LISTENER_UNKNOWN:
      return OCCUPANT_UNKNOWN;
    default:
      give_up (endpoint, "examine");
    }
}

/* Refuse, as OCCUPANT is at ENDPOINT's path.  STALE_TOO: even a socket that no
   process has is not replaced.  */
static _Noreturn void
refuse_occupant (struct endpoint *endpoint, enum occupant occupant,
                 bool stale_too)
{
  bool maybe = occupant == OCCUPANT_UNKNOWN;

  if (occupant == OCCUPANT_OTHER)
    refuse (endpoint, (stale_too
                       ? "it is not a socket (without -D it is replaced)"
                       : "it is not a socket"));
  if (occupant == OCCUPANT_STALE)
    refuse (endpoint, "it is a socket that no process has (without -D it is"
            " replaced)");
  if (endpoint->is_client)
    refuse (endpoint, (maybe ? "it may be a socket that is in use"
                       : "it is a socket that is in use"));
  refuse (endpoint, (maybe ? "it may be the socket of a live server (see"
                     " --replace-live)"
                     : "it is the socket of a live server (see"
                     " --replace-live)"));
}

/* Find out what is at ENDPOINT's path, as examine does, and refuse what is not
   to be replaced.  */
static enum occupant
admit (struct endpoint *endpoint, enum establish_replace replace,
       struct stat *st)
{
  enum occupant occupant = examine (endpoint, st);

  if (occupant == OCCUPANT_NONE)
    return occupant;
  if (occupant == OCCUPANT_DIRECTORY)
    {
      errno = EISDIR;
      give_up (endpoint, "bind to");
    }
  if (replace == ESTABLISH_REPLACE_NOTHING
      || (replace == ESTABLISH_REPLACE_STALE && occupant != OCCUPANT_STALE))
    refuse_occupant (endpoint, occupant,
                     replace == ESTABLISH_REPLACE_NOTHING);
  return occupant;
}

/* Note for a warning that OCCUPANT has been replaced, unless REPLACE says that
   it is known.  */
static void
note (struct endpoint *endpoint, enum establish_replace replace,
      enum occupant occupant)
{
  if (occupant == OCCUPANT_OTHER)
    endpoint->replaced = "which was not a socket";
  else if (occupant == OCCUPANT_LIVE && replace == ESTABLISH_REPLACE_ALL)
    endpoint->replaced = "the socket of a live server (--no-clobber would"
      " have left it alone, --replace-live refused no client)";
  else if (occupant == OCCUPANT_UNKNOWN && replace == ESTABLISH_REPLACE_ALL)
    endpoint->replaced = "which may be the socket of a live server (see"
      " --no-clobber and --replace-live)";
}

/* Remove what is at ENDPOINT's path, or refuse.  */
static void
remove_existing (struct endpoint *endpoint, enum establish_replace replace)
{
  struct stat st;
  struct place *place = &endpoint->place;

  for (int tries = 1; ; tries++)
    {
      enum occupant occupant = admit (endpoint, replace, &st);
      if (occupant == OCCUPANT_NONE)
        return;
      /* Where all have such a directory, each can prevent ours, but need not
         keep us from removing what is our own.  */
      if (place->shared)
        stage (endpoint, ! place_is_fixed (place, &st));
      if (place_remove (place, &st) == 0)
        {
          note (endpoint, replace, occupant);
          return;
        }
      if ((errno != ENOENT && errno != ESTALE) || tries == TRIES)
        give_up (endpoint, "remove");
    }
}

/* Let the path stand for the socket in the private directory.  */
static void
publish (struct endpoint *endpoint, enum establish_replace replace)
{
  struct stat st;
  struct place *place = &endpoint->place;

  for (int tries = 1; ; tries++)
    {
      enum occupant occupant = admit (endpoint, replace, &st);
      if (place_publish (place, occupant == OCCUPANT_NONE ? NULL : &st) == 0)
        {
          endpoint->listener.dir = place->dir;
          endpoint->listener.name = place->name;
          note (endpoint, replace, occupant);
          return;
        }
      if (errno != ESTALE || tries == TRIES)
        give_up (endpoint, "replace");
    }
}

/* Whether others may make a name in DIR, which is ENDPOINT's directory or its
   private one, stand for another file.  */
static bool
is_exposed (struct endpoint const *endpoint, int dir)
{
  return endpoint->place.shared && dir != endpoint->place.stage;
}

/* Bind the socket, to be called NAME in DIR: to ENDPOINT's path if WHOLE.  */
static void
bind_to (struct endpoint *endpoint, mode_t mode, int dir, char const *name,
         bool whole)
{
  struct listener *listener = &endpoint->listener;

  if ((whole ? listener_bind (listener, endpoint->path, mode)
       : listener_bind_in (listener, dir, name, mode)) != 0
      || listener_identify (listener, boundfile_open (listener->fd), dir,
                            name, is_exposed (endpoint, dir)) != 0)
    give_up (endpoint, "bind to");
}

/* Whether the socket is to have another owner or group.  */
static bool
is_given_away (struct establish_options const *o)
{
  return o->uid != (uid_t) -1 || o->gid != (gid_t) -1;
}

/* Find out whether ENDPOINT's socket, to be made in the directory DIR, has to
   have fewer permissions at first than in the end.  TRUSTED: DIR belongs to
   root or ourselves.  */
static void
plan_mode (struct endpoint *endpoint, struct establish_options const *o,
           int dir, bool trusted)
{
  endpoint->is_narrowed = (endpoint->listener.marked || is_given_away (o)
                           || acl_is_inherited (dir, trusted));
}

/* The mode that ENDPOINT's file is to have in the end, or LISTENER_MODE_UMASK
   if that is what it is made with.  */
static mode_t
final_mode (struct endpoint const *endpoint,
            struct establish_options const *o)
{
  if (o->mode != LISTENER_MODE_UMASK || ! endpoint->is_narrowed)
    return o->mode;
  mode_t mask = umask (0777);
  umask (mask);
  return 0777 & ~mask;
}

/* The mode to make ENDPOINT's file with.  A client is asked for permission
   some time before it is seen whether anybody listens.  What the group of the
   moment is permitted, a client that is held up in between can still use when
   the group has changed and somebody listens.  The same holds for the users
   and groups that an access control list names: these are permitted no more
   than the mode permits the group.  */
static mode_t
first_mode (struct endpoint const *endpoint,
            struct establish_options const *o)
{
  if (endpoint->listener.marked)
    return 0;
  mode_t mode = final_mode (endpoint, o);
  return endpoint->is_narrowed ? mode & S_IRWXU : mode;
}

/* Give up: STEP could only be done by the name, which others may make stand
   for another file.  */
static _Noreturn void
give_up_exposed (struct endpoint *endpoint, char const *step)
{
  undo_and_report (endpoint);
  die (EXIT_SYSTEM, EPERM, "unable to %s %s, as others may change its"
       " directory (but see --replace-live)", step, quoteaf (endpoint->path));
}

/* Give up: STEP has failed with errno, perhaps since it could only be done by
   the name.  */
static _Noreturn void
give_up_name (struct endpoint *endpoint, char const *step)
{
  if (errno != EPERM || ! is_exposed (endpoint, endpoint->listener.dir)
      || 0 <= endpoint->listener.entry)
    give_up (endpoint, step);
  give_up_exposed (endpoint, step);
}

/* Remove the access control list of ENDPOINT's socket.  */
static void
clear_acl (struct endpoint *endpoint, bool by_name)
{
  struct listener const *listener = &endpoint->listener;

  if (acl_remove (listener->entry, listener->dir, listener->name, by_name)
      == 0)
    return;
  if (errno == ENOENT && ! by_name)
    {
      if (! acl_is_inherited (listener->dir, endpoint->place.trusted))
        return;
      give_up_exposed (endpoint, "see the access control list of");
    }
  int errnum = errno;
  undo_and_report (endpoint);
  die (EXIT_SYSTEM, errnum, "unable to remove the access control list of %s"
       " (which it has not if \"setfacl -k\" was used on its directory)",
       quoteaf (endpoint->path));
}

/* Give the socket its owner and mode, and nobody else a permission.  */
static void
set_owner_and_mode (struct endpoint *endpoint,
                    struct establish_options const *o)
{
  struct listener *listener = &endpoint->listener;
  mode_t mode = final_mode (endpoint, o);
  bool by_name = ! is_exposed (endpoint, listener->dir);

  /* The list before the mode: with a list, the mode says what the users and
     groups in the list may do.  The list before the owner, too: while the file
     is ours, nobody else can give it a list, and what the new owner does then
     is the new owner's affair.  */
  clear_acl (endpoint, by_name);
  /* Owner before mode: the mode is not to be used by the wrong group.  */
  if (is_given_away (o)
      && listener_chown (listener, o->uid, o->gid, by_name) != 0)
    give_up_name (endpoint, "change the owner of");
  if (mode != LISTENER_MODE_UMASK
      && listener_chmod (listener, mode, by_name) != 0)
    give_up_name (endpoint, "change the mode of");
  if (listener_check (listener, o->uid, o->gid, mode) == 0)
    return;
  if (errno != ENOTSUP)
    give_up (endpoint, "examine");
  undo_and_report (endpoint);
  die (EXIT_SYSTEM, 0, "unable to give %s its owner and mode: its file system"
       " does not keep them, or the owner has changed them",
       quoteaf (endpoint->path));
}

/* Let clients connect: owner and mode are settled.  */
static void
start_listening (struct endpoint *endpoint, struct establish_options const *o)
{
  if (! o->is_client
      && listener_listen (&endpoint->listener, o->backlog) != 0)
    give_up (endpoint, "listen on");
}

/* Make the socket at a path.  */
static void
establish_path (struct endpoint *endpoint, struct establish_options const *o)
{
  struct place *place = &endpoint->place;
  struct listener *listener = &endpoint->listener;
  bool is_long = ADDRESS_PATH_MAX < strlen (o->path);

  if (is_long && ! o->long_path)
    {
      undo_and_report (endpoint);
      die (EXIT_SYSTEM, ENAMETOOLONG, "unable to bind to %s, %zu bytes long"
           " where the limit is %zu without --long-path", quoteaf (o->path),
           strlen (o->path), ADDRESS_PATH_MAX);
    }
  if (place_find (place, o->path) != 0)
    give_up (endpoint, "bind to");
  place->wait_mask = &endpoint->mask;
  place->stops = o->stops;
  if (is_long && place->dir < 0)
    {
      errno = EACCES;
      give_up (endpoint, "bind to");
    }

  /* A name that no address can hold is made where it has another.  */
  bool staged = (o->replace == ESTABLISH_REPLACE_LIVE
                 || ADDRESS_PATH_MAX < strlen (place->name));
  if (staged || o->replace == ESTABLISH_REPLACE_STALE
      || place_has_leftover (place))
    stage (endpoint, true);
  if (staged)
    {
      plan_mode (endpoint, o, place->stage, true);
      bind_to (endpoint, first_mode (endpoint, o), place->stage, PLACE_STAGED,
               false);
      set_owner_and_mode (endpoint, o);
      start_listening (endpoint, o);
      publish (endpoint, o->replace);
      /* Too late to give up: clients may have connected.  */
      if (place_unstage (place) != 0)
        endpoint->stage_errno = errno;
      return;
    }
  remove_existing (endpoint, o->replace);
  listener->marked = place->shared && listener_can_mark (place->dir);
  /* Others tell by the lock what a mark is about.  It is no use against those
     who can prevent it.  */
  if (listener->marked)
    stage (endpoint, false);
  plan_mode (endpoint, o, place->dir, place->trusted);
  bind_to (endpoint, first_mode (endpoint, o), place->dir, place->name,
           ! is_long);
  set_owner_and_mode (endpoint, o);
  if (place_unstage (place) != 0)
    {
      int errnum = errno;
      undo_and_report (endpoint);
      die (EXIT_SYSTEM, errnum,
           "unable to remove the private directory %s beside %s",
           place->stage_name, quoteaf (endpoint->path));
    }
  start_listening (endpoint, o);
}

/* Make the socket with an abstract name.  */
static void
establish_abstract (struct endpoint *endpoint,
                    struct establish_options const *o)
{
  if (ADDRESS_PATH_MAX < strlen (o->path))
    {
      undo_and_report (endpoint);
      die (EXIT_SYSTEM, ENAMETOOLONG, "unable to bind to the abstract name %s,"
           " %zu bytes long where the limit is %zu", quoteaf (o->path),
           strlen (o->path), ADDRESS_PATH_MAX);
    }
  if (listener_bind_abstract (&endpoint->listener, o->path) != 0)
    give_up (endpoint, "bind to the abstract name");
  if (listener_listen (&endpoint->listener, o->backlog) != 0)
    give_up (endpoint, "listen on the abstract name");
}

void
establish (struct endpoint *endpoint, struct establish_options const *options)
{
  /* No signal ends the process between making something and removing it.  */
  block_signals (&endpoint->mask);
  if (options->abstract)
    establish_abstract (endpoint, options);
  else
    establish_path (endpoint, options);
  if (fatal_signal_pending (&endpoint->mask))
    {
      /* Unblocking the signal ends the process, unless it is process 1 of a
         namespace, which the kernel spares.  */
      undo_and_report (endpoint);
      die (EXIT_SYSTEM, EINTR, "unable to make the socket %s",
           quoteaf (endpoint->path));
    }
  if (! options->is_client && ! options->keeps_signals)
    sigprocmask (SIG_SETMASK, &endpoint->mask, NULL);
  report (endpoint);
}
