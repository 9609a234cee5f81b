/* workdir.h -- another working directory for a moment.

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


#ifndef WORKDIR_H
#define WORKDIR_H

#include "system.h"

#include <unistd.h>

#include "hold.h"
#include "quiet.h"
#include "unistd-safer.h"

/* Make DIR the working directory.  Return a descriptor of the one before, for
   workdir_leave, or -1 with errno set.  */
static inline int
workdir_enter (int dir)
{
  int home = fd_safer_flag (open (".", O_HOLD | O_DIRECTORY | O_CLOEXEC),
                            O_CLOEXEC);
  if (0 <= home && fchdir (dir) != 0)
    {
      close_quietly (home);
      home = -1;
    }
  return home;
}

/* Go back to HOME.  Return RESULT with errno as it is, or -1 if there is no
   way back.  */
static inline int
workdir_leave (int home, int result)
{
  int saved_errno = errno;
  if (fchdir (home) != 0)
    {
      result = -1;
      saved_errno = errno;
    }
  close (home);
  errno = saved_errno;
  return result;
}

#endif /* WORKDIR_H */
