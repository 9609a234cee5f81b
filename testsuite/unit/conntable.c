/* conntable.c -- unit test of src/serve/conntable.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/conntable.h"

#include <string.h>

#include "unit.h"

/* A plain list with the same contents as the table, to compare with.  */
enum { MODEL_MAX = 1000 };
static struct connection model[MODEL_MAX];
static size_t model_count;

static size_t
model_find (pid_t pid)
{
  size_t i = 0;
  while (i < model_count && model[i].pid != pid)
    i++;
  return i;
}

static size_t
model_count_uid (uid_t uid)
{
  size_t n = 0;
  for (size_t i = 0; i < model_count; i++)
    n += model[i].known && model[i].uid == uid;
  return n;
}

static bool
same (struct connection const *a, struct connection const *b)
{
  return (a->pid == b->pid && a->known == b->known && a->uid == b->uid
          && a->gid == b->gid && a->began.tv_sec == b->began.tv_sec
          && a->began.tv_nsec == b->began.tv_nsec);
}

/* Ways to choose keys that are hard for a hash table.  */
enum keys
{
  KEYS_DENSE,
  KEYS_RANDOM,
  KEYS_ALIGNED,
  KEYS_COLLIDING,
  KEYS_KINDS
};

/* Return key number I of KIND.  All colliding keys begin their search near the
   same slot, if keys are hashed by the golden ratio.  */
static uint32_t
key_of (enum keys kind, uint32_t i)
{
  switch (kind)
    {
    case KEYS_DENSE:
      return i;
    case KEYS_RANDOM:
      return (i * UINT32_C (2654435761) ^ i << 7) & 0x7fffffff;
    case KEYS_ALIGNED:
      return (i << 16) & 0x7fffffff;
    default:
      {
        static uint32_t found[2 * MODEL_MAX + 1];
        static size_t count;
        static uint32_t next;
        while (count <= i)
          {
            next++;
            uint64_t place = next * UINT64_C (0x9e3779b97f4a7c15);
            if (place >> 58 == 63)
              found[count++] = next;
          }
        return found[i];
      }
    }
}

/* Return whether TABLE has the same contents as the list, by all
   functions.  */
static bool
agrees (struct conntable const *table)
{
  size_t position = 0;
  size_t n = 0;
  struct connection const *conn;
  static bool seen[MODEL_MAX];

  memset (seen, false, sizeof seen);
  while ((conn = conntable_next (table, &position)))
    {
      size_t i = model_find (conn->pid);
      if (i == model_count || seen[i] || ! same (conn, &model[i]))
        return false;
      seen[i] = true;
      n++;
    }
  if (n != model_count || conntable_count (table) != model_count)
    return false;
  for (size_t i = 0; i < model_count; i++)
    if (conntable_count_uid (table, model[i].uid)
        != model_count_uid (model[i].uid))
      return false;
  return true;
}

static void
admit (struct conntable *table, pid_t pid, uid_t uid, bool known)
{
  struct connection conn = { .pid = pid, .known = known, .uid = uid,
                             .gid = uid + 1, .began.tv_sec = pid,
                             .began.tv_nsec = uid % 1000 };
  conntable_add (table, &conn);
  model[model_count++] = conn;
}

static void
forget (struct conntable *table, pid_t pid)
{
  struct connection conn;
  size_t i = model_find (pid);

  memset (&conn, 0, sizeof conn);
  unit_check (conntable_remove (table, pid, &conn));
  unit_check (same (&conn, &model[i]));
  model[i] = model[--model_count];
}

/* Make STEPS random changes to a table of CAPACITY, with at most UIDS
   uids.  */
static void
walk (size_t capacity, enum keys kind, uint32_t uids, int steps)
{
  struct conntable *table = conntable_new (capacity);
  struct connection conn;
  size_t target = capacity;

  model_count = 0;
  for (int step = 0; step < steps; step++)
    {
      /* Let the number of entries rise and fall between empty and full.  */
      if (model_count == target)
        target = unit_random () % (capacity + 1);
      pid_t pid = key_of (kind, 1 + unit_random () % (2 * capacity));
      uid_t uid = key_of (kind, unit_random () % uids);
      unit_check (conntable_has (table, pid)
                  == (model_find (pid) < model_count));
      if (model_find (pid) < model_count)
        {
          if (target < model_count || unit_random () % 4 == 0)
            forget (table, pid);
        }
      else if (model_count < capacity
               && (model_count < target || unit_random () % 4 == 0))
        admit (table, pid, uid, unit_random () % 16 != 0);
      else
        unit_check (! conntable_remove (table, pid, &conn));
      unit_check (conntable_count (table) == model_count);
      unit_check (conntable_count_uid (table, uid) == model_count_uid (uid));
      if (step % 64 == 0)
        unit_check (agrees (table));
    }
  unit_check (agrees (table));
  while (model_count)
    {
      forget (table, model[unit_random () % model_count].pid);
      if (model_count % 32 == 0)
        unit_check (agrees (table));
    }
  unit_check (agrees (table));
  conntable_free (table);
}

static void
test_model (void)
{
  static char const *const promises[KEYS_KINDS] =
    {
      [KEYS_DENSE] = "the table agrees with a model, keys in a row",
      [KEYS_RANDOM] = "the table agrees with a model, keys at random",
      [KEYS_ALIGNED] = "the table agrees with a model, keys far apart",
      [KEYS_COLLIDING] = "the table agrees with a model, keys that collide"
    };

  for (enum keys kind = 0; kind < KEYS_KINDS; kind++)
    {
      for (size_t capacity = 1; capacity <= 9; capacity++)
        walk (capacity, kind, 4, 2000);
      walk (40, kind, 5, 10000);
      walk (64, kind, 128, 10000);
      walk (300, kind, 600, 5000);
      unit_promise (promises[kind]);
    }

  walk (1000, KEYS_RANDOM, 2000, 6000);
  walk (1000, KEYS_COLLIDING, 1000, 6000);
  unit_promise ("a thousand connections of a thousand users are told apart");
}

static void
test_corners (void)
{
  struct conntable *table = conntable_new (3);
  struct connection conn = { .pid = 77 };

  model_count = 0;
  unit_check (! conntable_remove (table, 1, &conn));
  unit_check (! conntable_remove (table, 0, &conn));
  unit_check (! conntable_remove (table, -1, &conn));
  unit_check (! conntable_has (table, 0));
  unit_check (! conntable_has (table, -1));
  unit_check (conn.pid == 77);
  unit_check (conntable_count_uid (table, 0) == 0);
  unit_check (agrees (table));
  unit_promise ("an empty table has no connection, not even with pid 0 or -1");

  admit (table, 10, 0, true);
  admit (table, 11, 0, false);
  admit (table, 12, (uid_t) -2, true);
  unit_check (conntable_count_uid (table, 0) == 1);
  unit_check (conntable_count_uid (table, (uid_t) -2) == 1);
  unit_check (! conntable_has (table, 0));
  unit_check (! conntable_has (table, -1));
  unit_check (agrees (table));
  unit_promise ("a client whose ids are unknown does not count for root");

  forget (table, 11);
  unit_check (conntable_count_uid (table, 0) == 1);
  forget (table, 10);
  unit_check (conntable_count_uid (table, 0) == 0);
  unit_check (! conntable_remove (table, 10, &conn));
  unit_check (! conntable_remove (table, 0, &conn));
  unit_check (agrees (table));
  unit_promise ("a connection is removed only once");
  conntable_free (table);
  conntable_free (NULL);
}

int
main (void)
{
  test_corners ();
  test_model ();
  return unit_end ();
}
