/* unistd.h -- for a system without /proc/self/fd.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Compared with macOS 26 for SHIM_DARWIN_EXTSN; the rest depends on the
   kernel, not on a header.  */

#pragma GCC system_header

#include_next <unistd.h>

#ifndef SHIM_OTHER_UNISTD_H
#define SHIM_OTHER_UNISTD_H

#include <errno.h>

static inline int
shim_access (char const *file, int mode)
{
  if (__builtin_strncmp (file, "/proc/self/fd/", 14) == 0)
    return errno = ENOENT, -1;
  return access (file, mode);
}
#define access shim_access

#ifdef SHIM_DARWIN_EXTSN
/* As on macOS with _DARWIN_C_SOURCE (SDK 26.1), getgroups does not return the
   groups that were set with setgroups.  The other variant is in shim.c.  */
# define __DARWIN_EXTSN(symbol) #symbol "$DARWIN_EXTSN"
static inline int
shim_getgroups (int size, gid_t *list)
{
  static gid_t const account[] = { 20, 12, 61, 79 };
  int n = sizeof account / sizeof *account;
  for (int i = 0; i < n && i < size; i++)
    list[i] = account[i];
  return n;
}
# define getgroups shim_getgroups
/* vfork is deprecated there and works like fork.  */
pid_t vfork (void) __attribute__ ((__deprecated__));
#endif

#endif /* SHIM_OTHER_UNISTD_H */
