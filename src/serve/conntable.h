/* conntable.h -- who is connected, and how many times.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CONNTABLE_H
#define CONNTABLE_H

#include "base/system.h"

#include <time.h>

/* One live connection.  */
struct connection
{
  /* The process that serves it.  */
  pid_t pid;
  /* Whether UID and GID are known.  */
  bool known;
  /* The client's effective ids.  */
  uid_t uid;
  gid_t gid;
  /* When it began, on the monotonic clock.  */
  struct timespec began;
};

struct conntable;

/* Return a table for at most CAPACITY connections at a time, or NULL with
   errno ENOMEM.  Nothing is allocated afterwards.  An operation takes
   constant time on average; for uids that were chosen to make it slow, time in
   proportion to CAPACITY.  Freed by conntable_free.  */
struct conntable *conntable_new (size_t capacity);
void conntable_free (struct conntable *table);

/* The number of live connections.  */
size_t conntable_count (struct conntable const *table);

/* The number of live connections whose client is known to be UID.  */
size_t conntable_count_uid (struct conntable const *table, uid_t uid);

/* Whether the process PID serves a connection.  */
bool conntable_has (struct conntable const *table, pid_t pid);

/* Add a copy of *CONN.  There must be room, and no connection of the same
   pid.  */
void conntable_admit (struct conntable *table, struct connection const *conn);

/* If PID serves a connection, move it to *CONN, out of the table, and return
   true.  Otherwise return false.  */
bool conntable_forget (struct conntable *table, pid_t pid,
                       struct connection *conn);

/* Store in *POSITION, which starts as 0, where to go on, and return the next
   live connection in no certain order, or NULL after the last.  The table
   must not change meanwhile.  */
struct connection const *conntable_next (struct conntable const *table,
                                         size_t *position);

#endif /* CONNTABLE_H */
