/* fatal-signal.h -- is a signal pending that will end this process?

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef FATAL_SIGNAL_H
#define FATAL_SIGNAL_H

#include "base/system.h"

#include <signal.h>

/* Return true if a signal is pending that ends the process by its default
   action as soon as MASK becomes the signal mask.  */
bool fatal_signal_pending (sigset_t const *mask);

#endif /* FATAL_SIGNAL_H */
