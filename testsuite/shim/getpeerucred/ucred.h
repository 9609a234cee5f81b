/* ucred.h -- the part of the illumos header that is used.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Compared with illumos of June 2021.  */

#ifndef SHIM_UCRED_H
#define SHIM_UCRED_H

#include <sys/types.h>

typedef struct ucred_s ucred_t;

int getpeerucred (int, ucred_t **);
uid_t ucred_geteuid (ucred_t const *);
gid_t ucred_getegid (ucred_t const *);
pid_t ucred_getpid (ucred_t const *);
int ucred_getgroups (ucred_t const *, gid_t const **);
void ucred_free (ucred_t *);

#endif /* SHIM_UCRED_H */
