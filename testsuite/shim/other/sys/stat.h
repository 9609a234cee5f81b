/* stat.h -- for a system without /proc/self/fd.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Not compared: this depends on the kernel, not on a header.  */

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
