/* peerinfo.c -- the label and the process of the peer of a local socket.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "peer/peerinfo.h"

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
  if (room < (size_t) size)
    return errno = EINVAL, -1;
  /* Some security modules include a final NUL in the length.  */
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
  /* The kernel sets this flag; do not rely on it.  */
  set_cloexec_flag (pidfd, true);
  return pidfd;
#else
  (void) fd;
  return errno = ENOTSUP, -1;
#endif
}
