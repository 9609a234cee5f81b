/* socket.h -- without SO_PEERCRED.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Not compared: systems differ in the header that declares getpeereid and in
   the other methods that they have.  */

#pragma GCC system_header

#include_next <sys/socket.h>

#ifndef SHIM_SYS_SOCKET_H
#define SHIM_SYS_SOCKET_H

#undef SO_PEERCRED

#endif /* SHIM_SYS_SOCKET_H */
