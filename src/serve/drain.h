/* drain.h -- how far an orderly stop has come.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef DRAIN_H
#define DRAIN_H

#include "base/system.h"

/* In an orderly stop the server takes no new clients.  It still serves those
   that are in the backlog of a listening socket, if it can shut the socket
   down without losing them, and it waits for its children.  Children that do
   not end in time get SIGTERM, and DRAIN_GRACE milliseconds later SIGKILL.
   The server gives up after another DRAIN_GRACE milliseconds.  Times are in
   milliseconds on a clock of the caller that never goes back.  */
enum { DRAIN_GRACE = 5000 };

enum drain_state
{
  DRAIN_NOT_BEGUN,
  /* Waiting for the children: until DUE, or without limit.  */
  DRAIN_TIMED,
  DRAIN_FOREVER,
  /* SIGTERM has been sent to all children.  */
  DRAIN_SENT_TERM,
  DRAIN_SENT_KILL,
  DRAIN_GIVEN_UP
};

/* The state of an orderly stop.  All zero: it has not begun.  */
struct drain
{
  enum drain_state state;
  /* When the next step is due, if the state has one.  */
  long long int due;
};

/* What the server has to do now.  */
enum drain_step
{
  DRAIN_WAIT,
  /* Send SIGTERM to all children, or SIGKILL.  */
  DRAIN_TERM,
  DRAIN_KILL,
  /* Exit, although SIGKILL did not end all children.  */
  DRAIN_GIVE_UP
};

bool drain_has_begun (struct drain const *drain);

/* Begin an orderly stop at NOW, unless it has begun.  Wait SECONDS for the
   children, or without limit if SECONDS is negative.  */
void drain_begin (struct drain *drain, int seconds, long long int now);

/* Return the milliseconds from NOW until the next step is due, or -1 if there
   is none.  */
int drain_left (struct drain const *drain, long long int now);

/* If the next step is due at NOW, return it.  The caller does it and then
   calls drain_step_done.  */
enum drain_step drain_next (struct drain *drain, long long int now);

/* The step that drain_next returned was done at NOW.  DRAIN_GRACE begins at
   this time.  It does not begin when the step was due, because that may be
   long ago if the server was stopped by SIGSTOP.  */
void drain_step_done (struct drain *drain, long long int now);

#endif /* DRAIN_H */
