/* connector.h -- find and connect to a server's socket.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CONNECTOR_H
#define CONNECTOR_H

#include "base/system.h"

#include "base/address.h"

/* The address of a server's socket.  */
struct connector
{
  struct sockaddr_un addr;
  socklen_t addrlen;
  /* The directory that ADDR is relative to, or FD_CWD.  */
  int dir;
  /* The path of that directory if it cannot be opened, or null.  */
  char *dirname;
  /* The descriptor of the file that ADDR names, or -1.  */
  int held;
  /* True if connector_connect has failed with EACCES because the working
     directory, to which it would have to return, cannot be opened, and there
     is no other way.  */
  bool is_stuck;
};

/* These functions return 0, or -1 with errno set.  All descriptors are above 2
   and close-on-exec.  */

/* Set up *CONNECTOR for PATH, at most ADDRESS_PATH_MAX bytes long.  */
int connector_find (struct connector *connector, char const *path);

/* Set up *CONNECTOR for a PATH of any length.  ENAMETOOLONG means that the
   system has no means to connect to it.  */
int connector_find_long (struct connector *connector, char const *path);

/* Set up *CONNECTOR for the abstract name NAME, at most ADDRESS_PATH_MAX bytes
   long.  */
int connector_find_abstract (struct connector *connector, char const *name);

/* Set how long connect of the socket FD waits for room in the server's
   backlog: MS milliseconds, or without limit if MS is 0, as for a new
   socket.  */
int connector_limit (int fd, unsigned int ms);

/* Connect the blocking socket FD.  EAGAIN means that the backlog was full
   until the time limit, EINTR that a signal was caught, and ENOTSUP that the
   system has no abstract names.  */
int connector_connect (struct connector *connector, int fd);

/* Close the descriptors of CONNECTOR, and free its memory.  */
void connector_release (struct connector *connector);

#endif /* CONNECTOR_H */
