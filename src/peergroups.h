/* peergroups.h -- in which groups the peer of a local socket is.

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

#ifndef PEERGROUPS_H
#define PEERGROUPS_H

#include "system.h"

/* Store in LIST, which has room for ROOM ids, the supplementary groups of the
   peer of FD, a connected AF_UNIX stream socket, as they were when it
   connected, and in *COUNT their number.  The effective group may be among
   them or not.

   Return 0, or -1 with errno set: ENOTSUP if this system cannot tell, ERANGE
   if there are more than ROOM, or perhaps more than the system tells.  */
int peergroups_get (int fd, gid_t *list, size_t room, size_t *count);

/* The method that configure chose; each is a file peergroups-METHOD.c.  */
extern char const peergroups_method[];

#endif /* PEERGROUPS_H */
