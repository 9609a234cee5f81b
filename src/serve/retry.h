/* retry.h -- pause after a failure, and warn about it at a limited rate.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef RETRY_H
#define RETRY_H

#include "serve/backoff.h"

/* STEP with OBJECT has failed with ERRNUM at NOW, a time in milliseconds.
   Begin the next wait of BACKOFF, and log a warning unless WARNING says that
   the last one is too recent.  Several sockets, each with its own BACKOFF, can
   share one WARNING.  */
void retry_later (struct backoff *backoff, struct warning *warning,
                  int errnum, char const *step, char const *object,
                  long long int now);

#endif /* RETRY_H */
