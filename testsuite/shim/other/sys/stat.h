/* stat.h -- where descriptors are not shown in /proc/self/fd.

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

/* Not compared: this is of kernels, not of headers.  */

#pragma GCC system_header

#include_next <sys/stat.h>

#ifndef SHIM_OTHER_SYS_STAT_H
#define SHIM_OTHER_SYS_STAT_H

#include <errno.h>

static inline int
shim_chmod (char const *file, mode_t mode)
{
  if (__builtin_strncmp (file, "/proc/self/fd/", 14) == 0)
    return errno = ENOENT, -1;
  return chmod (file, mode);
}
#define chmod shim_chmod

#endif /* SHIM_OTHER_SYS_STAT_H */
