/* rulekeys.c -- unit test of src/access/rulekeys.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "access/rulekeys.h"

#include <string.h>

#include "unit.h"

/* Return whether KEYS returns exactly the names in WANTED.  */
static bool
gives (struct rulekeys keys, char const *const *wanted)
{
  char key[RULEKEYS_SIZE];
  for (; rulekeys_next (&keys, key); wanted++)
    if (! *wanted || strcmp (key, *wanted) != 0)
      return false;
  /* Further calls return nothing.  */
  return ! *wanted && ! rulekeys_next (&keys, key);
}

#define GIVES(Keys, ...) \
  unit_check (gives (Keys, (char const *const []) { __VA_ARGS__, NULL }))

/* Return whether the next name of KEYS is of kind KIND and for ID.  */
static bool
is_for (struct rulekeys *keys, enum rulekeys_kind kind, uintmax_t id)
{
  char key[RULEKEYS_SIZE];
  return rulekeys_next (keys, key) && keys->kind == kind && keys->id == id;
}

/* Return how many of the COUNT ids in LIST are GID.  */
static size_t
count_in (gid_t const *list, size_t count, gid_t gid)
{
  size_t n = 0;
  for (size_t i = 0; i < count; i++)
    n += list[i] == gid;
  return n;
}

int
main (void)
{
  struct rulekeys keys = { .uid = 1, .gid = 2, .own_uid = 3, .own_gid = 4 };
  GIVES (keys, "uid/1", "gid/2", "uid/default");
  keys.own_uid = 1;
  GIVES (keys, "uid/self", "uid/1", "gid/2", "uid/default");
  keys.own_gid = 2;
  GIVES (keys, "uid/self", "uid/1", "gid/self", "gid/2", "uid/default");
  keys.own_uid = 2;
  keys.own_gid = 1;
  GIVES (keys, "uid/1", "gid/2", "uid/default");
  unit_promise ("the keys are uid, gid and default, and self for our own ids");

  static gid_t const groups[] = { 1, 1, 2, 5, 5, 7 };
  keys.groups = groups;
  keys.group_count = 6;
  GIVES (keys, "uid/1", "gid/2", "gid/self", "gid/1", "gid/5", "gid/7",
         "uid/default");
  keys.own_gid = 7;
  GIVES (keys, "uid/1", "gid/2", "gid/1", "gid/5", "gid/self", "gid/7",
         "uid/default");
  keys.own_gid = 2;
  GIVES (keys, "uid/1", "gid/self", "gid/2", "gid/1", "gid/5", "gid/7",
         "uid/default");
  keys.group_count = 3;
  GIVES (keys, "uid/1", "gid/self", "gid/2", "gid/1", "uid/default");
  keys.groups += 2;
  keys.group_count = 1;
  GIVES (keys, "uid/1", "gid/self", "gid/2", "uid/default");
  unit_promise ("other groups come before the default, each once");

  keys = (struct rulekeys) { .uid = 1, .gid = 2, .own_uid = 1, .own_gid = 5,
                             .groups = groups, .group_count = 6 };
  unit_check (is_for (&keys, RULEKEYS_UID, 1));
  unit_check (is_for (&keys, RULEKEYS_UID, 1));
  unit_check (is_for (&keys, RULEKEYS_GID, 2));
  unit_check (is_for (&keys, RULEKEYS_GID, 1));
  unit_check (is_for (&keys, RULEKEYS_GID, 5));
  unit_check (is_for (&keys, RULEKEYS_GID, 5));
  unit_check (is_for (&keys, RULEKEYS_GID, 7));
  unit_check (is_for (&keys, RULEKEYS_DEFAULT, keys.id));
  unit_promise ("each key is for one id of the client, or for every client");

  gid_t list[40];
  gid_t sorted[40];
  rulekeys_sort (NULL, 0);
  for (int round = 0; round < 500; round++)
    {
      size_t count = unit_random () % 41;
      for (size_t i = 0; i < count; i++)
        sorted[i] = list[i] = unit_random () % 2 ? unit_random ()
          : unit_random () % 5;
      rulekeys_sort (sorted, count);
      for (size_t i = 0; i < count; i++)
        {
          unit_check (i == 0 || sorted[i - 1] <= sorted[i]);
          unit_check (count_in (list, count, list[i])
                      == count_in (sorted, count, list[i]));
        }
    }
  unit_promise ("groups are put into ascending order");
  return unit_end ();
}
