/* shortage.h -- which failures pass by themselves.

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


#ifndef SHORTAGE_H
#define SHORTAGE_H

#include "system.h"

/* Whether ERRNUM says that something is lacking for the moment.  Inline, as a
   child that shares our memory may not call functions.  */
static inline bool __attribute__ ((__always_inline__))
is_shortage (int errnum)
{
  return (errnum == EMFILE || errnum == ENFILE || errnum == ENOBUFS
          || errnum == ENOMEM || errnum == EAGAIN
#ifdef ENOSR
          || errnum == ENOSR
#endif
          );
}

#endif /* SHORTAGE_H */
