/* filtered.h -- which errors a filter of system calls gives.
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
