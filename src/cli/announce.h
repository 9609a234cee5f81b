/* announce.h -- printing the path when clients can connect.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef ANNOUNCE_H
#define ANNOUNCE_H

#include "base/system.h"

/* Exit if standard output is not open for writing.  Call this before the
   socket is made, so that there is nothing to undo.  */
void announce_check (void);

/* Print the LEN bytes of PATH and a newline to standard output, because
   clients can connect now.  Signals must be set up as signals.h says.  STOPS
   are the signals that stop the server, a list that ends with 0.  Return 0, or
   -1 with errno set: EINTR if a signal of STOPS comes before the line can be
   written.  */
int announce_path (char const *path, size_t len, int const *stops);

#endif /* ANNOUNCE_H */
