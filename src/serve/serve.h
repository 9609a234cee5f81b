/* serve.h -- the serving loop.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef SERVE_H
#define SERVE_H

#include "base/ratelimit.h"
#include "serve/childenv.h"

/* Whether to ask who the clients are.  */
enum lookup
{
  LOOKUP_NEVER,
  /* A client of whom that cannot be known is served as an unknown one.  */
  LOOKUP_TRY,
  /* It is sent away.  */
  LOOKUP_NEED
};

/* What to serve, and how.  The loop knows neither how its socket was made nor
   whose conventions it follows.  */
struct serve_config
{
  /* How the program is told about its client.  */
  struct childenv_style const *style;
  /* Names of variables that are not for the program; ends with NULL.  */
  char const *const *withheld;
  /* The length of the longest path that serve_attach will be told.  */
  size_t local_path_max;
  /* The program to run for each client, and its arguments.  */
  char **program;
  /* At most this many clients at a time; others wait in the backlog.  */
  size_t limit;
  /* At most this many with the same uid at a time; others are sent away.  */
  size_t limit_per_uid;
  /* No more often than this are clients accepted; others wait.  */
  struct rate rate;
  /* No more often than this are clients with the same uid served; others are
     sent away.  */
  struct rate rate_per_uid;
  /* Whether SIGTERM lets no more clients come and waits for those that are
     there: DRAIN_SECONDS, or without end if that is -1.  Children that then
     still run are ended.  */
  bool drain;
  int drain_seconds;
  /* Where the socket is, and a function that finds out with FILE whether its
     file is still there: it returns 0, or -1 with errno ENOENT if there is
     nothing, ESTALE if there is another file, or why that cannot be known.
     FIND_FILE is null if the socket has no file, or it is not ours to look
     after.  */
  char const *path;
  int (*find_file) (void const *file);
  void const *file;
  /* After how many seconds to do that, again and again, and to stop as after
     SIGTERM if it is not there; 0: never.  */
  int stop_when_lost;
  enum lookup lookup;
  /* Whether to tell the program of its client's groups, security label and
     process, where the system knows them.  */
  bool peer_info;
};

struct server;

/* Get ready to serve as CONFIG says, with VARIABLES for the program's
   environment: receive signals, see that descriptors 0 to 2 are open, of which
   0 then leads nowhere, and allocate what will be needed.  To be called before
   anything that others can see.  CONFIG, VARIABLES and what they
   point to must outlive the server.  On failure, say so and exit.  */
struct server *serve_prepare (struct serve_config const *config,
                              char **variables);

/* Let SERVER also serve clients of LISTEN_FD, an AF_UNIX stream socket that
   is close-on-exec and above 2; it need not be bound yet.  It is made
   non-blocking, also for others if it IS_SHARED with them.  PATH, which must
   outlive the server, is where it is, or empty.  Return 0, or -1 with errno
   set.  */
int serve_attach (struct server *server, int listen_fd, bool is_shared,
                  char const *path);

/* Serve clients of the sockets attached, now listening, in place of standard
   input and output, until a signal says to stop: SIGTERM; SIGQUIT, after
   SIGTERM and SIGCONT to all children; SIGABRT, after SIGKILL to all children.
   SIGHUP sends SIGTERM and SIGCONT to all children; SIGUSR1, and SIGINFO where
   there is one, report who is connected.  Return false if it was not a signal
   but the loss of the socket's file.  */
bool serve_run (struct server *server);

#endif /* SERVE_H */
