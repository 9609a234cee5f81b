/* inherited.h -- sockets that were open when the program started.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef INHERITED_H
#define INHERITED_H

#include "base/address.h"

/* Check that the descriptor FD is a listening AF_UNIX stream socket.  Return
   0, or -1 with errno set: EBADF if FD is not open, ENOTSOCK, EAFNOSUPPORT or
   EPROTOTYPE if it is something else, EINVAL if it does not listen, or another
   error of the system.  See sockopt_listens for systems that cannot tell
   whether a socket listens.  */
int inherited_check (int fd);

/* Check that the descriptor FD is a connection that a process has accepted
   from an AF_UNIX stream socket.  Store the address of its client in *PEER and
   the length of the address in *PEERLEN, which is 0 if the client has closed
   the connection and the system has forgotten the address.  Return 0, or -1
   with errno set: EBADF, ENOTSOCK, EAFNOSUPPORT or EPROTOTYPE as for
   inherited_check; ENOTCONN if FD is not connected; EDESTADDRREQ if FD has no
   name, like an end of a socket pair; or another error of the system.  On
   NetBSD and OpenBSD, a socket that was shut down and never connected is not
   recognized; its peer's credentials are unknown.  */
int inherited_check_connection (int fd, union peer_address *peer,
                                socklen_t *peerlen);

/* Return true if the descriptor FD is a listening socket of any kind.  See
   sockopt_listens for systems that cannot tell.  */
bool inherited_listens (int fd);

/* FD has passed inherited_check.  Make it close-on-exec, and move it above 2
   if necessary.  Return the descriptor, or -1 with errno set.  */
int inherited_take (int fd);

/* Store in *ADDR the address of the socket FD.  Return the path in it and its
   length in *PATHLEN, which is 0 if FD has no path.  */
char const *inherited_path (int fd, union peer_address *addr,
                            size_t *pathlen);

#endif /* INHERITED_H */
