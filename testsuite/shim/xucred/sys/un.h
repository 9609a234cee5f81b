/* un.h -- with the LOCAL_PEERCRED of FreeBSD.

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

/* Compared with FreeBSD 14, DragonFly 3.5 and macOS 26.  */

#pragma GCC system_header

#include_next <sys/un.h>

#ifndef SHIM_SYS_UN_H
#define SHIM_SYS_UN_H

#define LOCAL_PEERCRED 1

#endif /* SHIM_SYS_UN_H */
