/* backoff.h -- how long to wait before a failed operation is tried again.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef BACKOFF_H
#define BACKOFF_H

#include "base/system.h"

/* Times are in milliseconds, on whatever clock the caller has that never goes
   back.  */
enum
{
  /* The first wait.  Each further wait is twice as long, up to the last.  */
  BACKOFF_FIRST = 100,
  BACKOFF_LAST = 1000,
  /* An operation that has failed for this long is taken to fail for ever, in
     an orderly stop.  */
  BACKOFF_LONG = 2000,
  /* The least time between two warnings.  */
  BACKOFF_WARN = 5000
};

/* The waits while an operation fails, because of a shortage or of trouble with
   a listening socket.  All zero: it has not failed.  */
struct backoff
{
  /* The length of the last wait, or 0 if the operation does not fail.  */
  int wait;
  /* Whether to wait now, and until when.  */
  bool waits;
  long long int until;
  /* When it first failed.  Only valid if WAIT is not 0.  */
  long long int since;
};

/* The operation has failed at NOW: begin the next wait.  */
void backoff_fail (struct backoff *backoff, long long int now);

/* The operation has succeeded: the next wait is a first one.  */
void backoff_succeed (struct backoff *backoff);

/* The operation may succeed now: end the current wait.  */
void backoff_retry_now (struct backoff *backoff);

/* Return the milliseconds that are left of the wait at NOW, or 0.  */
int backoff_left (struct backoff const *backoff, long long int now);

/* Return true if the operation has failed for BACKOFF_LONG at NOW.  */
bool backoff_is_long (struct backoff const *backoff, long long int now);

/* Limits how often failures of one kind are logged.  All zero: none was
   logged.  */
struct warning
{
  /* Whether a warning was logged, and when the last one was.  */
  bool has_warned;
  long long int warned;
  /* How many warnings were not logged since then.  */
  unsigned long int suppressed;
};

/* Return true if a warning is to be logged at NOW.  If so, store in
   *SUPPRESSED how many were not logged since the last one.  */
bool warning_is_due (struct warning *warning, long long int now,
                     unsigned long int *suppressed);

#endif /* BACKOFF_H */
