/* sockaddr.h -- addresses with a length, if SHIM_SUN_LEN is defined.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

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
