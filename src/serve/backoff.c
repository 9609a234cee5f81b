/* backoff.c -- how long to wait before a failed operation is tried
   again.
   This file makes no system call.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/backoff.h"

void
backoff_fail (struct backoff *backoff, long long int now)
{
  if (backoff->wait == 0)
    backoff->since = now;
  backoff->wait = (backoff->wait == 0 ? BACKOFF_FIRST
                   : backoff->wait < BACKOFF_LAST / 2 ? 2 * backoff->wait
                   : BACKOFF_LAST);
  backoff->waits = true;
  backoff->until = now + backoff->wait;
}

void
backoff_succeed (struct backoff *backoff)
{
  backoff->wait = 0;
  backoff->waits = false;
}

void
backoff_retry_now (struct backoff *backoff)
{
  backoff->waits = false;
}

int
backoff_left (struct backoff const *backoff, long long int now)
{
  if (! backoff->waits || backoff->until <= now)
    return 0;
  return backoff->until - now;
}

bool
backoff_is_long (struct backoff const *backoff, long long int now)
{
  return backoff->wait != 0 && BACKOFF_LONG <= now - backoff->since;
}

bool
warning_is_due (struct warning *warning, long long int now,
                unsigned long int *suppressed)
{
  if (warning->has_warned && now - warning->warned < BACKOFF_WARN)
    {
      warning->suppressed++;
      return false;
    }
  *suppressed = warning->suppressed;
  *warning = (struct warning) { .has_warned = true, .warned = now };
  return true;
}
