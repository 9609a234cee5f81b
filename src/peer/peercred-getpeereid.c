/* peercred-getpeereid.c -- peer credentials by getpeereid.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "peer/peercred.h"

#include <sys/socket.h>
#include <unistd.h>
#ifdef HAVE_BSD_UNISTD_H
# include <bsd/unistd.h>
#elif !HAVE_DECL_GETPEEREID
int getpeereid (int, uid_t *, gid_t *);
#endif

char const peercred_method[] = "getpeereid";

/* For a BSD on which no other method works.  Some systems return an error
   number and do not set errno.  */
int
peercred_query (int fd, struct peercred *cred)
{
  int status = getpeereid (fd, &cred->uid, &cred->gid);

  if (status > 0)
    errno = status;
  return status == 0 ? 0 : -1;
}
