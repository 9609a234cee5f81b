/* peercred-none.c -- a system without peer credentials.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "peer/peercred.h"

char const peercred_method[] = "none";

/* For Hurd and HP-UX.  */
int
peercred_query (int fd, struct peercred *cred)
{
  (void) fd;
  (void) cred;
  return errno = ENOTSUP, -1;
}
