/* hold.h -- descriptors that hold a file without opening it.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef HOLD_H
#define HOLD_H

#include <fcntl.h>

/* To hold a directory it need not be readable, where the system can tell the
   difference.  */
#if HAVE_DECL_O_PATH
# define O_HOLD O_PATH
#elif HAVE_DECL_O_SEARCH
# define O_HOLD O_SEARCH
#else
# define O_HOLD O_RDONLY
#endif

#endif /* HOLD_H */
