/* fdpath.h -- names of descriptors, where the system shows them as files.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */


#ifndef FDPATH_H
#define FDPATH_H

#include <stdio.h>

#include "intprops.h"

#define FD_PATH "/proc/self/fd/"
enum { FD_PATH_SIZE = sizeof FD_PATH + INT_STRLEN_BOUND (int) };

/* Store in PATH the name of the descriptor FD.  */
static inline void
fdpath_name (char path[FD_PATH_SIZE], int fd)
{
  snprintf (path, FD_PATH_SIZE, FD_PATH "%d", fd);
}

#endif /* FDPATH_H */
