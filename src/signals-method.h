/* signals-method.h -- what every method of receiving signals offers.

   Copyright (C) 2026 The ucspi-local authors

   This program is free software: you can redistribute it and/or modify
   it under the terms of the GNU General Public License as published by
   the Free Software Foundation, either version 3 of the License, or
   (at your option) any later version.

   This program is distributed in the hope that it will be useful,
   but WITHOUT ANY WARRANTY; without even the implied warranty of
   MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
   GNU General Public License for more details.

   You should have received a copy of the GNU General Public License
   along with this program.  If not, see <https://www.gnu.org/licenses/>.  */

#ifndef SIGNALS_METHOD_H
#define SIGNALS_METHOD_H

#include "signals.h"

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
