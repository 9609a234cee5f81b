/* socket.h -- with the SO_PEERCRED of OpenBSD.

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

/* Compared with OpenBSD 6.6.  */

#pragma GCC system_header

#define ucred shim_hidden_ucred
#include_next <sys/socket.h>
#undef ucred

#ifndef SHIM_SYS_SOCKET_H
#define SHIM_SYS_SOCKET_H

#undef SO_PEERCRED
#define SO_PEERCRED 0x1022

struct sockpeercred
{
  uid_t uid;
  gid_t gid;
  pid_t pid;
};

#undef getsockopt
#define getsockopt shim_getsockopt
int shim_getsockopt (int, int, int, void *, socklen_t *);

#endif /* SHIM_SYS_SOCKET_H */
