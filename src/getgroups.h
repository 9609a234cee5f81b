/* getgroups.h -- the supplementary groups of this process.

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

#ifndef GETGROUPS_H
#define GETGROUPS_H

#include <sys/types.h>
#include <unistd.h>

/* As getgroups in POSIX.  macOS has two functions of that name: with
   _DARWIN_C_SOURCE, which config.h defines for other things, <unistd.h> binds
   it to the one that returns the groups of the process's account, at most all
   of them, and knows nothing of setgroups (getgroups(2), Darwin).  */
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
