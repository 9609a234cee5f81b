/* peercred-getpeereid.c -- peer credentials by getpeereid.

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

#include <sys/socket.h>
#include <unistd.h>
#ifdef HAVE_BSD_UNISTD_H
# include <bsd/unistd.h>
#elif !HAVE_DECL_GETPEEREID
int getpeereid (int, uid_t *, gid_t *);
#endif

char const peercred_method[] = "getpeereid";

/* A BSD that no other method fits.  Some return an error number and leave
   errno alone.  */
int
peercred_query (int fd, struct peercred *cred)
{
  int status = getpeereid (fd, &cred->uid, &cred->gid);

  if (status > 0)
    errno = status;
  return status == 0 ? 0 : -1;
}
