/* conntable.c -- the live connections, by process and by user.
   This file makes no system call.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/conntable.h"

#include <stdint.h>
#include <stdlib.h>

/* Connections are stored in a pool.  A new connection takes the place that was
   freed last, so few connections at a time touch little memory, however large
   the pool is.

   There are two open-addressing hash tables with linear probing.  One finds a
   connection by its pid, and the other the number of connections of a uid.
   Their size is a power of two and at least twice the capacity, so they are at
   most half full.  Removing a record moves later records of the same run back,
   so no tombstones are needed.

   Keys are hashed by a multiplication.  A client can choose its uid among
   those that it may become: an ordinary user may have 65,536 subordinate uids,
   and can find enough of them that hash to nearby slots.  Then one run can
   contain all connections.  A search through a run of a thousand took 3.5
   microseconds, which is little compared to starting a process.  */

struct user
{
  uid_t uid;
  /* The number of connections of UID; 0 in a free slot.  */
  uint32_t count;
};

struct conntable
{
  size_t mask;
  unsigned int shift;
  size_t count;
  /* The connections; a free place has pid 0.  The first USED places have been
     taken at least once.  FREED is a stack of the places that are free
     again.  */
  struct connection *pool;
  size_t used;
  uint32_t *freed;
  size_t freed_count;
  /* For each slot, a connection's place in the pool plus 1, or 0 if the slot
     is free.  */
  uint32_t *by_pid;
  struct user *by_uid;
};

/* Return the slot at which the search for KEY begins.  */
static size_t
home (struct conntable const *table, uintmax_t key)
{
  return ((uint64_t) key * UINT64_C (0x9e3779b97f4a7c15)) >> table->shift;
}

/* Return true if the record in slot FROM may move to the free slot HOLE.  HOME
   is where the search for this record begins.  It may move if HOLE lies
   between HOME and FROM, because the search must still find it.  */
static bool
may_move (struct conntable const *table, size_t hole, size_t from,
          size_t home)
{
  return ((from - home) & table->mask) >= ((from - hole) & table->mask);
}

/* Return the pid of SLOT of by_pid, which is not free.  */
static pid_t
pid_in (struct conntable const *table, size_t slot)
{
  return table->pool[table->by_pid[slot] - 1].pid;
}

/* Return the slot of PID in by_pid, or the free slot where PID would go.  */
static size_t
find_pid (struct conntable const *table, pid_t pid)
{
  size_t i = home (table, pid);
  while (table->by_pid[i] != 0 && pid_in (table, i) != pid)
    i = (i + 1) & table->mask;
  return i;
}

/* Return the slot of UID in by_uid, or the free slot where UID would go.  */
static size_t
find_uid (struct conntable const *table, uid_t uid)
{
  size_t i = home (table, uid);
  while (table->by_uid[i].count != 0 && table->by_uid[i].uid != uid)
    i = (i + 1) & table->mask;
  return i;
}

/* Remove the record in slot HOLE of by_pid.  */
static void
remove_pid (struct conntable *table, size_t hole)
{
  for (size_t i = (hole + 1) & table->mask; table->by_pid[i] != 0;
       i = (i + 1) & table->mask)
    if (may_move (table, hole, i, home (table, pid_in (table, i))))
      {
        table->by_pid[hole] = table->by_pid[i];
        hole = i;
      }
  table->by_pid[hole] = 0;
}

/* Remove the record in slot HOLE of by_uid.  */
static void
remove_uid (struct conntable *table, size_t hole)
{
  for (size_t i = (hole + 1) & table->mask; table->by_uid[i].count != 0;
       i = (i + 1) & table->mask)
    if (may_move (table, hole, i, home (table, table->by_uid[i].uid)))
      {
        table->by_uid[hole] = table->by_uid[i];
        hole = i;
      }
  table->by_uid[hole].count = 0;
}

struct conntable *
conntable_new (size_t capacity)
{
  struct conntable *table = calloc (1, sizeof *table);
  if (! table)
    return NULL;

  unsigned int bits = 1;
  while (((size_t) 1 << bits) < 2 * capacity)
    bits++;
  table->mask = ((size_t) 1 << bits) - 1;
  table->shift = 64 - bits;
  /* The pool is not cleared, because that would touch all its memory.  */
  table->pool = reallocarray (NULL, capacity, sizeof *table->pool);
  table->freed = reallocarray (NULL, capacity, sizeof *table->freed);
  table->by_pid = calloc (table->mask + 1, sizeof *table->by_pid);
  table->by_uid = calloc (table->mask + 1, sizeof *table->by_uid);
  if (! table->pool || ! table->freed || ! table->by_pid || ! table->by_uid)
    {
      conntable_free (table);
      return errno = ENOMEM, NULL;
    }
  return table;
}

void
conntable_free (struct conntable *table)
{
  if (table)
    {
      free (table->pool);
      free (table->freed);
      free (table->by_pid);
      free (table->by_uid);
      free (table);
    }
}

size_t
conntable_count (struct conntable const *table)
{
  return table->count;
}

size_t
conntable_count_uid (struct conntable const *table, uid_t uid)
{
  return table->by_uid[find_uid (table, uid)].count;
}

bool
conntable_has (struct conntable const *table, pid_t pid)
{
  return table->by_pid[find_pid (table, pid)] != 0;
}

void
conntable_add (struct conntable *table, struct connection const *conn)
{
  size_t number = (table->freed_count
                   ? table->freed[--table->freed_count] : table->used++);
  table->pool[number] = *conn;
  table->by_pid[find_pid (table, conn->pid)] = number + 1;
  table->count++;
  if (conn->known)
    {
      struct user *user = &table->by_uid[find_uid (table, conn->uid)];
      user->uid = conn->uid;
      user->count++;
    }
}

bool
conntable_remove (struct conntable *table, pid_t pid, struct connection *conn)
{
  size_t i = find_pid (table, pid);
  if (pid <= 0 || table->by_pid[i] == 0)
    return false;

  size_t number = table->by_pid[i] - 1;
  *conn = table->pool[number];
  remove_pid (table, i);
  table->pool[number].pid = 0;
  table->freed[table->freed_count++] = number;
  table->count--;
  if (conn->known)
    {
      size_t u = find_uid (table, conn->uid);
      if (--table->by_uid[u].count == 0)
        {
          /* The slot is free already because its count is 0.  Later records of
             its run still have to move back.  */
          remove_uid (table, u);
        }
    }
  return true;
}

struct connection const *
conntable_next (struct conntable const *table, size_t *position)
{
  while (*position < table->used)
    {
      struct connection const *conn = &table->pool[(*position)++];
      if (conn->pid != 0)
        return conn;
    }
  return NULL;
}
