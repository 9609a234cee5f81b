/* throttle.h -- log the first of many like events, and count the others.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef THROTTLE_H
#define THROTTLE_H

#include "base/system.h"

enum
{
  /* The least time between two messages about like events, in
     milliseconds.  */
  THROTTLE_SPAN = 5000,
  /* How many subjects can be told apart within that time.  */
  THROTTLE_SUBJECTS = 256,
  /* The kind of an event that stands for all those for which the table had no
     room.  */
  THROTTLE_OTHERS = -1
};

/* An event that may be logged.  */
struct event
{
  /* Two events are alike if they have the same KIND, which the caller chooses,
     the same ERRNUM, and the same user.  UID is only compared if it is
     KNOWN.  */
  int kind;
  bool known;
  uid_t uid;
  int errnum;
  /* Events that are alike may differ in these.  */
  gid_t gid;
  size_t count;
};

/* An event, and the number of like events that were not logged.  */
struct subject
{
  /* The latest of these events.  */
  struct event event;
  /* When a message about them was last logged.  In the result of
     throttle_next: the milliseconds in which the MORE events came.  */
  long long int since;
  /* How many were not logged since then.  */
  unsigned long int more;
};

/* The recent events, logged or counted.  All zero: none.  Times are in
   milliseconds on a clock of the caller that never goes back.  */
struct throttle
{
  /* How many of SUBJECTS have ever been used.  */
  size_t used;
  /* How many subjects, including OTHERS, have events that were not logged, and
     when the first of them is due.  */
  size_t pending;
  long long int due;
  struct subject others;
  struct subject subjects[THROTTLE_SUBJECTS];
};

/* Return true if EVENT, which happens at NOW, is to be logged at once, and
   otherwise count it.  Of like events, the first is logged at once and the
   others are counted for THROTTLE_SPAN.  Events for which there is no room are
   counted together in OTHERS.  */
bool throttle_note (struct throttle *throttle, struct event const *event,
                    long long int now);

/* Return the milliseconds from NOW until throttle_next has a result, or -1 if
   nothing is counted.  */
int throttle_left (struct throttle const *throttle, long long int now);

/* If the time of some counted events is over at NOW, or if ALL and there are
   any, store them in *SUBJECT and return true.  SUBJECT->since becomes the
   milliseconds in which they came.  Further like events are counted for
   another THROTTLE_SPAN.  */
bool throttle_next (struct throttle *throttle, long long int now, bool all,
                    struct subject *subject);

#endif /* THROTTLE_H */
