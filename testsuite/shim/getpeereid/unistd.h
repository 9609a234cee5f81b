/* unistd.h -- with getpeereid, or, as on AIX, without.

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

/* Compared with FreeBSD 14, NetBSD 10 and macOS 26 (<unistd.h>); OpenBSD 6.6
   has it in <sys/socket.h>.  Nothing is known of AIX but its manual.  */

#pragma GCC system_header

#include_next <unistd.h>

#ifndef SHIM_UNISTD_H
#define SHIM_UNISTD_H

#include <sys/types.h>

#ifndef SHIM_UNDECLARED
int getpeereid (int, uid_t *, gid_t *);
#endif

#endif /* SHIM_UNISTD_H */
