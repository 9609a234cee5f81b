/* conntable.h -- the live connections, by process and by user.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CONNTABLE_H
#define CONNTABLE_H

#include "base/system.h"

#include <time.h>

/* One live connection.  */
struct connection
{
  /* The child that serves it.  */
  pid_t pid;
  /* True if UID and GID are known.  */
  bool known;
  /* The client's effective ids.  */
  uid_t uid;
  gid_t gid;
  /* The time of its start on the monotonic clock.  */
  struct timespec began;
};

struct conntable;

/* Return an empty table for at most CAPACITY connections at a time, or NULL
   with errno ENOMEM.  Nothing is allocated afterwards.  An operation takes
   constant time on average.  The worst case, for uids that were chosen to
   collide, is time proportional to CAPACITY.  Free the table with
   conntable_free.  */
struct conntable *conntable_new (size_t capacity);
void conntable_free (struct conntable *table);

/* The number of live connections.  */
size_t conntable_count (struct conntable const *table);

/* The number of live connections whose client is known to be UID.  */
size_t conntable_count_uid (struct conntable const *table, uid_t uid);

/* Return true if the process PID serves a connection.  */
bool conntable_has (struct conntable const *table, pid_t pid);

/* Add a copy of *CONN.  The table must have room, and no connection with the
   same pid.  */
void conntable_add (struct conntable *table, struct connection const *conn);

/* If PID serves a connection, remove it from the table, store it in *CONN and
   return true.  Otherwise return false.  */
bool conntable_remove (struct conntable *table, pid_t pid,
                       struct connection *conn);

/* Iterate over all live connections, in any order.  *POSITION is 0 before the
   first call.  Return the next connection, or NULL after the last.  The table
   must not change between the calls.  */
struct connection const *conntable_next (struct conntable const *table,
                                         size_t *position);

#endif /* CONNTABLE_H */
