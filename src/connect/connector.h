/* connector.h -- the way from a client to a server's socket.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */


#ifndef CONNECTOR_H
#define CONNECTOR_H

#include "base/system.h"

#include "base/address.h"

/* What a server's socket is called.  */
struct connector
{
  struct sockaddr_un addr;
  socklen_t addrlen;
  /* The directory that ADDR is relative to, or AT_FDCWD.  */
  int dir;
  /* A file that ADDR leads to by this descriptor; otherwise -1.  */
  int held;
};

/* These return 0, or -1 with errno set.  Every descriptor is above 2 and
   close-on-exec.  */

/* Set up *CONNECTOR for PATH, at most ADDRESS_PATH_MAX bytes long.  */
int connector_find (struct connector *connector, char const *path);

/* Likewise for a PATH of any length.  ENAMETOOLONG: the system has no means to
   lead to it.  */
int connector_find_long (struct connector *connector, char const *path);

/* Likewise for the abstract name NAME, at most ADDRESS_PATH_MAX bytes
   long.  */
int connector_find_abstract (struct connector *connector, char const *name);

/* Let a connect of the socket FD wait for room in a server's queue no longer
   than MS milliseconds, at least 1, or without end if MS is 0, as it is at
   first.  */
int connector_limit (int fd, unsigned int ms);

/* Connect the blocking socket FD.  EAGAIN: there was no room in the server's
   queue in time.  EINTR: a signal was caught.  ENOTSUP: the system has no
   abstract names.  */
int connector_connect (struct connector const *connector, int fd);

/* Close what CONNECTOR holds.  */
void connector_release (struct connector *connector);

#endif /* CONNECTOR_H */
