/* hold.h -- descriptors that hold a file without opening it.

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

#ifndef HOLD_H
#define HOLD_H

#include <fcntl.h>

/* To hold a directory it need not be readable, where the system can tell the
   difference.  */
#if HAVE_DECL_O_PATH
# define O_HOLD O_PATH
#elif HAVE_DECL_O_SEARCH
# define O_HOLD O_SEARCH
#else
# define O_HOLD O_RDONLY
#endif

#endif /* HOLD_H */
