/* fcntl.h -- without what Linux alone has.

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

/* Compared with FreeBSD 14 (O_PATH, O_SEARCH, AT_EMPTY_PATH), NetBSD 10, macOS
   26 and illumos of June 2021 (O_SEARCH), OpenBSD 6.6 and DragonFly 3.5
   (none).  */

/* SHIM_O_PATH: this system has it, too.  SHIM_O_SEARCH: it has that.  */

#pragma GCC system_header

#include_next <fcntl.h>

#ifndef SHIM_OTHER_FCNTL_H
#define SHIM_OTHER_FCNTL_H

#ifdef SHIM_O_SEARCH
# undef O_SEARCH
# define O_SEARCH __O_PATH
#endif
#ifndef SHIM_O_PATH
# undef O_PATH
# undef AT_EMPTY_PATH
#endif

#endif /* SHIM_OTHER_FCNTL_H */
