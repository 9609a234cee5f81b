/* sockaddr.h -- addresses that tell their length, if SHIM_SUN_LEN.

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

/* Compared with struct sockaddr of FreeBSD 14, NetBSD 10, OpenBSD 6.6 and
   macOS 26.  */

#pragma GCC system_header

#ifndef SHIM_SUN_LEN
# include_next <bits/sockaddr.h>
#elif ! defined _BITS_SOCKADDR_H
# define _BITS_SOCKADDR_H 1

typedef unsigned char sa_family_t;
# define __SOCKADDR_COMMON(Prefix) \
  unsigned char Prefix##len; \
  sa_family_t Prefix##family
# define __SOCKADDR_COMMON_SIZE 2
# define _SS_SIZE 128

#endif
