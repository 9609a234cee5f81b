/* un.h -- with LOCAL_PEERCRED of FreeBSD.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Compared with FreeBSD 14, DragonFly 3.5 and macOS 26.  */

#pragma GCC system_header

#include_next <sys/un.h>

#ifndef SHIM_SYS_UN_H
#define SHIM_SYS_UN_H

#define LOCAL_PEERCRED 1

#endif /* SHIM_SYS_UN_H */
