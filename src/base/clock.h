/* clock.h -- the time on a clock that is never set.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>
#include <time.h>

/* Times that a program compares with each other come from the monotonic
   clock, which goes on when an administrator sets the date.  */

static inline struct timespec
clock_now (void)
{
  struct timespec ts = { .tv_sec = 0 };
  clock_gettime (CLOCK_MONOTONIC, &ts);
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

/* The milliseconds from BEFORE until now.  */
static inline long long int
clock_elapsed (struct timespec before)
{
  struct timespec ts = clock_now ();
  return ((ts.tv_sec - before.tv_sec) * 1000LL
          + (ts.tv_nsec - before.tv_nsec) / 1000000);
}

/* The sooner of the times A and B, in milliseconds from now; -1 is never.  */
static inline int
clock_sooner (int a, int b)
{
  return a < 0 || (0 <= b && b < a) ? b : a;
}

#endif /* CLOCK_H */
