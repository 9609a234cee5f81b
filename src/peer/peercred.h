/* peercred.h -- who is at the other end of a local socket.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PEERCRED_H
#define PEERCRED_H

#include "base/system.h"

/* Peer credentials, as the kernel knows them.  */
struct peercred
{
  /* The effective ids of the process that connected, at that moment.  */
  uid_t uid;
  gid_t gid;
  /* Its process id, or 0 where the system does not tell.  */
  pid_t pid;
};

/* Store in *CRED the credentials of the peer of FD, a connected stream
   socket that the caller knows to be AF_UNIX: on several systems the request
   means something else on another socket, and seems to succeed.

   Return 0, or -1 with errno set; *CRED is then untouched.  ENOTSUP means
   that this system cannot tell at all.  ENOTCONN, EINVAL and ECONNRESET are
   what some systems say of a client that has gone already.  Ids of -1, which
   a kernel gives for "nobody", are an error (ENOTCONN).  */
int peercred_get (int fd, struct peercred *cred);

/* The method that configure chose, as in --with-peercred=METHOD.  */
extern char const peercred_method[];

/* What each peercred-METHOD.c defines besides peercred_method: as
   peercred_get, but *CRED may be touched by a failure and contain ids of -1,
   and CRED->pid is 0 on entry.  For peercred.c alone.  */
int peercred_query (int fd, struct peercred *cred);

#endif /* PEERCRED_H */
