/* blocking-send.c -- make send ignore MSG_DONTWAIT.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Linked into a server with --wrap=send.  NetBSD, macOS and illumos ignore
   MSG_DONTWAIT when sending on a stream socket, so that send blocks.  */

#include <config.h>

#include <sys/socket.h>

ssize_t __wrap_send (int fd, void const *buffer, size_t len, int flags);
ssize_t __real_send (int fd, void const *buffer, size_t len, int flags);

ssize_t
__wrap_send (int fd, void const *buffer, size_t len, int flags)
{
  return __real_send (fd, buffer, len, flags & ~MSG_DONTWAIT);
}
