/* rules.h -- a directory of rules, and what one of them says.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef RULES_H
#define RULES_H

#include "base/system.h"

enum
{
  /* The longest file "exec", and the most files in a directory "env".  */
  RULES_EXEC_MAX = 4096,
  RULES_VARIABLES_MAX = 1000
};

enum rules_verdict
{
  /* There is no such rule, or it says nothing.  */
  RULES_ABSENT,
  RULES_ALLOW,
  RULES_DENY,
  /* It cannot be read, or not understood.  */
  RULES_BAD
};

struct rule
{
  /* Of RULES_ALLOW: what is to become of the environment, "NAME=VALUE" to set
     a variable and "NAME" to unset one, in alphabetical order; and the program
     to run instead, or NULL.  */
  char **variables;
  size_t variable_count;
  char **program;
  /* Of RULES_BAD: the file in the rule, such as "exec" or "env/HOME", or "" if
     it is the rule itself; what is wrong with it, and the errno that goes with
     it or 0.  */
  char *file;
  char const *trouble;
  int errnum;
};

/* Return a descriptor for the directory PATH of rules, or -1 with errno
   set.  */
int rules_open (char const *path);

/* See what the rule KEY ("uid/1000") in the directory DIR says, and fill *RULE
   as above.  Symbolic links are followed, but one that leads to nothing is
   bad.  Files other than regular ones and devices are bad, and none can
   block.  A rule that has both "allow" and "deny" allows.  If there was no
   memory, RULE->file may be NULL.  */
enum rules_verdict rules_look (int dir, char const *key, struct rule *rule);

/* As rules_look, for a client whom "allow" cannot let in.  A rule that has
   "deny" denies, even if it has "allow", too, and one that has no "deny" says
   nothing.  The result is never RULES_ALLOW.  */
enum rules_verdict rules_look_for_denial (int dir, char const *key,
                                          struct rule *rule);

/* See what a compiled rule says, whose record has the LEN bytes at DATA, and
   fill *RULE as rules_look does.  */
enum rules_verdict rules_look_at_record (char const *data, size_t len,
                                         struct rule *rule);

/* Free the memory of *RULE, which is one of RULES_ALLOW.  */
void rules_release (struct rule *rule);

#endif /* RULES_H */
