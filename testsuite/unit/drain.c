/* drain.c -- unit test of src/serve/drain.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/drain.h"

#include "unit.h"

static void
test_steps (void)
{
  struct drain d = { .due = 0 };

  unit_check (! drain_has_begun (&d));
  unit_check (drain_left (&d, 1000) == -1);
  unit_check (drain_next (&d, 1000) == DRAIN_WAIT);
  unit_promise ("no step is due before the orderly stop begins");

  drain_begin (&d, 2, 1000);
  unit_check (drain_has_begun (&d));
  unit_check (drain_left (&d, 1000) == 2000);
  unit_check (drain_next (&d, 2999) == DRAIN_WAIT);
  unit_check (drain_left (&d, 2999) == 1);
  unit_promise ("SIGTERM is due after the given time");

  drain_begin (&d, 9, 2999);
  unit_check (drain_left (&d, 2999) == 1);
  unit_promise ("a second beginning does not change the time");

  unit_check (drain_left (&d, 3000) == 0);
  unit_check (drain_next (&d, 3000) == DRAIN_TERM);
  drain_step_done (&d, 4000);
  unit_check (drain_next (&d, 8999) == DRAIN_WAIT);
  unit_check (drain_left (&d, 4000) == DRAIN_GRACE);
  unit_promise ("the grace period begins when SIGTERM has been sent");

  unit_check (drain_next (&d, 9000) == DRAIN_KILL);
  drain_step_done (&d, 9000);
  unit_check (drain_next (&d, 13999) == DRAIN_WAIT);
  unit_promise ("SIGKILL is due after the grace period, and is followed by"
                " another");

  unit_check (drain_next (&d, 99000) == DRAIN_GIVE_UP);
  drain_step_done (&d, 99000);
  unit_check (drain_next (&d, 999000) == DRAIN_WAIT);
  unit_check (drain_left (&d, 999000) == -1);
  unit_promise ("giving up is the last step");
}

static void
test_stopped (void)
{
  struct drain d = { .due = 0 };

  drain_begin (&d, 1, 0);
  unit_check (drain_next (&d, 1000000) == DRAIN_TERM);
  drain_step_done (&d, 1000000);
  unit_check (drain_next (&d, 1000001) == DRAIN_WAIT);
  unit_check (drain_left (&d, 1000000) == DRAIN_GRACE);
  unit_promise ("the grace period is not shortened if the server was late");
}

static void
test_without_end (void)
{
  struct drain d = { .due = 0 };

  drain_begin (&d, -1, 5);
  unit_check (drain_has_begun (&d));
  unit_check (drain_left (&d, 1000000000) == -1);
  unit_check (drain_next (&d, 1000000000) == DRAIN_WAIT);
  unit_promise ("without a time no step is ever due");

  d = (struct drain) { .due = 0 };
  drain_begin (&d, 0, 5);
  unit_check (drain_next (&d, 5) == DRAIN_TERM);
  unit_promise ("with a time of 0, SIGTERM is due at once");
}

int
main (void)
{
  test_steps ();
  test_stopped ();
  test_without_end ();
  return unit_end ();
}
