/* unistd.h -- with getpeereid, or, as on AIX, without.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Compared with FreeBSD 14, NetBSD 10 and macOS 26 (<unistd.h>); OpenBSD 6.6
   has it in <sys/socket.h>.  Nothing is known of AIX but its manual.  */

#pragma GCC system_header

#include_next <unistd.h>

#ifndef SHIM_UNISTD_H
#define SHIM_UNISTD_H

#include <sys/types.h>

#ifndef SHIM_UNDECLARED
int getpeereid (int, uid_t *, gid_t *);
#endif

#endif /* SHIM_UNISTD_H */
