/* stubborn.c -- a send that waits although it is told not to.

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

/* Linked into a server with --wrap=send.  NetBSD ignores MSG_DONTWAIT for a
   stream socket in this way.  */

#include <config.h>

#include <sys/socket.h>

ssize_t __wrap_send (int fd, void const *buffer, size_t len, int flags);
ssize_t __real_send (int fd, void const *buffer, size_t len, int flags);

ssize_t
__wrap_send (int fd, void const *buffer, size_t len, int flags)
{
  return __real_send (fd, buffer, len, flags & ~MSG_DONTWAIT);
}
