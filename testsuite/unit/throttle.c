/* throttle.c -- unit test of src/serve/throttle.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */


#include <config.h>

#include "serve/throttle.h"

#include "unit.h"

enum { SPAN = THROTTLE_SPAN };

/* Return whether throttle_next, at NOW, reports the event KIND of UID, with
   MORE events within MS milliseconds.  */
static bool
next_is (struct throttle *t, long long int now, bool all, int kind, uid_t uid,
         unsigned long int more, long long int ms)
{
  struct subject s;
  return (throttle_next (t, now, all, &s) && s.event.kind == kind
          && s.event.uid == uid && s.more == more && s.since == ms);
}

/* Return whether throttle_next has nothing to report at NOW.  */
static bool
has_none (struct throttle *t, long long int now)
{
  struct subject s;
  return ! throttle_next (t, now, false, &s);
}

static void
test_one (void)
{
  static struct throttle t;
  struct event e = { .kind = 3, .known = true, .uid = 1000, .gid = 1 };
  long long int now = 100000;

  unit_check (throttle_left (&t, now) == -1 && has_none (&t, now));
  unit_check (throttle_note (&t, &e, now));
  unit_check (throttle_left (&t, now) == -1 && has_none (&t, now + SPAN));
  unit_promise ("the first event is logged at once");

  e.gid = 2;
  e.count = 7;
  unit_check (! throttle_note (&t, &e, now + 1000));
  unit_check (! throttle_note (&t, &e, now + 2000));
  unit_check (throttle_left (&t, now + 2000) == SPAN - 2000);
  unit_check (has_none (&t, now + SPAN - 1));
  unit_check (throttle_left (&t, now + SPAN) == 0);
  struct subject s;
  unit_check (throttle_next (&t, now + SPAN, false, &s)
              && s.event.kind == 3 && s.event.known && s.event.uid == 1000
              && s.event.gid == 2 && s.event.count == 7 && s.more == 2
              && s.since == SPAN);
  unit_check (has_none (&t, now + SPAN)
              && throttle_left (&t, now + SPAN) == -1);
  unit_promise ("further events of the same kind are counted, and logged"
                " after their time");

  now += SPAN;
  unit_check (! throttle_note (&t, &e, now + SPAN - 1));
  unit_check (throttle_left (&t, now + SPAN - 1) == 1);
  /* The caller may be late.  */
  unit_check (! throttle_note (&t, &e, now + SPAN + 10));
  unit_check (next_is (&t, now + SPAN + 20, false, 3, 1000, 2, SPAN + 20));
  now += SPAN + 20;
  unit_check (throttle_note (&t, &e, now + SPAN));
  unit_promise ("after a time without events the next event is logged at"
                " once");

  now += SPAN;
  unit_check (! throttle_note (&t, &e, now + 1));
  unit_check (next_is (&t, now + 3, true, 3, 1000, 1, 3));
  unit_check (has_none (&t, now + 3) && throttle_left (&t, now + 3) == -1);
  unit_promise ("the count is available at any time");
}

static void
test_alike (void)
{
  static struct throttle t;
  struct event e = { .kind = 1, .known = true, .uid = 5, .errnum = 2 };

  unit_check (throttle_note (&t, &e, 0) && ! throttle_note (&t, &e, 0));
  e.kind = 2;
  unit_check (throttle_note (&t, &e, 0) && ! throttle_note (&t, &e, 0));
  e.uid = 6;
  unit_check (throttle_note (&t, &e, 0) && ! throttle_note (&t, &e, 0));
  e.errnum = 3;
  unit_check (throttle_note (&t, &e, 0) && ! throttle_note (&t, &e, 0));
  e.known = false;
  unit_check (throttle_note (&t, &e, 0) && ! throttle_note (&t, &e, 0));
  e.uid = 7;
  unit_check (! throttle_note (&t, &e, 0));
  unit_promise ("events of another user, kind or error are counted"
                " separately");
}

static void
test_order (void)
{
  static struct throttle t;
  struct event e = { .kind = 1, .known = true, .uid = 1 };

  unit_check (throttle_note (&t, &e, 0));
  e.uid = 2;
  unit_check (throttle_note (&t, &e, 100) && ! throttle_note (&t, &e, 200));
  e.uid = 1;
  unit_check (! throttle_note (&t, &e, 300));
  unit_check (throttle_left (&t, 300) == SPAN - 300);
  unit_check (next_is (&t, SPAN, false, 1, 1, 1, SPAN));
  unit_promise ("the count that is due first is logged first");
}

static void
test_rest (void)
{
  static struct throttle t;
  struct event e = { .kind = 1, .known = true };
  struct subject s;

  for (e.uid = 0; e.uid < THROTTLE_SUBJECTS; e.uid++)
    unit_check (throttle_note (&t, &e, 0));
  unit_check (! throttle_note (&t, &e, 100));
  e.uid = 0;
  unit_check (! throttle_note (&t, &e, 200));
  unit_check (next_is (&t, SPAN, false, 1, 0, 1, SPAN));
  unit_check (has_none (&t, SPAN) && throttle_left (&t, SPAN) == 100);
  unit_check (throttle_next (&t, SPAN + 100, false, &s)
              && s.event.kind == THROTTLE_OTHERS && s.more == 1
              && s.since == SPAN);
  unit_promise ("events for which there is no room are logged when their time"
                " is over, and the server can wait for that");
}

/* Let USERS users come VISITS times each, in each of 10 intervals of SPAN.
   Check that every event is counted in a message.  Return the greatest number
   of messages in one interval.  */
static size_t
test_users (uid_t users, int visits)
{
  static struct throttle t;
  size_t most = 0;
  unsigned long int events = 0, told = 0;
  long long int now = 1;

  t = (struct throttle) { .used = 0 };
  for (int i = 0; i < 10; i++, now += SPAN)
    {
      size_t messages = 0;
      struct subject s;
      while (throttle_next (&t, now, i == 9, &s))
        {
          messages++;
          told += s.more;
        }
      for (int visit = 0; visit < visits; visit++)
        for (uid_t uid = 0; uid < users; uid++)
          {
            struct event e = { .kind = 1, .known = true, .uid = uid };
            bool is_logged = throttle_note (&t, &e, now);
            events++;
            messages += is_logged;
            told += is_logged;
          }
      most = most < messages ? messages : most;
    }
  struct subject s;
  while (throttle_next (&t, now, true, &s))
    told += s.more;
  unit_check (events == told);
  return most;
}

static void
test_many (void)
{
  unit_check (test_users (1, 100000) == 1);
  unit_promise ("very many events of one user make one message in each"
                " interval");
  unit_check (test_users (THROTTLE_SUBJECTS, 10) == THROTTLE_SUBJECTS);
  unit_check (test_users (16 * THROTTLE_SUBJECTS, 1) <= THROTTLE_SUBJECTS + 1);
  unit_check (test_users (16 * THROTTLE_SUBJECTS, 2) <= THROTTLE_SUBJECTS + 1);
  unit_promise ("events of very many users make no more messages than the"
                " table has entries, and all are counted");
}

int
main (void)
{
  test_one ();
  test_alike ();
  test_order ();
  test_rest ();
  test_many ();
  puts ("END");
  return 0;
}
