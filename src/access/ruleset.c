/* ruleset.c -- a set of rules: a directory, or a cdb file made of one.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "access/ruleset.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "access/cdbfile.h"

int
ruleset_open (struct ruleset *set, char const *path, bool is_file,
              char const **why)
{
  *set = (struct ruleset) { .dir = -1 };
  if (is_file)
    {
      set->file = cdbfile_open (path, why);
      return set->file ? 0 : -1;
    }
  *why = "unable to open";
  set->dir = rules_open (path);
  return set->dir < 0 ? -1 : 0;
}

/* Read the rule KEY of FILE into *RULE and return its verdict.  */
static enum rules_verdict
look_in_file (struct cdbfile *file, char const *key, struct rule *rule)
{
  char *data;
  size_t len;
  int found = cdbfile_find (file, key, &data, &len);

  *rule = (struct rule) { .why = "unable to read" };
  if (found < 0)
    {
      rule->errnum = errno;
      return RULES_BAD;
    }
  if (found == 0)
    return RULES_ABSENT;
  enum rules_verdict verdict = rules_read_record (data, len, rule);
  free (data);
  return verdict;
}

enum rules_verdict
ruleset_look (struct ruleset *set, char const *key, struct rule *rule)
{
  return (set->file ? look_in_file (set->file, key, rule)
          : rules_read (set->dir, key, rule));
}

enum rules_verdict
ruleset_look_for_denial (struct ruleset *set, char const *key,
                         struct rule *rule)
{
  /* A record of a file either allows or denies.  The caller has found that
     this one allows, so it does not deny.  */
  return (set->file ? RULES_ABSENT
          : rules_read_denial (set->dir, key, rule));
}

int
ruleset_close (struct ruleset *set)
{
  if (0 <= set->dir)
    close (set->dir);
  set->dir = -1;
  int result = set->file ? cdbfile_close (set->file) : 0;
  set->file = NULL;
  return result;
}
