/* unistd.h -- with getpeereid, or without its declaration as on AIX.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Compared with FreeBSD 14, NetBSD 10 and macOS 26 (<unistd.h>); OpenBSD 6.6
   declares it in <sys/socket.h>.  For AIX, only the manual is public.  */

#pragma GCC system_header

#include_next <unistd.h>

#ifndef SHIM_UNISTD_H
#define SHIM_UNISTD_H

#include <sys/types.h>

#ifndef SHIM_UNDECLARED
int getpeereid (int, uid_t *, gid_t *);
#endif

#endif /* SHIM_UNISTD_H */
