/* options.h -- how a listening socket is to be made.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef SOCKFILE_OPTIONS_H
#define SOCKFILE_OPTIONS_H

#include "base/system.h"

#include <getopt.h>

/* The long options that set members of struct sockfile_options, and the values
   that getopt_long returns for them.  */
enum
{
  SOCKFILE_NO_CLOBBER = 512,
  SOCKFILE_REPLACE_LIVE,
  SOCKFILE_LONG_PATH,
  SOCKFILE_ABSTRACT,
  SOCKFILE_PASS_PIDFD,
  SOCKFILE_NO_PASS_RIGHTS
};

#define SOCKFILE_LONG_OPTIONS \
  { "no-clobber", no_argument, NULL, SOCKFILE_NO_CLOBBER }, \
  { "replace-live", no_argument, NULL, SOCKFILE_REPLACE_LIVE }, \
  { "long-path", no_argument, NULL, SOCKFILE_LONG_PATH }, \
  { "abstract", no_argument, NULL, SOCKFILE_ABSTRACT }, \
  { "pass-pidfd", no_argument, NULL, SOCKFILE_PASS_PIDFD }, \
  { "no-pass-rights", no_argument, NULL, SOCKFILE_NO_PASS_RIGHTS }

/* Which file at the path is replaced.  A directory never is.  */
enum sockfile_replace
{
  /* Any file, with a warning if it was a live server's socket or not a
     socket.  */
  REPLACE_ALL,
  REPLACE_NOTHING,
  /* A socket that no process has open.  */
  REPLACE_STALE,
  /* Any file, and in one step, so that the path always leads to the old socket
     or to the new one.  The address of the new socket is not the path.  */
  REPLACE_LIVE
};

struct sockfile_options
{
  /* A path or, if ABSTRACT, an abstract name.  */
  char const *path;
  bool abstract;
  /* True if PATH may be longer than a socket address can hold.  */
  bool long_path;
  enum sockfile_replace replace;
  /* At most 0777, or LISTENER_MODE_UMASK.  */
  mode_t mode;
  /* The owner and group of the file; -1 for no change.  */
  uid_t uid;
  gid_t gid;
  int backlog;
  /* True if the socket is a client's, which does not listen.  All signals
     remain blocked, because the client can still fail and then removes the
     file.  */
  bool is_client;
  /* True if all signals remain blocked although the socket is a server's,
     because its program has more steps that can fail.  The program must have
     called log_wait_unless, so that messages do not wait for ever.  */
  bool keeps_signals;
  /* Signals that end the process with status 0, although they are blocked,
     while it waits for another process: a list that ends with 0, or null.  */
  int const *stops;
  /* Socket options to be set.  */
  bool pass_credentials;
  bool pass_security;
  bool pass_pidfd;
  /* A socket option to be cleared.  */
  bool no_pass_rights;
};

/* If C, a result of getopt_long, is one of the options above, set it in
   *OPTIONS and return its name; otherwise return null.  */
char const *sockfile_option (struct sockfile_options *options, int c);

/* Return the first of OPTIONS that cannot be combined with an abstract name,
   as text for a message, or null if there is none.  */
char const *sockfile_conflict (struct sockfile_options const *options);

#endif /* SOCKFILE_OPTIONS_H */
