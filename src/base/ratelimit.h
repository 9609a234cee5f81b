/* ratelimit.h -- limit how often an event may happen.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef RATELIMIT_H
#define RATELIMIT_H

#include "base/system.h"

#include <stdint.h>

/* Times are in nanoseconds, from 0 to RATELIMIT_TIME_MAX, on a clock of the
   caller that never goes back.  */
#define RATELIMIT_TIME_MAX (INT64_MAX / 4)

/* The greatest numbers of a rate.  */
enum
{
  RATELIMIT_COUNT_MAX = 1000000,
  RATELIMIT_SECONDS_MAX = 1000000
};

/* A limit: COUNT events at once, and then one every SECONDS / COUNT.  If COUNT
   is 0, there is no limit.  */
struct rate
{
  uint32_t count;
  uint32_t seconds;
};

/* Parse TEXT, "COUNT/SECONDS", into *RATE.  Return 0, or -1 with errno set:
   EINVAL if TEXT has another form, ERANGE if a number is 0 or too large.  */
int ratelimit_parse (char const *text, struct rate *rate);

/* The events that were counted for a limit.  All zero: none.  */
struct ratelimit
{
  int64_t full;
};

/* Return how many nanoseconds after NOW the next event is allowed by RATE; 0
   means now.  */
int64_t ratelimit_left (struct ratelimit const *limit,
                        struct rate const *rate, int64_t now);

/* Count an event at NOW.  */
void ratelimit_note (struct ratelimit *limit, struct rate const *rate,
                     int64_t now);

/* The events of many users.  */
struct ratetable;

/* Return an empty table for the limit RATE of each user, to be freed with
   free, or NULL with errno ENOMEM.  Nothing is allocated afterwards, and every
   operation takes constant time.  */
struct ratetable *ratetable_new (struct rate const *rate);

/* Return true if RATE allows UID one more event at NOW, and count it.

   The table has room for a limited number of users.  If it has no room for
   UID, it forgets another user: among a few, the one who is now allowed the
   most events.  This user may then exceed the limit; but no user is refused
   without reason.  */
bool ratetable_take (struct ratetable *table, uid_t uid, int64_t now);

#endif /* RATELIMIT_H */
