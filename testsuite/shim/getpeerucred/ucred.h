/* ucred.h -- as illumos has it, the part that matters.

   Copyright (C) 2026 The ucspi-local authors

   This program is free software: you can redistribute it and/or modify
   it under the terms of the GNU General Public License as published by
   the Free Software Foundation, either version 3 of the License, or
   (at your option) any later version.

   This program is distributed in the hope that it will be useful,
   but WITHOUT ANY WARRANTY; without even the implied warranty of
   MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
   GNU General Public License for more details.

   You should have received a copy of the GNU General Public License
   along with this program.  If not, see <https://www.gnu.org/licenses/>.  */

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
