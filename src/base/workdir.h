/* workdir.h -- change the working directory temporarily.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef WORKDIR_H
#define WORKDIR_H

#include "base/system.h"

#include <unistd.h>

#include "base/fd.h"
#include "unistd-safer.h"

/* Return a descriptor of the working directory, or -1 with errno set.  */
static inline int
workdir_open (void)
{
  return fd_safer_flag (open (".", O_HOLD | O_DIRECTORY | O_CLOEXEC),
                        O_CLOEXEC);
}

/* Make DIR the working directory.  Return a descriptor of the previous one,
   for workdir_leave, or -1 with errno set.  EACCES: the previous one cannot be
   opened, or DIR cannot be searched.  */
static inline int
workdir_enter (int dir)
{
  int home = workdir_open ();
  if (0 <= home && fchdir (dir) != 0)
    {
      fd_close (home);
      home = -1;
    }
  return home;
}

/* As workdir_enter, for the directory PATH.  This needs no permission to read
   that directory.  */
static inline int
workdir_enter_path (char const *path)
{
  int home = workdir_open ();
  if (0 <= home && chdir (path) != 0)
    {
      fd_close (home);
      home = -1;
    }
  return home;
}

/* Go back to the working directory HOME and close it.  Return RESULT and
   preserve errno, or return -1 with errno set if going back fails.  */
static inline int
workdir_leave (int home, int result)
{
  int saved_errno = errno;
  int back;

  /* POSIX lets fchdir fail with EINTR; a caller would take that for an error
     of its own call, and try again in the wrong directory.  */
  do
    back = fchdir (home);
  while (back != 0 && errno == EINTR);
  if (back != 0)
    {
      result = -1;
      saved_errno = errno;
    }
  close (home);
  errno = saved_errno;
  return result;
}

#endif /* WORKDIR_H */
