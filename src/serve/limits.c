/* limits.c -- may a user have one more connection now?
   This file makes no system call.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/limits.h"

int
limits_init (struct limits *limits, size_t per_uid, struct rate rate,
             struct rate rate_per_uid)
{
  *limits = (struct limits) { .per_uid = per_uid, .rate = rate };
  if (rate_per_uid.count == 0)
    return 0;
  limits->users = ratetable_new (&rate_per_uid);
  return limits->users ? 0 : -1;
}

bool
limits_is_full (struct limits const *limits, size_t count)
{
  return limits->per_uid <= count;
}

bool
limits_has_rate (struct limits const *limits)
{
  return limits->rate.count != 0 || limits->users;
}

bool
limits_take (struct limits *limits, bool known, uid_t uid, int64_t now)
{
  if (known && limits->users && ! ratetable_take (limits->users, uid, now))
    return false;
  if (limits->rate.count != 0)
    ratelimit_note (&limits->accepted, &limits->rate, now);
  return true;
}

int64_t
limits_left (struct limits const *limits, int64_t now)
{
  return ratelimit_left (&limits->accepted, &limits->rate, now);
}
