/* getgroups.h -- the supplementary groups of this process.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef GETGROUPS_H
#define GETGROUPS_H

#include <sys/types.h>
#include <unistd.h>

/* Return the supplementary groups of this process, as getgroups does in POSIX.
   macOS has two functions of this name.  With _DARWIN_C_SOURCE, which config.h
   defines for other reasons, <unistd.h> declares the one that returns the
   groups of the process's account and does not notice setgroups (getgroups(2),
   Darwin).  */
#if HAVE_PROCESS_GETGROUPS
int process_getgroups (int size, gid_t *list) __asm ("_getgroups");
#else
static inline int
process_getgroups (int size, gid_t *list)
{
  return getgroups (size, list);
}
#endif

#endif /* GETGROUPS_H */
