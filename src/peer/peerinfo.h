/* peerinfo.h -- what else the kernel knows of the peer of a local socket.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PEERINFO_H
#define PEERINFO_H

#include "base/system.h"

/* Store in LABEL, which has room for ROOM bytes, the security label of the
   peer of FD, a connected AF_UNIX stream socket, and in *LEN its length.  No
   NUL is among them.  Return 0, or -1 with errno set: ENOTSUP or ENOPROTOOPT
   if this system cannot tell, EINVAL if the label is empty or cannot be a
   string.  */
int peerinfo_label (int fd, char *label, size_t room, size_t *len);

/* Return a new descriptor, close-on-exec, that refers to the process which is
   the peer of FD, whatever has become of its id.  Return -1 with errno set
   on failure: ENOTSUP or ENOPROTOOPT if this system cannot.  */
int peerinfo_pidfd (int fd);

#endif /* PEERINFO_H */
