/* signals-method.h -- what every method of receiving signals offers.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef SIGNALS_METHOD_H
#define SIGNALS_METHOD_H

#include "base/signals.h"

/* More signals than any caller wants.  */
enum { SIGNALS_MAX = 16 };

/* The functions do what those of signals.h do whose names they have.  */
struct signals_method
{
  char const *name;
  /* Receive the COUNT signals of WANTED, which are blocked, have the default
     disposition, and are no more than SIGNALS_MAX.  Return 0, or -1 with errno
     set.  */
  int (*init) (int const *wanted, size_t count);
  int (*poll) (struct pollfd *fds, nfds_t count, int timeout);
  int (*next) (void);
  pid_t (*sender) (void);
};

/* The last needs POSIX alone, and is there on every system.  */
extern struct signals_method const signals_signalfd, signals_kqueue,
  signals_selfpipe;

#endif /* SIGNALS_METHOD_H */
