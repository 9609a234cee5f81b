/* retry.c -- pause after a failure, and warn about it at a limited rate.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/retry.h"

#include <stdio.h>

#include "base/log.h"

void
retry_later (struct backoff *backoff, struct warning *warning, int errnum,
             char const *step, char const *object, long long int now)
{
  unsigned long int suppressed;
  char more[80] = "";

  backoff_fail (backoff, now);
  if (! warning_is_due (warning, now, &suppressed))
    return;
  if (suppressed)
    snprintf (more, sizeof more,
              " (%lu times more since the last warning)", suppressed);
  log_warn (errnum, "unable to %s%s, waiting%s", step, object, more);
}
