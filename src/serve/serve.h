/* serve.h -- the serving loop.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef SERVE_H
#define SERVE_H

#include "base/ratelimit.h"
#include "serve/childenv.h"

/* Whether to ask the kernel for the credentials of clients.  */
enum lookup
{
  LOOKUP_NEVER,
  /* Serve a client without them if they cannot be had.  */
  LOOKUP_TRY,
  /* Close its connection if they cannot be had.  */
  LOOKUP_NEED
};

/* What to serve, and how.  The loop does not know how its socket was made, nor
   which program's conventions it follows.  */
struct serve_config
{
  /* The names of the variables that tell the program about its client.  */
  struct childenv_style const *style;
  /* The names of variables to remove from the program's environment, up to a
     NULL.  */
  char const *const *withheld;
  /* The length of the longest path that serve_attach will get.  */
  size_t local_path_max;
  /* The program to run for each client, and its arguments.  */
  char **program;
  /* The most connections at a time.  Further clients wait in the backlog.  */
  size_t limit;
  /* The most connections at a time of one uid.  Further clients of this uid
     are denied.  */
  size_t limit_per_uid;
  /* The most clients to accept in a span of time.  Further clients wait in the
     backlog.  */
  struct rate rate;
  /* The most clients of one uid to accept in a span of time.  Further clients
     of this uid are denied.  */
  struct rate rate_per_uid;
  /* True if SIGTERM begins an orderly stop: take no new clients, wait
     DRAIN_SECONDS for the children (-1: without limit), and then end those
     that still run.  */
  bool drain;
  int drain_seconds;
  /* The path of the socket, and a function that checks by FILE whether the
     socket's file is still there.  It returns 0, or -1 with errno set: ENOENT
     if there is no file, ESTALE if there is another file, or another error if
     it cannot tell.  FIND_FILE is null if the socket has no file or the caller
     does not own it.  */
  char const *path;
  int (*find_file) (void const *file);
  void const *file;
  /* How often to call FIND_FILE, in seconds, or 0 for never.  If the file is
     lost, stop as after SIGTERM.  */
  int stop_when_lost;
  enum lookup lookup;
  /* True if the program gets its client's groups, security label and process
     as well, where the system knows them.  */
  bool peer_info;
};

struct server;

/* Get ready to serve as CONFIG says.  VARIABLES are the program's environment.
   Set up signals, open descriptors 0 to 2 if they are closed, replace
   descriptor 0 by /dev/null, and allocate all memory that will be needed.
   Call this before the socket is made, so that a failure leaves nothing
   behind.  CONFIG, VARIABLES and what they point to must outlive the server.
   On failure, log it and exit.  */
struct server *serve_prepare (struct serve_config const *config,
                              char **variables);

/* Add LISTEN_FD to the sockets that SERVER serves.  LISTEN_FD is an AF_UNIX
   stream socket, close-on-exec, above 2, and need not be bound yet.  It
   becomes non-blocking, also for the processes that share it if IS_SHARED.
   PATH is the socket's path, or empty; it must outlive the server.  Return 0,
   or -1 with errno set.  */
int serve_attach (struct server *server, int listen_fd, bool is_shared,
                  char const *path);

/* Serve the clients of all sockets of SERVER, which must listen by now, until
   a signal or the loss of the socket's file stops the server.  Standard input
   and output are replaced.

   SIGTERM stops it.  SIGQUIT sends SIGTERM and SIGCONT to all children and
   stops it.  SIGABRT sends SIGKILL to all children and stops it.  SIGHUP sends
   SIGTERM and SIGCONT to all children.  SIGUSR1, and SIGINFO where it exists,
   log the connections.

   Return false if the server stopped because the socket's file was lost.  */
bool serve_run (struct server *server);

#endif /* SERVE_H */
