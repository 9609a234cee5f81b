/* drain.h -- how far an orderly stop has come.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef DRAIN_H
#define DRAIN_H

#include "base/system.h"

/* An orderly stop accepts no more clients and waits for the children.  If
   they do not end in time they get SIGTERM, and after DRAIN_GRACE milliseconds
   SIGKILL; after as long again the server gives up.  Times are in
   milliseconds, on whatever clock the caller has that never goes back.  */
enum { DRAIN_GRACE = 5000 };

enum drain_state
{
  DRAIN_NOT_BEGUN,
  /* Waiting for the children, until a time or without end.  */
  DRAIN_PATIENT,
  DRAIN_FOREVER,
  /* They have been sent SIGTERM; SIGKILL; that was of no use.  */
  DRAIN_SENT_TERM,
  DRAIN_SENT_KILL,
  DRAIN_GIVEN_UP
};

/* All zero: it has not begun.  */
struct drain
{
  enum drain_state state;
  /* When the next step is due, if the state has one.  */
  long long int due;
};

/* What the server is to do now.  */
enum drain_step
{
  DRAIN_WAIT,
  /* Send SIGTERM, or SIGKILL, to all children.  */
  DRAIN_TERM,
  DRAIN_KILL,
  /* Exit and leave those that SIGKILL did not end.  */
  DRAIN_GIVE_UP
};

bool drain_has_begun (struct drain const *drain);

/* Begin at NOW, if it has not begun: wait SECONDS for the children, or without
   end if that is below 0.  */
void drain_begin (struct drain *drain, int seconds, long long int now);

/* The milliseconds from NOW until the next step is due, or -1 if there is
   none.  */
int drain_left (struct drain const *drain, long long int now);

/* If it is due at NOW, go to the next step and return it.  When the caller has
   done it, it calls drain_step_done.  */
enum drain_step drain_next (struct drain *drain, long long int now);

/* The step that drain_next has returned is done at NOW, and the grace begins.
   It begins then, and not when the step was due: that may be long ago if the
   server was stopped meanwhile.  */
void drain_step_done (struct drain *drain, long long int now);

#endif /* DRAIN_H */
