/* syscall.h -- without the numbers of renameat2, which gnulib would use, and
   pidfd_open.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Compared with FreeBSD 14, NetBSD 10, OpenBSD 6.6 and macOS 26, which lack
   them.  */

#pragma GCC system_header

#include_next <sys/syscall.h>

#undef SYS_pidfd_open
#undef SYS_renameat2
