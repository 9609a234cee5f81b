/* ruleset.h -- a set of rules: a directory, or a cdb file made of one.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef RULESET_H
#define RULESET_H

#include "access/rules.h"

struct ruleset
{
  /* A directory of rules, or -1.  */
  int dir;
  /* A file of rules, or null.  */
  struct cdbfile *file;
};

/* Open *SET: the directory PATH or, if IS_FILE, the cdb file PATH.  Return 0.
   On failure return -1 and store in *WHY what is wrong, with errno set, or
   errno 0 if *WHY is a complete reason.  */
int ruleset_open (struct ruleset *set, char const *path, bool is_file,
                  char const **why);

/* Read the rule KEY ("uid/1000") of SET into *RULE and return its verdict, as
   rules_read does.  */
enum rules_verdict ruleset_look (struct ruleset *set, char const *key,
                                 struct rule *rule);

/* Look again at the rule KEY of SET, for which ruleset_look has returned
   RULES_ALLOW, for a client that "allow" must not let in.  Return RULES_DENY
   if the rule also has "deny"; otherwise RULES_ABSENT, or RULES_BAD if it
   cannot be read.  A rule of a file never has both.  */
enum rules_verdict ruleset_look_for_denial (struct ruleset *set,
                                            char const *key,
                                            struct rule *rule);

/* Close SET.  Return 0, or -1 if a file was changed since it was opened; then
   what was read from it must not be used.  */
int ruleset_close (struct ruleset *set);

#endif /* RULESET_H */
