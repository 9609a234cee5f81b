/* dupto.h -- give a descriptor another number.

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

#ifndef DUPTO_H
#define DUPTO_H

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "filtered.h"

/* Make TO another descriptor of what FD is, in place of what TO was.  Return
   TO, or -1 with errno set.  A filter may refuse dup2, which some processors
   make of dup3.  Inline, as a child that shares our memory uses it.  */
static inline int
dup_to (int fd, int to)
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

#endif /* DUPTO_H */
