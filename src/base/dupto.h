/* dupto.h -- give a descriptor another number.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef DUPTO_H
#define DUPTO_H

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/filtered.h"

/* Make TO another descriptor of what FD is, in place of what TO was.  Return
   TO, or -1 with errno set.  A filter may refuse dup2, which some processors
   make of dup3.  Inline, as a child that shares our memory uses it.  */
static inline int
dup_to (int fd, int to)
{
  int result = dup2 (fd, to);
  if (0 <= result || ! is_filtered (errno))
    return result;
  close (to);
  result = fcntl (fd, F_DUPFD, to);
  if (0 <= result && result != to)
    {
      close (result);
      return errno = EBUSY, -1;
    }
  return result;
}

#endif /* DUPTO_H */
