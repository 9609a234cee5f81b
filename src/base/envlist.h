/* envlist.h -- an environment to hand on.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef ENVLIST_H
#define ENVLIST_H

#include "base/system.h"

#include <stdint.h>

/* A copy of an environment's vector, with free slots in front for what
   changes each time.  The strings themselves are shared with the original
   and must outlive the list.  */
struct envlist
{
  /* All slots; then the kept variables, then a null pointer.  */
  char **vector;
  /* How many slots are in front.  */
  size_t slots;
  /* How many variables follow the slots.  */
  size_t count;
};

/* Fill *LIST with VARIABLES, in their order, and SLOTS free
   slots in front.  Return 0, or -1 with errno ENOMEM.  The caller frees
   LIST->vector.  */
int envlist_init (struct envlist *list, char **variables, size_t slots);

/* Make *COPY a list like LIST, with free slots and a vector of its own.
   Return 0, or -1 with errno ENOMEM.  */
int envlist_copy (struct envlist *copy, struct envlist const *list);

/* The value of the first variable called NAME, or NULL.  */
char const *envlist_get (struct envlist const *list, char const *name);

/* Remove every variable called NAME.  */
void envlist_unset (struct envlist *list, char const *name);

/* Remove every variable of ASSIGNMENT's name ("NAME=VALUE") and add
   ASSIGNMENT, which must outlive LIST, behind the others.  Return 0, or -1
   with errno ENOMEM.  */
int envlist_set (struct envlist *list, char *assignment);

/* Remove every variable called PREFIX followed by NAME and, unless VALUE is
   null, add one of that name with VALUE.  Return 0, or -1 with errno ENOMEM.
   The new string is never freed: it is for an environment that becomes
   another program's.  */
int envlist_assign (struct envlist *list, char const *prefix,
                    char const *name, char const *value);

/* As envlist_assign, with the number VALUE in decimal.  */
int envlist_assign_number (struct envlist *list, char const *prefix,
                           char const *name, uintmax_t value);

/* Put the COUNT strings of ASSIGNMENTS into the slots directly before the
   kept variables and return the vector that starts there, ready for execve.
   COUNT is at most LIST->slots.  Valid until the next call.  */
char **envlist_with (struct envlist *list, char *const *assignments,
                     size_t count);

#endif /* ENVLIST_H */
