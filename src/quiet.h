/* quiet.h -- to close a descriptor while an error is on its way.

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


#ifndef QUIET_H
#define QUIET_H

#include <errno.h>
#include <unistd.h>

/* Close FD, unless it is negative, preserving errno.  */
static inline void
close_quietly (int fd)
{
  int saved_errno = errno;
  if (0 <= fd)
    close (fd);
  errno = saved_errno;
}

#endif /* QUIET_H */
