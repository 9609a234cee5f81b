/* signals-method.h -- the interface of a method of receiving signals.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef SIGNALS_METHOD_H
#define SIGNALS_METHOD_H

#include "base/signals.h"

/* The most signals that a caller can receive.  */
enum { SIGNALS_MAX = 16 };

/* A method of receiving signals.  POLL, NEXT and SENDER do what signals_poll,
   signals_next and signals_sender do.  */
struct signals_method
{
  char const *name;
  /* Begin to receive the COUNT signals of WANTED, at most SIGNALS_MAX, which
     are blocked and have the default action.  Return 0, or -1 with errno
     set.  */
  int (*init) (int const *wanted, size_t count);
  int (*poll) (struct pollfd *fds, nfds_t count, int timeout);
  int (*next) (void);
  pid_t (*sender) (void);
};

/* signals_selfpipe needs only POSIX, so every system has it.  */
extern struct signals_method const signals_signalfd, signals_kqueue,
  signals_selfpipe;

#endif /* SIGNALS_METHOD_H */
