/* establish.h -- making the listening socket, or saying why not.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef ESTABLISH_H
#define ESTABLISH_H

#include <getopt.h>

#include "sockfile/listener.h"
#include "sockfile/place.h"

/* The long options that set some of what is below, and their values.  */
enum
{
  ESTABLISH_NO_CLOBBER = 512,
  ESTABLISH_TAKE_OVER,
  ESTABLISH_LONG_PATH,
  ESTABLISH_ABSTRACT,
  ESTABLISH_PASS_PIDFD,
  ESTABLISH_NO_PASS_RIGHTS
};

#define ESTABLISH_LONG_OPTIONS \
  { "no-clobber", no_argument, NULL, ESTABLISH_NO_CLOBBER }, \
  { "replace-live", no_argument, NULL, ESTABLISH_TAKE_OVER }, \
  { "long-path", no_argument, NULL, ESTABLISH_LONG_PATH }, \
  { "abstract", no_argument, NULL, ESTABLISH_ABSTRACT }, \
  { "pass-pidfd", no_argument, NULL, ESTABLISH_PASS_PIDFD }, \
  { "no-pass-rights", no_argument, NULL, ESTABLISH_NO_PASS_RIGHTS }

/* What may be at the path and is replaced.  */
enum establish_replace
{
  /* Anything but a directory, with a warning if it was in use or no
     socket.  */
  ESTABLISH_REPLACE_ALL,
  ESTABLISH_REPLACE_NOTHING,
  /* A socket that no process has.  */
  ESTABLISH_REPLACE_STALE,
  /* As all, without a moment in which there is neither the old nor the new;
     the address is then not the path.  */
  ESTABLISH_REPLACE_LIVE
};

/* How to make the socket.  */
struct establish_options
{
  /* A path or, if ABSTRACT, an abstract name.  */
  char const *path;
  bool abstract;
  /* Whether PATH may be longer than an address can hold.  */
  bool long_path;
  enum establish_replace replace;
  /* At most 0777, or LISTENER_MODE_UMASK.  */
  mode_t mode;
  /* Who is to own it; -1 for no change.  */
  uid_t uid;
  gid_t gid;
  int backlog;
  /* Whether the socket is that of a client and does not listen.  There is more
     to do before its file can stay, so all signals remain blocked.  */
  bool is_client;
  /* Whether all signals remain blocked in any case, because there is more to
     do that can fail.  The caller sees to it that messages do not wait without
     end: see log_wait_unless.  */
  bool keeps_signals;
  /* Signals, though blocked, that are to end the process with status 0 while
     it waits for another: a list that ends with 0, or null.  */
  int const *stops;
  /* Socket options that are not to stay as the system sets them.  */
  bool pass_credentials;
  bool pass_security;
  bool pass_pidfd;
  bool no_pass_rights;
};

/* A listening socket and the path that leads to it.  */
struct endpoint
{
  struct listener listener;
  struct place place;
  /* As given.  */
  char const *path;
  bool is_client;
  /* Whether the socket is made with fewer permissions than it has in the
     end.  */
  bool is_narrowed;
  /* The signals that were blocked before.  */
  sigset_t mask;
  /* What the path stood for and was replaced, as text for a warning, or
     null.  */
  char const *replaced;
  /* The errno with which the private directory stayed, or 0; and that with
     which the socket stayed that was to be removed.  */
  int stage_errno;
  int socket_errno;
};

/* Act on the option C, if it is one of the above, and return its name;
   otherwise null.  */
char const *establish_option (struct establish_options *options, int c);

/* The first of OPTIONS that makes no sense with an abstract name, as text, or
   null.  */
char const *establish_conflict (struct establish_options const *options);

/* Open ENDPOINT's listener and set its socket options as OPTIONS say.  On
   failure, say so and exit.  */
void establish_open (struct endpoint *endpoint,
                     struct establish_options const *options);

/* Bind ENDPOINT's listener, opened before, as OPTIONS say, and listen.  On
   failure, say so and exit, leaving nothing behind.  Likewise if a signal ends
   the process before that is done.  */
void establish (struct endpoint *endpoint,
                struct establish_options const *options);

/* Close the socket and remove its file, if that is still the one that was
   made.  For giving up: failure is noted, errno preserved.  */
void establish_undo (struct endpoint *endpoint);

/* Warn of what establish_undo could not remove.  Preserve errno.  */
void establish_tell_left (struct endpoint const *endpoint);

/* Close what establish_undo needs and establish_find does not.  */
void establish_settle (struct endpoint *endpoint);

/* Find out whether the path still leads to the file of ENDPOINT's socket.  The
   socket must be open, or another file could have got its file's number.
   Where others may change the directory, only the name in that directory is
   looked at, and not followed: if they led the path elsewhere, the caller
   might have to wait there.  Return 0, or -1 with errno set: ENOENT if it
   leads to nothing, ESTALE if to another file, or why that cannot be
   known.  */
int establish_find (struct endpoint const *endpoint);

#endif /* ESTABLISH_H */
