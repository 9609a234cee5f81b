/* fdpath.h -- names of descriptors, where the system shows them as files.

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
