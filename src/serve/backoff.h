/* backoff.h -- how long to wait while something is short.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef BACKOFF_H
#define BACKOFF_H

#include "base/system.h"

/* Times are in milliseconds, on whatever clock the caller has that never goes
   back.  */
enum
{
  /* The first wait; each doubles the one before, up to the last.  */
  BACKOFF_FIRST = 100,
  BACKOFF_LAST = 1000,
  /* What is long for something to be short.  */
  BACKOFF_LONG = 2000,
  /* Complaints are at least this far apart.  */
  BACKOFF_COMPLAIN = 5000
};

/* All zero: nothing is short, and never was.  */
struct backoff
{
  /* The last wait, or 0 if all has been well since.  */
  int wait;
  /* Whether it is still to be waited out, and until when.  */
  bool waits;
  long long int until;
  /* Since when it is short, if WAIT is not 0.  */
  long long int since;
};

/* Note that something was short at NOW: begin the next wait.  */
void backoff_fail (struct backoff *backoff, long long int now);

/* Note that what was short is not: the next wait is a first one.  */
void backoff_succeed (struct backoff *backoff);

/* Note that what is short may have come back: end this wait.  */
void backoff_retry_now (struct backoff *backoff);

/* The milliseconds that are left of the wait at NOW, or 0.  */
int backoff_left (struct backoff const *backoff, long long int now);

/* Whether it has been short for long at NOW.  */
bool backoff_is_long (struct backoff const *backoff, long long int now);

/* What is said of failures of one kind.  All zero: nothing yet.  */
struct complaint
{
  /* When something was said, if ever.  */
  bool has_said;
  long long int said;
  /* How many complaints were kept back since.  */
  unsigned long int unsaid;
};

/* Whether to complain at NOW.  If so, store in *UNSAID how many complaints
   have been kept back since the last one.  */
bool complaint_is_due (struct complaint *complaint, long long int now,
                       unsigned long int *unsaid);

#endif /* BACKOFF_H */
