/* peerinfo.c -- what else the kernel knows of the peer of a local socket.

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

#include "peerinfo.h"

#include <string.h>
#include <sys/socket.h>

#include "cloexec.h"

int
peerinfo_label (int fd, char *label, size_t room, size_t *len)
{
#ifdef SO_PEERSEC
  socklen_t size = room;

  if (getsockopt (fd, SOL_SOCKET, SO_PEERSEC, label, &size) != 0)
    return -1;
  if (room < size)
    return errno = EINVAL, -1;
  /* Some security modules count a final NUL, some do not.  */
  while (0 < size && label[size - 1] == '\0')
    size--;
  if (size == 0 || memchr (label, '\0', size))
    return errno = EINVAL, -1;
  *len = size;
  return 0;
#else
  (void) fd;
  (void) label;
  (void) room;
  (void) len;
  return errno = ENOTSUP, -1;
#endif
}

int
peerinfo_pidfd (int fd)
{
#ifdef SO_PEERPIDFD
  int pidfd = -1;
  socklen_t len = sizeof pidfd;

  if (getsockopt (fd, SOL_SOCKET, SO_PEERPIDFD, &pidfd, &len) != 0)
    return -1;
  if (len != sizeof pidfd || pidfd < 0)
    return errno = EINVAL, -1;
  /* The kernel has set it; that it must be so is ours to see.  */
  set_cloexec_flag (pidfd, true);
  return pidfd;
#else
  (void) fd;
  return errno = ENOTSUP, -1;
#endif
}
