/* sockopt.h -- read socket options whose value is a number.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef SOCKOPT_H
#define SOCKOPT_H

#include <errno.h>
#include <sys/socket.h>

/* Return the value of the option NAME of the socket FD, or -1 with errno
   set.  */
static inline int
sockopt_get (int fd, int name)
{
  int value = -1;
  socklen_t len = sizeof value;

  if (getsockopt (fd, SOL_SOCKET, name, &value, &len) != 0)
    return -1;
  if (len != sizeof value || value < 0)
    return errno = EINVAL, -1;
  return value;
}

/* Return a positive number if the socket FD listens, 0 if it does not, or -1
   with errno set: ENOPROTOOPT if the system cannot tell.  */
static inline int
sockopt_listens (int fd)
{
#ifdef SO_ACCEPTCONN
  return sockopt_get (fd, SO_ACCEPTCONN);
#else
  (void) fd;
  return errno = ENOPROTOOPT, -1;
#endif
}

#endif /* SOCKOPT_H */
