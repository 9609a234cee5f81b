/* clock.h -- read the monotonic clock, and sleep.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CLOCK_H
#define CLOCK_H

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <time.h>

#include "base/errors.h"

/* These times come from the monotonic clock, which does not jump when an
   administrator sets the date.  Where the system has no such clock, they come
   from the real-time clock.  */

static inline struct timespec
clock_now (void)
{
  struct timespec ts = { .tv_sec = 0 };
#ifdef CLOCK_MONOTONIC
  if (clock_gettime (CLOCK_MONOTONIC, &ts) == 0)
    return ts;
#endif
  clock_gettime (CLOCK_REALTIME, &ts);
  return ts;
}

static inline int64_t
clock_nanoseconds (void)
{
  struct timespec ts = clock_now ();
  return ts.tv_sec * INT64_C (1000000000) + ts.tv_nsec;
}

static inline long long int
clock_milliseconds (void)
{
  return clock_nanoseconds () / 1000000;
}

/* Return the milliseconds from BEFORE until now.  */
static inline long long int
clock_elapsed (struct timespec before)
{
  struct timespec ts = clock_now ();
  return ((ts.tv_sec - before.tv_sec) * 1000LL
          + (ts.tv_nsec - before.tv_nsec) / 1000000);
}

/* Return the smaller of the times A and B, in milliseconds from now; -1 means
   never.  */
static inline int
clock_sooner (int a, int b)
{
  return a < 0 || (0 <= b && b < a) ? b : a;
}

/* Sleep for MS milliseconds, which must be less than 1000, even if signals
   come.  */
static inline void
clock_rest (int ms)
{
  struct timespec ts = { .tv_nsec = ms * 1000000L };
  int result;
  do
    result = nanosleep (&ts, &ts);
  while (result != 0 && errno == EINTR);
  if (result != 0 && is_filtered (errno))
    poll (NULL, 0, ms);
}

#endif /* CLOCK_H */
