/* socket.h -- without SO_PEERCRED, as on NetBSD.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Compared with NetBSD 10.  */

#pragma GCC system_header

#include_next <sys/socket.h>

#ifndef SHIM_SYS_SOCKET_H
#define SHIM_SYS_SOCKET_H

#undef SO_PEERCRED

#undef getsockopt
#define getsockopt shim_getsockopt
int shim_getsockopt (int, int, int, void *, socklen_t *);

#endif /* SHIM_SYS_SOCKET_H */
