/* rulekeys.c -- the keys of the rules to try for a client, in order.
   This file makes no system call.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "access/rulekeys.h"

#include <stdlib.h>
#include <string.h>

#include "inttostr.h"

/* The states: which key is next.  */
enum
{
  UID_SELF,
  UID_NUMBER,
  GID_SELF,
  GID_NUMBER,
  GROUP_SELF,
  GROUP_NUMBER,
  DEFAULT,
  END
};

static int
compare (void const *a, void const *b)
{
  gid_t x = *(gid_t const *) a;
  gid_t y = *(gid_t const *) b;
  return x < y ? -1 : y < x;
}

void
rulekeys_sort (gid_t *groups, size_t count)
{
  if (count)
    qsort (groups, count, sizeof *groups, compare);
}

/* Return true if the next group equals the gid or the group before it.  */
static bool
is_known (struct rulekeys const *keys)
{
  gid_t gid = keys->groups[keys->group];
  return gid == keys->gid || (keys->group != 0
                              && gid == keys->groups[keys->group - 1]);
}

/* Store in KEY the id of KEYS, after KIND ("uid/" or "gid/").  */
static bool
name_number (struct rulekeys const *keys, char *key, char const *kind)
{
  char digits[INT_BUFSIZE_BOUND (uintmax_t)];
  stpcpy (stpcpy (key, kind), umaxtostr (keys->id, digits));
  return true;
}

static bool
name_word (char *key, char const *name)
{
  strcpy (key, name);
  return true;
}

/* Set the id of KEYS to ID, of the kind KIND.  */
static void
take_id (struct rulekeys *keys, enum rulekeys_kind kind, uintmax_t id)
{
  keys->kind = kind;
  keys->id = id;
}

bool
rulekeys_next (struct rulekeys *keys, char key[RULEKEYS_SIZE])
{
  for (;;)
    switch (keys->step++)
      {
      case UID_SELF:
        take_id (keys, RULEKEYS_UID, keys->uid);
        if (keys->uid == keys->own_uid)
          return name_word (key, "uid/self");
        break;
      case UID_NUMBER:
        return name_number (keys, key, "uid/");
      case GID_SELF:
        take_id (keys, RULEKEYS_GID, keys->gid);
        if (keys->gid == keys->own_gid)
          return name_word (key, "gid/self");
        break;
      case GID_NUMBER:
        return name_number (keys, key, "gid/");
      case GROUP_SELF:
        while (keys->group < keys->group_count && is_known (keys))
          keys->group++;
        if (keys->group == keys->group_count)
          {
            keys->step = DEFAULT;
            break;
          }
        take_id (keys, RULEKEYS_GID, keys->groups[keys->group]);
        if (keys->groups[keys->group] == keys->own_gid)
          return name_word (key, "gid/self");
        break;
      case GROUP_NUMBER:
        keys->step = GROUP_SELF;
        keys->group++;
        return name_number (keys, key, "gid/");
      case DEFAULT:
        keys->kind = RULEKEYS_DEFAULT;
        return name_word (key, "uid/default");
      default:
        keys->step = END;
        return false;
      }
}
