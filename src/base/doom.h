/* doom.h -- whether a signal is about to end the process.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */


#ifndef DOOM_H
#define DOOM_H

#include "base/system.h"

#include <signal.h>

/* Whether a signal has come that will end the process when only those of MASK
   are blocked.  */
bool doom_impends (sigset_t const *mask);

#endif /* DOOM_H */
