/* backoff.c -- how long to wait while something is short.

   Copyright (C) 2026 The ucspi-local authors

   This program is free software: you can redistribute it and/or modify
   it under the terms of the GNU General Public License as published by
   the Free Software Foundation, either version 3 of the License, or
   (at your option) any later version.

   This program is distributed in the hope that it will be useful,
   but WITHOUT ANY WARRANTY; without even the implied warranty of
   MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
   GNU General Public License for more details.

   You should have received a copy of the GNU General Public License
   along with this program.  If not, see <https://www.gnu.org/licenses/>.  */

#include <config.h>

#include "backoff.h"

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
backoff_hope (struct backoff *backoff)
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
complaint_is_due (struct complaint *complaint, long long int now,
                  unsigned long int *unsaid)
{
  if (complaint->has_said && now - complaint->said < BACKOFF_COMPLAIN)
    {
      complaint->unsaid++;
      return false;
    }
  *unsaid = complaint->unsaid;
  *complaint = (struct complaint) { .has_said = true, .said = now };
  return true;
}
