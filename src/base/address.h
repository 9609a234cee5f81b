/* address.h -- socket addresses of paths and abstract names.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef ADDRESS_H
#define ADDRESS_H

#include "base/system.h"

#include <sys/socket.h>
#include <sys/un.h>

/* The longest path that an address can hold, in bytes.  One byte of sun_path
   is for the NUL, because some systems refuse an address without it, and not
   every client could use a path without it.  */
#define ADDRESS_PATH_MAX (sizeof ((struct sockaddr_un *) 0)->sun_path - 1)

/* Room for the address of any peer.  Some systems accept and report paths
   longer than sun_path.  */
union peer_address
{
  struct sockaddr any;
  struct sockaddr_un local;
  char room[512];
};

/* Store in *ADDR the address of PATH.  Return the length to pass to bind or
   connect, or 0 with errno set: ENAMETOOLONG if PATH is longer than
   ADDRESS_PATH_MAX, ENOENT if PATH is empty.  */
socklen_t address_of_path (char const *path, struct sockaddr_un *addr);

/* Store in *ADDR the address of the abstract name NAME.  The result is as for
   address_of_path.  */
socklen_t address_of_abstract (char const *name, struct sockaddr_un *addr);

/* Return the path in ADDR and store its length in *PATHLEN.  LEN is the length
   of the address that the system has returned.  The path may contain any byte
   except NUL, and need not end in a NUL.  *PATHLEN is 0 if the peer has no
   path, because it is unnamed or has an abstract name.  The result points into
   ADDR.  */
char const *address_peer_path (union peer_address const *addr, socklen_t len,
                               size_t *pathlen);

#endif /* ADDRESS_H */
