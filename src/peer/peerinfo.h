/* peerinfo.h -- the label and the process of the peer of a local socket.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PEERINFO_H
#define PEERINFO_H

#include "base/system.h"

/* Store in LABEL, which has room for ROOM bytes, the security label of the
   peer of FD, and in *LEN its length.  FD is a connected AF_UNIX stream
   socket.  The label contains no NUL, and none is stored after it.  Return 0,
   or -1 with errno set: ENOTSUP or ENOPROTOOPT if the system does not report
   labels, EINVAL if the label is empty or contains a NUL.  */
int peerinfo_label (int fd, char *label, size_t room, size_t *len);

/* Return a new close-on-exec descriptor of the process that is the peer of FD.
   It refers to this process even when its pid has been reused.  Return -1 with
   errno set on failure: ENOTSUP or ENOPROTOOPT if the system does not provide
   it.  */
int peerinfo_pidfd (int fd);

#endif /* PEERINFO_H */
