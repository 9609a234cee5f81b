/* drain.c -- how far an orderly stop has come.
   This file makes no system call.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/drain.h"

#include <limits.h>

bool
drain_has_begun (struct drain const *drain)
{
  return drain->state != DRAIN_NOT_BEGUN;
}

void
drain_begin (struct drain *drain, int seconds, long long int now)
{
  if (drain_has_begun (drain))
    return;
  drain->state = seconds < 0 ? DRAIN_FOREVER : DRAIN_TIMED;
  drain->due = now + seconds * 1000LL;
}

int
drain_left (struct drain const *drain, long long int now)
{
  if (drain->state == DRAIN_NOT_BEGUN || drain->state == DRAIN_FOREVER
      || drain->state == DRAIN_GIVEN_UP)
    return -1;
  long long int left = drain->due - now;
  return left < 0 ? 0 : left < INT_MAX ? left : INT_MAX;
}

enum drain_step
drain_next (struct drain *drain, long long int now)
{
  if (drain_left (drain, now) != 0)
    return DRAIN_WAIT;
  if (drain->state == DRAIN_TIMED)
    {
      drain->state = DRAIN_SENT_TERM;
      return DRAIN_TERM;
    }
  if (drain->state == DRAIN_SENT_TERM)
    {
      drain->state = DRAIN_SENT_KILL;
      return DRAIN_KILL;
    }
  drain->state = DRAIN_GIVEN_UP;
  return DRAIN_GIVE_UP;
}

void
drain_step_done (struct drain *drain, long long int now)
{
  drain->due = now + DRAIN_GRACE;
}
