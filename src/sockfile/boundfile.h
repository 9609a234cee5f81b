/* boundfile.h -- which file a socket is bound to.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef BOUNDFILE_H
#define BOUNDFILE_H

#include "base/system.h"

/* Return a new descriptor, close-on-exec and above 2, that holds the file to
   which the socket FD is bound.  The descriptor holds that file even if the
   name of the file leads to another one by now.  Return -1 where the system
   cannot or will not tell.  */
int boundfile_open (int fd);

#endif /* BOUNDFILE_H */
