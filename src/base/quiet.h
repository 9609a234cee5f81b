/* quiet.h -- to close a descriptor while an error is on its way.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */


#ifndef QUIET_H
#define QUIET_H

#include <errno.h>
#include <unistd.h>

/* Close FD, unless it is negative, preserving errno.  */
static inline void
close_quietly (int fd)
{
  int saved_errno = errno;
  if (0 <= fd)
    close (fd);
  errno = saved_errno;
}

#endif /* QUIET_H */
