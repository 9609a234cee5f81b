/* stat.h -- where descriptors are not shown in /proc/self/fd.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

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
