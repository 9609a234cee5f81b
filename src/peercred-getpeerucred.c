/* peercred-getpeerucred.c -- peer credentials by getpeerucred.

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

#include <config.h>

#include "peercred.h"

#include <ucred.h>

char const peercred_method[] = "getpeerucred";

/* illumos, Solaris.  The library reuses the ucred_t that it is given, hence
   the null pointer.  Ids that the kernel does not tell are -1, and so is an
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
