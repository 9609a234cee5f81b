/* filtered.h -- which errors a filter of system calls gives.
   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef FILTERED_H
#define FILTERED_H

#include <errno.h>
#include <stdbool.h>

/* Return true if ERRNUM, of a system call, may say that the kernel does not
   have it, or that a filter, such as one of seccomp, does not let this process
   make it.  */
static inline bool
is_filtered (int errnum)
{
  return errnum == ENOSYS || errnum == EPERM;
}

#endif /* FILTERED_H */
