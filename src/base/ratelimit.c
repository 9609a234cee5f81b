/* ratelimit.c -- limit how often an event may happen.
   This file makes no system call.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Only one time is stored for each user: when the user's whole budget will be
   available again.  Each event postpones this time by SECONDS / COUNT; if the
   time lies in the past, it is first set to the present.  An event is refused
   if it would postpone the time to more than SECONDS from now.

   In the table, the uid selects a row, and the user's time is in one of the
   WAYS slots of the row.  A slot whose time has passed is free.  Uids are
   hashed by a multiplication, as in conntable.  A client that can use more
   than WAYS uids of one row can exceed the limit, but other users are not
   refused because of that: see ratetable_take.  */

#include <config.h>

#include "base/ratelimit.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"

enum
{
  ROW_BITS = 10,
  ROWS = 1 << ROW_BITS,
  WAYS = 8
};

struct user
{
  uid_t uid;
  struct ratelimit limit;
};

struct ratetable
{
  struct rate rate;
  struct user users[ROWS][WAYS];
};

#define SECOND INT64_C (1000000000)

/* Return by how much one event postpones the time.  Round up, so that the rate
   is never exceeded.  */
static int64_t
interval (struct rate const *rate)
{
  return (rate->seconds * SECOND + rate->count - 1) / rate->count;
}

int
ratelimit_parse (char const *text, struct rate *rate)
{
  /* Room for any two numbers in range.  */
  char copy[64];
  uintmax_t count, seconds;

  if (sizeof copy <= strlen (text))
    return errno = EINVAL, -1;
  strcpy (copy, text);
  char *slash = strchr (copy, '/');
  if (! slash)
    return errno = EINVAL, -1;
  *slash = '\0';
  if (number_parse (copy, 10, RATELIMIT_COUNT_MAX, &count) != 0
      || number_parse (slash + 1, 10, RATELIMIT_SECONDS_MAX, &seconds) != 0)
    return -1;
  if (count == 0 || seconds == 0)
    return errno = ERANGE, -1;
  rate->count = count;
  rate->seconds = seconds;
  return 0;
}

int64_t
ratelimit_left (struct ratelimit const *limit, struct rate const *rate,
                int64_t now)
{
  if (rate->count == 0)
    return 0;
  int64_t early = limit->full - interval (rate) * (rate->count - 1) - now;
  return early < 0 ? 0 : early;
}

void
ratelimit_note (struct ratelimit *limit, struct rate const *rate, int64_t now)
{
  if (rate->count != 0)
    limit->full = (limit->full < now ? now : limit->full) + interval (rate);
}

struct ratetable *
ratetable_new (struct rate const *rate)
{
  struct ratetable *table = calloc (1, sizeof *table);
  if (table)
    table->rate = *rate;
  return table;
}

bool
ratetable_take (struct ratetable *table, uid_t uid, int64_t now)
{
  uint64_t scattered = (uint64_t) uid * UINT64_C (0x9e3779b97f4a7c15);
  struct user *row = table->users[scattered >> (64 - ROW_BITS)];
  struct user *mine = row;

  for (int i = 0; i < WAYS; i++)
    if (row[i].limit.full != 0 && row[i].uid == uid)
      {
        mine = &row[i];
        break;
      }
    else if (row[i].limit.full < mine->limit.full)
      mine = &row[i];

  if (mine->uid != uid)
    *mine = (struct user) { .uid = uid };
  if (0 < ratelimit_left (&mine->limit, &table->rate, now))
    return false;
  ratelimit_note (&mine->limit, &table->rate, now);
  return true;
}
