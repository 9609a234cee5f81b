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

/* Call recv for one byte of the socket FD, which stays there, without waiting.
   Return what recv returns.  */
static inline ssize_t
sockopt_peek (int fd)
{
  char byte;
#ifdef MSG_DONTWAIT
  return recv (fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
#else
  return recv (fd, &byte, 1, MSG_PEEK);
#endif
}

/* Return a positive number if the socket FD listens, 0 if it does not, or -1
   with errno set.  OpenBSD, DragonFly and macOS do not tell; there a stream
   socket that neither listens nor is connected counts as one that listens.
   Neither kind can be read or written, and recv reports that by ENOTCONN.  */
static inline int
sockopt_listens (int fd)
{
#ifdef SO_ACCEPTCONN
  int listens = sockopt_get (fd, SO_ACCEPTCONN);
  if (0 <= listens || errno != ENOPROTOOPT)
    return listens;
#endif
  if (sockopt_get (fd, SO_TYPE) != SOCK_STREAM)
    return errno = ENOPROTOOPT, -1;
  return sockopt_peek (fd) < 0 && errno == ENOTCONN;
}

#endif /* SOCKOPT_H */
