/* backoff.c -- unit test of src/serve/backoff.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/backoff.h"

#include "unit.h"

static void
test_waits (void)
{
  static int const waits[] = { 100, 200, 400, 800, 1000, 1000, 1000 };
  struct backoff b = { .wait = 0 };
  long long int now = 1;

  unit_check (backoff_left (&b, now) == 0);
  for (size_t i = 0; i < sizeof waits / sizeof *waits; i++)
    {
      backoff_fail (&b, now);
      unit_check (backoff_left (&b, now) == waits[i]);
      unit_check (backoff_left (&b, now + waits[i] - 1) == 1);
      unit_check (backoff_left (&b, now + waits[i]) == 0);
      unit_check (backoff_left (&b, now + 1000000) == 0);
      now += waits[i];
    }
  unit_promise ("waits double from 100 ms to 1 s");

  backoff_retry_now (&b);
  unit_check (backoff_left (&b, now) == 0);
  backoff_fail (&b, now);
  unit_check (backoff_left (&b, now) == 1000);
  unit_promise ("a retry ends a wait, and does not shorten the next one");

  backoff_succeed (&b);
  unit_check (backoff_left (&b, now) == 0);
  backoff_fail (&b, now);
  unit_check (backoff_left (&b, now) == 100);
  unit_promise ("after a success the next wait is as short as the first");

  unit_check (! backoff_is_long (&b, now + 1999));
  unit_check (backoff_is_long (&b, now + 2000));
  for (int i = 0; i < 20; i++)
    {
      backoff_retry_now (&b);
      backoff_fail (&b, now + 1);
    }
  unit_check (! backoff_is_long (&b, now + 1999));
  unit_check (backoff_is_long (&b, now + 2000));
  backoff_succeed (&b);
  unit_check (! backoff_is_long (&b, now + 2000));
  unit_promise ("a shortage is long because of its time, not its number of"
                " failures");
}

static void
test_complaints (void)
{
  struct warning c = { .warned = 0 };
  unsigned long int suppressed = 99;
  unsigned long int failures = 0;
  unsigned long int told = 0;
  unsigned long int complaints = 0;

  unit_check (warning_is_due (&c, 0, &suppressed) && suppressed == 0);
  unit_check (! warning_is_due (&c, 4999, &suppressed));
  unit_check (warning_is_due (&c, 5000, &suppressed) && suppressed == 1);
  unit_check (! warning_is_due (&c, 5001, &suppressed));
  unit_check (! warning_is_due (&c, 9999, &suppressed));
  unit_check (warning_is_due (&c, 20000, &suppressed) && suppressed == 2);
  unit_promise ("warnings are 5 s apart and count the failures between them");

  c = (struct warning) { .warned = 0 };
  for (long long int now = 0; now < 60000; now += 7)
    {
      failures++;
      if (warning_is_due (&c, now, &suppressed))
        {
          complaints++;
          told += 1 + suppressed;
        }
    }
  unit_check (complaints == 12);
  unit_check (told + c.suppressed == failures);
  unit_promise ("a permanent failure is logged every 5 s at most, and each"
                " failure is counted");
}

int
main (void)
{
  test_waits ();
  test_complaints ();
  puts ("END");
  return 0;
}
