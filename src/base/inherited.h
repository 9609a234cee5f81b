/* inherited.h -- sockets that were there at the start.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef INHERITED_H
#define INHERITED_H

#include "base/address.h"

/* Find out whether the descriptor FD is a listening AF_UNIX stream socket.
   Return 0, or -1 with errno set: EBADF if it is not open, ENOTSOCK,
   EAFNOSUPPORT, EPROTOTYPE, EINVAL if it is not listening, or what else the
   system says.  Where the system cannot tell whether it is listening, it
   is.  */
int inherited_check (int fd);

/* Find out whether the descriptor FD is a connection that somebody has
   accepted from an AF_UNIX stream socket, and store the address of its client
   in *PEER and that address's length in *PEERLEN.  Return 0, or -1 with errno
   set: EBADF, ENOTSOCK, EAFNOSUPPORT or EPROTOTYPE as above; ENOTCONN if FD is
   not connected; EDESTADDRREQ if FD has no name, as an end of a socket pair;
   or what else the system says.  */
int inherited_check_connection (int fd, union peer_address *peer,
                                socklen_t *peerlen);

/* Whether the descriptor FD is a listening socket of any kind, as far as the
   system can tell; where it cannot, a local stream socket.  */
bool inherited_listens (int fd);

/* Make FD, which inherited_check has found good, a close-on-exec descriptor
   above 2.  Return it, or -1 with errno set.  */
int inherited_take (int fd);

/* Store in *ADDR the address of FD.  Return the path in it and its length in
   *PATHLEN, which is 0 if FD has none.  */
char const *inherited_path (int fd, union peer_address *addr,
                            size_t *pathlen);

#endif /* INHERITED_H */
