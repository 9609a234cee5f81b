/* peercred-getpeerucred.c -- peer credentials by getpeerucred.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "peer/peercred.h"

#include <ucred.h>

char const peercred_method[] = "getpeerucred";

/* For illumos and Solaris.  The library reuses a ucred_t that it is given, so
   pass a null pointer.  Ids that the kernel does not know are -1, and so is an
   unknown process id.  */
int
peercred_query (int fd, struct peercred *cred)
{
  ucred_t *uc = NULL;

  if (getpeerucred (fd, &uc) != 0)
    return -1;
  cred->uid = ucred_geteuid (uc);
  cred->gid = ucred_getegid (uc);
  cred->pid = ucred_getpid (uc);
  ucred_free (uc);
  return 0;
}
