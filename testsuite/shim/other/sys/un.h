/* un.h -- the socket address of the BSDs, if SHIM_SUN_LEN is defined.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Compared with FreeBSD 14, NetBSD 10, OpenBSD 6.6, DragonFly 3.5 and macOS
   26.  */

#pragma GCC system_header

#ifndef SHIM_SUN_LEN
# include_next <sys/un.h>
#elif ! defined _SYS_UN_H
# define _SYS_UN_H 1

# include <sys/socket.h>

struct sockaddr_un
{
  unsigned char sun_len;
  sa_family_t sun_family;
  char sun_path[104];
};

#endif
