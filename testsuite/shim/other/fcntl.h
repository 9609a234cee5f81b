/* fcntl.h -- without the flags that only Linux has.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Compared with FreeBSD 14 (O_PATH, O_SEARCH, AT_EMPTY_PATH), NetBSD 10, macOS
   26 and illumos of June 2021 (O_SEARCH), OpenBSD 6.6 and DragonFly 3.5
   (none).  */

/* Define SHIM_O_PATH for a system that also has O_PATH, SHIM_O_SEARCH for one
   that has O_SEARCH, and SHIM_O_SEARCH_IGNORED as well for one that ignores
   it, as NetBSD does: a directory must be readable to be opened with it.  The
   value is that of NetBSD, which has no meaning on Linux.  */

#pragma GCC system_header

#include_next <fcntl.h>

#ifndef SHIM_OTHER_FCNTL_H
#define SHIM_OTHER_FCNTL_H

#ifdef SHIM_O_SEARCH
# undef O_SEARCH
# ifdef SHIM_O_SEARCH_IGNORED
#  define O_SEARCH 0x00800000
# else
#  define O_SEARCH __O_PATH
# endif
#endif
#ifndef SHIM_O_PATH
# undef O_PATH
# undef AT_EMPTY_PATH
#endif

#endif /* SHIM_OTHER_FCNTL_H */
