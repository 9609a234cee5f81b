/* boundfile.c -- which file a socket is bound to.

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

#include "boundfile.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#if HAVE_DECL_SIOCUNIXFILE
/* It defines struct sockaddr_un, as <sys/un.h> does: never both.  */
# include <linux/un.h>
#endif

#include "unistd-safer.h"

int
boundfile_open (int fd)
{
#if HAVE_DECL_SIOCUNIXFILE
  /* Linux 4.13 and newer, for those who have CAP_NET_ADMIN.  The kernel makes
     the descriptor close-on-exec (net/unix/af_unix.c, unix_open_file).  */
  return fd_safer_flag (ioctl (fd, SIOCUNIXFILE, NULL), O_CLOEXEC);
#else
  (void) fd;
  return errno = ENOTSUP, -1;
#endif
}
