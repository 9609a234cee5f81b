/* limits.h -- whether a client may have one more connection now.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef LIMITS_H
#define LIMITS_H

#include "base/ratelimit.h"

/* The limits and what has been counted for them.  Only a client that passes
   all of them counts for any: one that is turned away takes nothing from
   others, nor from its own user.  Times are in nanoseconds, as in
   ratelimit.h.  */
struct limits
{
  /* At most this many connections of a user at a time.  */
  size_t per_uid;
  /* No more often than this are connections accepted.  */
  struct rate rate;
  struct ratelimit accepted;
  /* Which users have come too often of late; null if there is no limit.  */
  struct ratetable *users;
};

/* Set up *LIMITS: PER_UID connections of a user at a time, RATE for all
   together, and RATE_PER_UID for each user.  A count of 0 in a rate: there is
   no limit.  Return 0, or -1 with errno ENOMEM.  Nothing is allocated
   afterwards.  */
int limits_init (struct limits *limits, size_t per_uid, struct rate rate,
                 struct rate rate_per_uid);

/* Whether a user who has COUNT connections may not have one more.  */
bool limits_is_full (struct limits const *limits, size_t count);

/* Whether any limit depends on the time, so that limits_take needs it.  */
bool limits_has_rate (struct limits const *limits);

/* Count one more client at NOW; UID is its user, if that is KNOWN.  Return
   false, and count nothing, if this user comes too often.  */
bool limits_take (struct limits *limits, bool known, uid_t uid, int64_t now);

/* How many nanoseconds after NOW the next connection may be accepted.  */
int64_t limits_left (struct limits const *limits, int64_t now);

#endif /* LIMITS_H */
