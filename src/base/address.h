/* address.h -- paths and the socket addresses that stand for them.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef ADDRESS_H
#define ADDRESS_H

#include "base/system.h"

#include <sys/socket.h>
#include <sys/un.h>

/* The longest path that an address can hold, in bytes.  The terminating NUL
   must fit as well: some systems refuse an address without it, and on the
   others not every client could write one.  */
#define ADDRESS_PATH_MAX (sizeof ((struct sockaddr_un *) 0)->sun_path - 1)

/* Room for the address of any peer.  Some systems accept a bind to a path
   longer than sun_path and report it in full.  */
union peer_address
{
  struct sockaddr any;
  struct sockaddr_un local;
  char room[512];
};

/* Make in *ADDR the address of PATH.  Return the length to give to bind or
   connect, or 0 with errno ENAMETOOLONG (PATH is longer than
   ADDRESS_PATH_MAX) or ENOENT (PATH is empty).  */
socklen_t address_of_path (char const *path, struct sockaddr_un *addr);

/* Likewise of the abstract name NAME, which has no NUL after it.  */
socklen_t address_of_abstract (char const *name, struct sockaddr_un *addr);

/* Return the path in ADDR, of which the system has returned LEN bytes, and
   its length in *PATHLEN.  The path may contain any byte but NUL, and no NUL
   need follow it.  *PATHLEN is 0 if the peer is not bound to a path: unnamed,
   or with an abstract name.  The pointer points into ADDR.  */
char const *address_peer_path (union peer_address const *addr, socklen_t len,
                               size_t *pathlen);

#endif /* ADDRESS_H */
