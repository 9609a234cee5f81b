/* errors.h -- what kind of failure an error number stands for.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef ERRORS_H
#define ERRORS_H

#include <errno.h>
#include <stdbool.h>

/* Return true if ERRNUM means that the system is out of memory, descriptors or
   processes for now, so that the call may succeed later.  Always inline, so
   that in a child of clone it is part of a function without the calls that
   sanitizers add; see spawn/lanes-clone.c.  */
static inline bool __attribute__ ((__always_inline__))
is_shortage (int errnum)
{
  return (errnum == EMFILE || errnum == ENFILE || errnum == ENOBUFS
          || errnum == ENOMEM || errnum == EAGAIN
#ifdef ENOSR
          || errnum == ENOSR
#endif
          );
}

/* Return true if ERRNUM, which a system call has set, may mean that the kernel
   lacks the call or that a filter, such as seccomp, forbids it.  */
static inline bool
is_filtered (int errnum)
{
  return errnum == ENOSYS || errnum == EPERM;
}

/* Return true if ERRNUM, which a system call has set, means that the kernel or
   the C library lacks the call, or a flag that was passed to it.  */
static inline bool
is_unsupported (int errnum)
{
  return (errnum == EINVAL || errnum == ENOSYS || errnum == ENOTSUP
          || errnum == EOPNOTSUPP);
}

#endif /* ERRORS_H */
