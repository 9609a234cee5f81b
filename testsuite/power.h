/* power.h -- whether a test may do what root may.

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

#ifndef POWER_H
#define POWER_H

#include <fcntl.h>
#include <stdbool.h>
#include <unistd.h>

/* Whether we are root and may give files away.  It is tried, on a file in the
   current directory, since root in a container may not.  */
static inline bool
may_give_away (void)
{
  static char const name[] = "power.try";
  static int answer = -1;

  if (answer < 0)
    {
      int fd = open (name, O_WRONLY | O_CREAT, 0600);
      answer = geteuid () == 0 && 0 <= fd && chown (name, 1, 2) == 0;
      if (0 <= fd)
        close (fd);
      unlink (name);
    }
  return answer;
}

#endif /* POWER_H */
