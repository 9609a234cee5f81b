/* throttle.h -- which of many like messages are logged.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef THROTTLE_H
#define THROTTLE_H

#include "base/system.h"

enum
{
  /* How far apart like messages are at least, in milliseconds.  */
  THROTTLE_SPAN = 5000,
  /* How many different messages are told apart within that time.  */
  THROTTLE_SUBJECTS = 256,
  /* The kind of an event that stands for all those for which there was no
     room.  */
  THROTTLE_OTHERS = -1
};

/* Something that is worth a message.  */
struct event
{
  /* Events are alike if they have the same kind, which is the caller's to
     choose, the same user, if that is KNOWN, and the same error.  */
  int kind;
  bool known;
  uid_t uid;
  int errnum;
  /* These may differ between events that are alike.  */
  gid_t gid;
  size_t count;
};

/* An event that was logged, and those like it that were not.  */
struct subject
{
  /* The last of them.  */
  struct event event;
  /* When a message about them was last logged.  */
  long long int since;
  /* How many have not been logged since then.  */
  unsigned long int more;
};

/* What has been logged of late.  All zero: nothing.  Times are in
   milliseconds, on whatever clock the caller has that never goes back.  */
struct throttle
{
  /* How many subjects have ever been in use.  */
  size_t used;
  /* How many of them, OTHERS included, have something that was not logged,
     and when the first of those is due.  */
  size_t pending;
  long long int due;
  struct subject others;
  struct subject subjects[THROTTLE_SUBJECTS];
};

/* Whether EVENT, which happens at NOW, is to be logged at once.  Otherwise it
   is counted.  Of events that are alike, the first is logged at once, and the
   others are counted for THROTTLE_SPAN.  Events for which there is no room are
   counted together.  */
bool throttle_note (struct throttle *throttle, struct event const *event,
                    long long int now);

/* The milliseconds from NOW until throttle_next has something, or -1.  */
int throttle_left (struct throttle const *throttle, long long int now);

/* If events have been counted and their time is over at NOW, or in any case if
   ALL, store them in *SUBJECT, where SINCE becomes the milliseconds in which
   they came, and return true.  Like events are counted for another
   THROTTLE_SPAN from now on.  */
bool throttle_next (struct throttle *throttle, long long int now, bool all,
                    struct subject *subject);

#endif /* THROTTLE_H */
