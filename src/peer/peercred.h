/* peercred.h -- the credentials of the peer of a local socket.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PEERCRED_H
#define PEERCRED_H

#include "base/system.h"

/* The credentials of a peer, from the kernel.  */
struct peercred
{
  /* The effective ids that the process had when it connected.  */
  uid_t uid;
  gid_t gid;
  /* Its process id, or 0 where the system does not report it.  */
  pid_t pid;
};

/* Store in *CRED the credentials of the peer of FD.  FD must be a connected
   AF_UNIX stream socket, and the caller must know that it is, because on
   several systems the same request seems to succeed on other sockets, where it
   means something else.

   Return 0, or -1 with errno set and *CRED untouched.  ENOTSUP means that the
   system never reports credentials.  Some systems return ENOTCONN, EINVAL or
   ECONNRESET if the client has gone already.  Ids of -1, with which a kernel
   reports that there is no peer, are an error (ENOTCONN).  */
int peercred_get (int fd, struct peercred *cred);

/* The method that configure chose, as in --with-peercred=METHOD.  */
extern char const peercred_method[];

/* Each peercred-METHOD.c defines peercred_method and this function, which only
   peercred.c calls.  It is like peercred_get, but on failure *CRED is
   undefined, and on success the ids may be -1.  CRED->pid is 0 on entry.  */
int peercred_query (int fd, struct peercred *cred);

#endif /* PEERCRED_H */
