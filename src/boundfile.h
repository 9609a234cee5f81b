/* boundfile.h -- which file a socket is bound to.

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

#ifndef BOUNDFILE_H
#define BOUNDFILE_H

#include "system.h"

/* Return a new descriptor, close-on-exec and above 2, that holds the very file
   which socket FD is bound to, whatever its name stands for by now; or -1
   where the system cannot or will not tell.  */
int boundfile_open (int fd);

#endif /* BOUNDFILE_H */
