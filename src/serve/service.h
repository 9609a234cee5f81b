/* service.h -- take one client from accept to its program, and see it end.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef SERVICE_H
#define SERVICE_H

#include "serve/backoff.h"
#include "serve/children.h"
#include "serve/connlog.h"
#include "serve/limits.h"
#include "serve/peer.h"
#include "serve/serve.h"

/* Other modules may read the members, but for PEER, where acceptor_accept puts
   the connection that service_begin then serves.  */
struct service
{
  struct serve_config const *config;
  /* The program's name, quoted for messages.  */
  char *program_text;
  /* The client that has been accepted and not been served yet: kept only
     while something is short.  */
  struct peer peer;
  struct limits limits;
  struct children *children;
  struct connlog log;
  struct connlog_totals totals;
  /* The pause while something is short.  */
  struct backoff shortage;
  struct complaint shortage_complaint;
};

/* Prepare *SERVICE, all zero, to serve as CONFIG says, with VARIABLES for the
   program's environment.  On failure, say so and exit.  */
void service_prepare (struct service *service,
                      struct serve_config const *config, char **variables);

/* SERVICE->peer has been accepted: serve it, or send it away, or keep it while
   something is short.  */
void service_begin (struct service *service);

/* Whether a client is kept because something is short.  */
bool service_has_client (struct service const *service);

/* Try again to serve the client that is kept, if there is one and the pause is
   over.  In an orderly stop, IS_LAST, send it away if what is short will
   hardly come back.  */
void service_try_again (struct service *service, bool is_last);

/* Send the client away that is kept, if there is one, for REASON.  */
void service_give_up (struct service *service, char const *reason);

/* COUNT clients were accepted and closed, unserved.  */
void service_count_unserved (struct service *service, size_t count);

/* Pause for want of something: ERRNUM kept us from doing what STEP and OBJECT
   say.  */
void service_pause (struct service *service, int errnum, char const *step,
                    char const *object);

/* How long not to accept, in milliseconds; 0: accept.  If IS_LAST, in an
   orderly stop, --rate does not count.  */
int service_pause_left (struct service const *service, bool is_last);

/* Whether what is short will hardly come back: no child is left that could
   have it, and it has been waited for.  */
bool service_is_hopeless (struct service const *service);

/* Whether there is room for one more client under -c.  */
bool service_has_room (struct service *service);

/* SIGCHLD has come; it is about SENDER, or 0 if it does not say.  */
void service_child_signal (struct service *service, pid_t sender);

/* Forget the children whose end may have gone unnoticed.  */
void service_catch_up (struct service *service);

/* Send SIG, and then SIGCONT unless SIG cannot wait, to all children.  */
void service_signal (struct service const *service, int sig);

#endif /* SERVICE_H */
