/* retry.h -- pause after a failure, with a warning now and then.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef RETRY_H
#define RETRY_H

#include "serve/backoff.h"

/* Note at NOW, in milliseconds, that ERRNUM kept us from doing what STEP and
   OBJECT say: begin a pause of BACKOFF, and log a warning unless COMPLAINT
   says that the last one is too recent.  Sockets that pause each for itself
   can share one COMPLAINT.  */
void retry_later (struct backoff *backoff, struct complaint *complaint,
                  int errnum, char const *step, char const *object,
                  long long int now);

#endif /* RETRY_H */
