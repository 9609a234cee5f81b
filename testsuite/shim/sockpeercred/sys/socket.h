/* socket.h -- with SO_PEERCRED of OpenBSD.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

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
