/* fd.h -- small helpers for descriptors.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef FD_H
#define FD_H

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/errors.h"
#include "intprops.h"

/* The flag for opening a file or directory only to refer to it, for instance
   in openat or fstat.  With O_PATH, this needs no permission to read a
   directory.  With O_SEARCH it needs none on most systems, but NetBSD ignores
   the flag when it opens a directory.  */
#if HAVE_DECL_O_PATH
# define O_HOLD O_PATH
#elif HAVE_DECL_O_SEARCH
# define O_HOLD O_SEARCH
#else
# define O_HOLD O_RDONLY
#endif

/* AT_FDCWD as an int.  That of DragonFly is a number that no int can hold, so
   compilers warn when it is compared with a descriptor.  */
enum { FD_CWD = (int) AT_FDCWD };

/* The name of an open descriptor, where the system has /proc.  */
#define FD_PATH "/proc/self/fd/"
enum { FD_PATH_SIZE = sizeof FD_PATH + INT_STRLEN_BOUND (int) };

/* Store in PATH the name of the descriptor FD.  */
static inline void
fd_path (char path[FD_PATH_SIZE], int fd)
{
  snprintf (path, FD_PATH_SIZE, FD_PATH "%d", fd);
}

/* Return true if ERRNUM, from a system call with a name that fd_path has made,
   means that the system does not show descriptors as files, at least not to
   us.  ENOENT: there is no /proc, or it has no such names.  ENOTDIR: below the
   name of a directory; FreeBSD can show a descriptor as a character device
   (linprocfs above fdescfs; fdesc_lookup in sys/fs/fdescfs/fdesc_vnops.c).
   EACCES: we may not look into /proc; or illumos, which reports this when a
   file would have to be made there (prcreate in fs/proc/prvnops.c).  EACCES
   can also come from the file itself.  */
static inline bool
fd_is_hidden (int errnum)
{
  return errnum == ENOENT || errnum == ENOTDIR || errnum == EACCES;
}

/* Close FD, unless it is negative, and preserve errno.  */
static inline void
fd_close (int fd)
{
  int saved_errno = errno;
  if (0 <= fd)
    close (fd);
  errno = saved_errno;
}

/* Make TO a duplicate of FD, as dup2 does.  Return TO, or -1 with errno set.
   On some processors the C library implements dup2 by dup3, which a filter of
   system calls may refuse; then use fcntl.  Inline, because a child that
   shares our memory uses it.  */
static inline int
fd_dup_to (int fd, int to)
{
  int result = dup2 (fd, to);
  if (0 <= result || ! is_filtered (errno))
    return result;
  close (to);
  result = fcntl (fd, F_DUPFD, to);
  if (0 <= result && result != to)
    {
      close (result);
      return errno = EBUSY, -1;
    }
  return result;
}

#endif /* FD_H */
