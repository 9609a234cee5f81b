/* conntable.c -- who is connected, and how many times.
   This file makes no system call.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/conntable.h"

#include <stdint.h>
#include <stdlib.h>

/* Connections are in a pool, from which the last place that became free is
   taken first: few connections at a time touch little memory, however many
   there may be.

   Two open-addressing hash tables with linear probing find them, one by pid
   and one by uid, both at most half full: the size is a power of two, at least
   twice the capacity.  Entries are removed by moving later ones of the same
   run back, so there are no tombstones to collect.

   Pids are given out by the system and uids are a client's to choose among
   those it may become, so keys are scattered by a multiplication.  An ordinary
   user may have 65,536 subordinate uids, and among so many find enough of
   which the searches begin at slots close together.  That makes a run as long
   as there are connections.  A search through a run of a thousand took 3.5
   microseconds, which is little beside making a process.  */

struct user
{
  uid_t uid;
  /* 0 in a free slot.  */
  uint32_t count;
};

struct conntable
{
  size_t mask;
  unsigned int shift;
  size_t count;
  /* A free place has pid 0.  Only the first USED have ever been taken; FREED
     is a stack of those that are free again.  */
  struct connection *pool;
  size_t used;
  uint32_t *freed;
  size_t freed_count;
  /* One more than a connection's number in the pool, or 0 in a free slot.  */
  uint32_t *by_pid;
  struct user *by_uid;
};

/* The slot at which the search for KEY begins.  */
static size_t
home (struct conntable const *table, uintmax_t key)
{
  return ((uint64_t) key * UINT64_C (0x9e3779b97f4a7c15)) >> table->shift;
}

/* Whether the slot at HOLE may take the entry from slot FROM, whose search
   begins at slot HOME: only if HOLE lies on the way from HOME to FROM.  */
static bool
may_move (struct conntable const *table, size_t hole, size_t from,
          size_t home)
{
  return ((from - home) & table->mask) >= ((from - hole) & table->mask);
}

/* The pid in SLOT of by_pid, which is not free.  */
static pid_t
pid_in (struct conntable const *table, size_t slot)
{
  return table->pool[table->by_pid[slot] - 1].pid;
}

/* The slot of PID, or the free one in which it would be put.  */
static size_t
find_pid (struct conntable const *table, pid_t pid)
{
  size_t i = home (table, pid);
  while (table->by_pid[i] != 0 && pid_in (table, i) != pid)
    i = (i + 1) & table->mask;
  return i;
}

/* Likewise for UID.  */
static size_t
find_uid (struct conntable const *table, uid_t uid)
{
  size_t i = home (table, uid);
  while (table->by_uid[i].count != 0 && table->by_uid[i].uid != uid)
    i = (i + 1) & table->mask;
  return i;
}

/* Empty the slot HOLE of by_pid.  */
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

/* Empty the slot HOLE of by_uid.  */
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
  /* Not cleared: that would touch them.  */
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
conntable_admit (struct conntable *table, struct connection const *conn)
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
conntable_forget (struct conntable *table, pid_t pid, struct connection *conn)
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
          /* A count of 0 has just made the slot look free already; the rest
             of its run has yet to close up.  */
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
