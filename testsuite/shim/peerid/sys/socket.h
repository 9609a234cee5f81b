/* socket.h -- with SO_PEERID of AIX.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Not compared: the header of AIX is not public.  */

#pragma GCC system_header

#include_next <sys/socket.h>

#ifndef SHIM_SYS_SOCKET_H
#define SHIM_SYS_SOCKET_H

#undef SO_PEERCRED
#define SO_PEERID 0x1014

struct peercred_struct
{
  pid_t pid;
  uid_t euid;
  gid_t egid;
};

#undef getsockopt
#define getsockopt shim_getsockopt
int shim_getsockopt (int, int, int, void *, socklen_t *);

#endif /* SHIM_SYS_SOCKET_H */
