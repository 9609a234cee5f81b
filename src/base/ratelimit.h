/* ratelimit.h -- how often something may happen.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef RATELIMIT_H
#define RATELIMIT_H

#include "base/system.h"

#include <stdint.h>

/* Times are in nanoseconds, on whatever clock the caller has that never goes
   back, from 0 to RATELIMIT_TIME_MAX.  */
#define RATELIMIT_TIME_MAX (INT64_MAX / 4)

/* The greatest numbers of a rate.  */
enum
{
  RATELIMIT_COUNT_MAX = 1000000,
  RATELIMIT_SECONDS_MAX = 1000000
};

/* COUNT times at once, and then once each SECONDS / COUNT.  A COUNT of 0:
   there is no limit.  */
struct rate
{
  uint32_t count;
  uint32_t seconds;
};

/* Store in *RATE what TEXT, "COUNT/SECONDS", stands for.  Return 0, or -1 with
   errno EINVAL if it is no such thing, ERANGE if a number is 0 or too
   large.  */
int ratelimit_parse (char const *text, struct rate *rate);

/* How often one thing has happened.  All zero: never.  */
struct ratelimit
{
  int64_t full;
};

/* Whether it may happen at NOW, by RATE: if not, how many nanoseconds later;
   otherwise 0.  */
int64_t ratelimit_left (struct ratelimit const *limit,
                        struct rate const *rate, int64_t now);

/* Note that it has happened at NOW.  */
void ratelimit_note (struct ratelimit *limit, struct rate const *rate,
                     int64_t now);

/* How often each of many users did something.  */
struct ratetable;

/* Return a table for the limit RATE, or NULL with errno ENOMEM.  Nothing is
   allocated afterwards, and every operation takes constant time.  */
struct ratetable *ratetable_new (struct rate const *rate);
void ratetable_free (struct ratetable *table);

/* Whether UID may do it once more at NOW.  If so, note that it does.

   The table has room for a number of users at once.  If more than that are
   within their limits' time, the one among a few that has most left is
   forgotten, and may then do more; never less.  */
bool ratetable_take (struct ratetable *table, uid_t uid, int64_t now);

#endif /* RATELIMIT_H */
