/* ratelimit.c -- unit test of src/base/ratelimit.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "base/ratelimit.h"

#include <errno.h>

#include "unit.h"

#define MS INT64_C (1000000)
#define S (1000 * MS)

/* Return whether TEXT is refused with ERRNUM and nothing is stored.  */
static bool
is_refused (char const *text, int errnum)
{
  struct rate rate = { 7, 7 };
  errno = 0;
  return (ratelimit_parse (text, &rate) == -1 && errno == errnum
          && rate.count == 7 && rate.seconds == 7);
}

static void
test_parse (void)
{
  struct rate rate;
  unit_check (ratelimit_parse ("3/60", &rate) == 0
              && rate.count == 3 && rate.seconds == 60);
  unit_check (ratelimit_parse ("1000000/1", &rate) == 0
              && rate.count == 1000000 && rate.seconds == 1);
  unit_check (ratelimit_parse ("010/08", &rate) == 0
              && rate.count == 10 && rate.seconds == 8);
  unit_promise ("COUNT/SECONDS is two decimal numbers");

  static char const *const bad[] =
    {
      "", "/", "1", "1/", "/1", "1/1/1", " 1/1", "1 /1", "1/ 1", "1/1 ",
      "-1/1", "1/-1", "+1/1", "1.5/1", "0x1/1", "1/1s", "a/b",
      "1/1000000000000000000000000000000000000000000000000000000000000000"
    };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    unit_check (is_refused (bad[i], EINVAL));
  unit_promise ("a text that is not COUNT/SECONDS is refused");

  static char const *const beyond[] =
    {
      "0/1", "1/0", "1000001/1", "1/1000001", "4294967297/1",
      "1/18446744073709551617"
    };
  for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++)
    unit_check (is_refused (beyond[i], ERANGE));
  unit_promise ("numbers out of range are refused");
}

/* Try an event every STEP between FIRST and LAST.  Return how many were let
   through.  */
static int
let_through (struct ratelimit *limit, struct rate const *rate, int64_t first,
             int64_t last, int64_t step)
{
  int n = 0;
  for (int64_t now = first; now < last; now += step)
    if (ratelimit_left (limit, rate, now) == 0)
      {
        ratelimit_note (limit, rate, now);
        n++;
      }
  return n;
}

static void
test_one (void)
{
  struct rate rate = { .count = 5, .seconds = 10 };
  struct ratelimit limit = { 0 };
  int64_t now = 1000 * S;

  unit_check (let_through (&limit, &rate, now, now + 1 * S, 10 * MS) == 5);
  unit_promise ("COUNT events may come at once");
  unit_check (ratelimit_left (&limit, &rate, now + 1 * S) == 1 * S);
  unit_check (ratelimit_left (&limit, &rate, now + 2 * S) == 0);
  unit_promise ("the time until the next event is right");
  unit_check (let_through (&limit, &rate, now + 1 * S, now + 101 * S, 10 * MS)
              == 50);
  unit_promise ("after that, one event is allowed every SECONDS / COUNT");
  now += 200 * S;
  unit_check (let_through (&limit, &rate, now, now + S, 10 * MS) == 5);
  unit_promise ("after a pause COUNT events may come at once, and not more");

  struct rate none = { 0, 0 };
  struct ratelimit free_of = { 0 };
  unit_check (let_through (&free_of, &none, 0, 1000, 1) == 1000);
  unit_promise ("a COUNT of 0 is no limit");

  struct rate extreme = { RATELIMIT_COUNT_MAX, RATELIMIT_SECONDS_MAX };
  struct ratelimit e = { 0 };
  now = RATELIMIT_TIME_MAX;
  unit_check (let_through (&e, &extreme, now, now + 2 * extreme.count, 1)
              == RATELIMIT_COUNT_MAX);
  unit_check (ratelimit_left (&e, &extreme, now) <= 2 * S);
  unit_promise ("the greatest numbers and times give the right result");

  /* An event takes a little more than 1000 nanoseconds.  */
  struct rate odd = { 999999, 1 };
  struct ratelimit o = { 0 };
  unit_check (let_through (&o, &odd, S, 3 * S, 500) <= 3 * 999999);
  unit_promise ("rounding does not allow more events than the rate");
}

static void
test_table (void)
{
  struct rate rate = { .count = 2, .seconds = 60 };
  struct ratetable *table = ratetable_new (&rate);
  int64_t now = 5 * S;

  for (uid_t uid = 0; uid < 100; uid++)
    unit_check (ratetable_take (table, uid, now)
                && ratetable_take (table, uid, now)
                && ! ratetable_take (table, uid, now)
                && ! ratetable_take (table, uid, now + 29 * S));
  unit_promise ("each user has a separate limit");
  for (uid_t uid = 0; uid < 100; uid++)
    unit_check (ratetable_take (table, uid, now + 30 * S)
                && ! ratetable_take (table, uid, now + 31 * S));
  unit_promise ("an event that was denied does not count");

  /* When the table is full, users who came rarely are dropped, but not those
     who have used up their limit.  */
  now = 1000 * S;
  unit_check (ratetable_take (table, 4242, now)
              && ratetable_take (table, 4242, now));
  int taken = 0;
  for (uid_t uid = 5000; uid < 1005000; uid++)
    {
      taken += ratetable_take (table, uid, now);
      if (uid % 1000 == 0)
        unit_check (! ratetable_take (table, 4242, now));
    }
  unit_check (taken == 1000000);
  unit_promise ("a million users need no more memory, and do not affect a"
                " user at the limit");
  free (table);
}

int
main (void)
{
  test_parse ();
  test_one ();
  test_table ();
  puts ("END");
  return 0;
}
