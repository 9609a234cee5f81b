/* limits.c -- unit test of src/serve/limits.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/limits.h"

#include "unit.h"

#define SECOND INT64_C (1000000000)

static struct rate const none;

static void
test_count (void)
{
  struct limits l;

  unit_check (limits_init (&l, 2, none, none) == 0);
  unit_check (! limits_is_full (&l, 0));
  unit_check (! limits_is_full (&l, 1));
  unit_check (limits_is_full (&l, 2));
  unit_check (limits_is_full (&l, 3));
  unit_promise ("a user has as many connections as the limit, and no more");

  unit_check (! limits_has_rate (&l));
  for (int i = 0; i < 100; i++)
    unit_check (limits_take (&l, true, 7, 0));
  unit_check (limits_left (&l, 0) == 0);
  unit_promise ("without a rate, the time has no effect");
}

static void
test_rate (void)
{
  struct limits l;
  struct rate two = { .count = 2, .seconds = 1 };

  unit_check (limits_init (&l, 9, two, none) == 0);
  unit_check (limits_has_rate (&l));
  unit_check (limits_left (&l, 0) == 0);
  unit_check (limits_take (&l, true, 7, 0));
  unit_check (limits_left (&l, 0) == 0);
  unit_check (limits_take (&l, false, 0, 0));
  unit_check (limits_left (&l, 0) == SECOND / 2);
  unit_check (limits_left (&l, SECOND / 2) == 0);
  unit_promise ("every client counts for the rate of all clients");
}

static void
test_user_rate (void)
{
  struct limits l;
  struct rate many = { .count = 100, .seconds = 100 };
  struct rate one = { .count = 1, .seconds = 10 };

  unit_check (limits_init (&l, 9, many, one) == 0);
  unit_check (limits_has_rate (&l));
  unit_check (limits_take (&l, true, 7, 0));
  unit_check (! limits_take (&l, true, 7, 9 * SECOND));
  unit_check (limits_take (&l, true, 8, 9 * SECOND));
  unit_check (limits_take (&l, true, 7, 10 * SECOND));
  unit_promise ("a user that connects too often is denied, and another one"
                " is not");

  unit_check (limits_take (&l, false, 7, 10 * SECOND));
  unit_check (limits_take (&l, false, 7, 10 * SECOND));
  unit_promise ("the rate of a user does not apply to a client without"
                " credentials");

  /* Five clients were admitted, so 95 are left.  */
  for (int i = 0; i < 1000; i++)
    unit_check (! limits_take (&l, true, 7, 10 * SECOND));
  for (int i = 0; i < 95; i++)
    {
      unit_check (limits_left (&l, 10 * SECOND) == 0);
      unit_check (limits_take (&l, false, 0, 10 * SECOND));
    }
  unit_promise ("a client that is denied does not count for the rate of all"
                " clients");
}

int
main (void)
{
  test_count ();
  test_rate ();
  test_user_rate ();
  return unit_end ();
}
