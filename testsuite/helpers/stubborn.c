/* stubborn.c -- a send that waits although it is told not to.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Linked into a server with --wrap=send.  NetBSD, macOS and illumos ignore
   MSG_DONTWAIT for a stream socket in this way.  */

#include <config.h>

#include <sys/socket.h>

ssize_t __wrap_send (int fd, void const *buffer, size_t len, int flags);
ssize_t __real_send (int fd, void const *buffer, size_t len, int flags);

ssize_t
__wrap_send (int fd, void const *buffer, size_t len, int flags)
{
  return __real_send (fd, buffer, len, flags & ~MSG_DONTWAIT);
}
