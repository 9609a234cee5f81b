/* service.h -- serve one client, from accept until its program ends.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef SERVICE_H
#define SERVICE_H

#include "serve/backoff.h"
#include "serve/children.h"
#include "serve/closer.h"
#include "serve/connlog.h"
#include "serve/limits.h"
#include "serve/peer.h"
#include "serve/serve.h"

/* Other modules only read the members.  The exceptions are PEER, where
   acceptor_accept stores the connection that service_begin then serves, and
   LOG and CLOSER, which the loop passes to the functions of connlog.h and
   acceptor.h.  */
struct service
{
  struct serve_config const *config;
  /* The program's name, quoted for messages.  */
  char *program_text;
  /* The client that has been accepted and is not served yet.  It stays here
     only during a shortage.  */
  struct peer peer;
  struct limits limits;
  struct children *children;
  /* Closes the connections of clients that get no program.  */
  struct closer closer;
  struct connlog log;
  struct connlog_totals totals;
  /* The pause during a shortage, and how often it is logged.  */
  struct backoff shortage;
  struct warning shortage_warning;
};

/* Prepare *SERVICE, which is all zero, to serve as CONFIG says, with VARIABLES
   as the program's environment.  On failure, log it and exit.  */
void service_prepare (struct service *service,
                      struct serve_config const *config, char **variables);

/* Serve the connection that was stored in SERVICE->peer.  During a shortage,
   keep it for service_try_again.  */
void service_begin (struct service *service);

/* Return true if there is a client that could not be served because of a
   shortage.  */
bool service_has_client (struct service const *service);

/* If there is a client that could not be served and the pause is over, try
   again.  IS_LAST is true in an orderly stop.  If so, and the client still
   cannot be served, close its connection if service_is_hopeless returns
   true.  */
void service_try_again (struct service *service, bool is_last);

/* If there is a client that could not be served, close its connection and log
   that with REASON.  */
void service_give_up (struct service *service, char const *reason);

/* Before the process exits: do what service_give_up and closer_finish do, and
   log what was only counted so far.  */
void service_finish (struct service *service, char const *reason);

/* Count COUNT clients as accepted and failed: they were closed unserved.  */
void service_count_unserved (struct service *service, size_t count);

/* Begin a pause, because STEP with OBJECT has failed with ERRNUM, and log
   it.  */
void service_pause (struct service *service, int errnum, char const *step,
                    char const *object);

/* Return how many milliseconds to wait before the next accept; 0 is none.
   IS_LAST is true in an orderly stop, when --rate is ignored.  */
int service_pause_left (struct service const *service, bool is_last);

/* Return true if there was a shortage, and no client has been accepted or
   served since.  */
bool service_is_short (struct service const *service);

/* Return true if a shortage is unlikely to end: it has lasted long, and no
   child is left that could free anything.  */
bool service_is_hopeless (struct service const *service);

/* Return true if there are fewer connections than -c allows.  */
bool service_has_room (struct service *service);

/* Handle a SIGCHLD.  SENDER is the child that it reports, or 0 if unknown.  */
void service_child_signal (struct service *service, pid_t sender);

/* Reap the children that may have ended without a SIGCHLD of their own.  */
void service_catch_up (struct service *service);

/* Send SIG to all children, and then SIGCONT unless SIG is SIGKILL.  */
void service_signal (struct service const *service, int sig);

#endif /* SERVICE_H */
