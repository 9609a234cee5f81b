/* shortage.h -- which failures pass by themselves.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */


#ifndef SHORTAGE_H
#define SHORTAGE_H

#include "base/system.h"

/* Whether ERRNUM says that something is lacking for the moment.  Inline, as a
   child that shares our memory may not call functions.  */
static inline bool __attribute__ ((__always_inline__))
is_shortage (int errnum)
{
  return (errnum == EMFILE || errnum == ENFILE || errnum == ENOBUFS
          || errnum == ENOMEM || errnum == EAGAIN
#ifdef ENOSR
          || errnum == ENOSR
#endif
          );
}

#endif /* SHORTAGE_H */
