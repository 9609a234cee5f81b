/* limits.h -- may a user have one more connection now?

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef LIMITS_H
#define LIMITS_H

#include "base/ratelimit.h"

/* The limits, and what has been counted for them.  A client counts only if it
   passes all limits.  So a client that is denied uses up nothing of any limit.
   Times are in nanoseconds, as in ratelimit.h.  */
struct limits
{
  /* The most connections of a user at a time.  */
  size_t per_uid;
  /* The rate at which connections are accepted, and those counted for it.  */
  struct rate rate;
  struct ratelimit accepted;
  /* The clients of each user that were counted for --rate-per-user, or null if
     there is no such limit.  */
  struct ratetable *users;
};

/* Set up *LIMITS with PER_UID connections of a user at a time, RATE for all
   connections together, and RATE_PER_UID for those of each user.  In a rate, a
   count of 0 means no limit.  Return 0, or -1 with errno ENOMEM.  Nothing is
   allocated afterwards.  */
int limits_init (struct limits *limits, size_t per_uid, struct rate rate,
                 struct rate rate_per_uid);

/* Return true if a user who has COUNT connections has reached the limit.  */
bool limits_is_full (struct limits const *limits, size_t count);

/* Return true if there is a rate, so that limits_take uses NOW.  */
bool limits_has_rate (struct limits const *limits);

/* Count one more client at NOW.  UID is its user if KNOWN.  If that would
   exceed the user's rate, return false and count nothing.  */
bool limits_take (struct limits *limits, bool known, uid_t uid, int64_t now);

/* Return how many nanoseconds after NOW the next connection may be
   accepted.  */
int64_t limits_left (struct limits const *limits, int64_t now);

#endif /* LIMITS_H */
