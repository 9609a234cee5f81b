/* lanes-none.c -- no children that share our memory while we go on.

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


#include <config.h>

#include "lanes.h"

#define UNUSED __attribute__ ((__unused__))

struct lanes *
lanes_new (struct program *program UNUSED)
{
  return errno = ENOSYS, NULL;
}

/* Without lanes nobody has anything for these.  */

int
lanes_pick (struct lanes *lanes UNUSED)
{
  return -1;
}

pid_t
lanes_start (struct lanes *lanes UNUSED, int lane UNUSED, int conn UNUSED,
             int kept UNUSED, char **envp UNUSED)
{
  return errno = ENOSYS, -1;
}

int
lanes_end (struct lanes *lanes UNUSED, pid_t pid UNUSED)
{
  return 0;
}

int
lanes_shortage (struct lanes *lanes UNUSED)
{
  return 0;
}
