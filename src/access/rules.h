/* rules.h -- read a rule from a directory of rules.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef RULES_H
#define RULES_H

#include "base/system.h"

enum
{
  /* The most bytes in a file "exec", and the most files in a directory
     "env".  */
  RULES_EXEC_MAX = 4096,
  RULES_VARIABLES_MAX = 1000
};

enum rules_verdict
{
  /* There is no such rule, or it has neither "allow" nor "deny".  */
  RULES_ABSENT,
  RULES_ALLOW,
  RULES_DENY,
  /* The rule cannot be read, or is malformed.  */
  RULES_BAD
};

struct rule
{
  /* Valid for RULES_ALLOW: the changes to the environment, "NAME=VALUE" to set
     a variable and "NAME" to unset one, in alphabetical order; and the program
     to run instead of that of the command line, or NULL.  */
  char **variables;
  size_t variable_count;
  char **program;
  /* Valid for RULES_BAD: the file of the rule that is bad, such as "exec" or
     "env/HOME", or "" for the rule itself; what is wrong with it; and the
     errno value, or 0.  */
  char *file;
  char const *why;
  int errnum;
};

/* Open the rules directory PATH.  Return a descriptor, or -1 with errno
   set.  */
int rules_open (char const *path);

/* Read the rule KEY ("uid/1000") of the directory DIR into *RULE and return
   its verdict.  Symbolic links are followed; a link to a missing file is
   RULES_BAD.  A file that is neither regular nor a device is RULES_BAD as
   well, and reading never blocks.  If a rule has both "allow" and "deny", it
   allows.  If out of memory, RULE->file may be NULL.  */
enum rules_verdict rules_read (int dir, char const *key, struct rule *rule);

/* As rules_read, for a client that "allow" must not let in.  A rule with
   "deny" denies, even if it has "allow" as well, and a rule without "deny" is
   RULES_ABSENT.  The result is never RULES_ALLOW.  */
enum rules_verdict rules_read_denial (int dir, char const *key,
                                      struct rule *rule);

/* Read a compiled rule from the LEN bytes at DATA into *RULE and return its
   verdict.  */
enum rules_verdict rules_read_record (char const *data, size_t len,
                                      struct rule *rule);

/* Free the memory of *RULE, whose verdict is RULES_ALLOW.  */
void rules_release (struct rule *rule);

#endif /* RULES_H */
