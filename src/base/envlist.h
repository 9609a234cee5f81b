/* envlist.h -- the environment of the next program or of a child.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef ENVLIST_H
#define ENVLIST_H

#include "base/system.h"

#include <stdint.h>

/* A copy of an environment's vector, with free slots in front for variables
   that are different for each child.  The strings are shared with the original
   and must outlive the list.  */
struct envlist
{
  /* The slots, the variables, and a null pointer.  */
  char **vector;
  /* The number of slots.  */
  size_t slots;
  /* The number of variables after the slots.  */
  size_t count;
};

/* Store VARIABLES in *LIST, in their order, with SLOTS free slots in front.
   Return 0, or -1 with errno ENOMEM.  The caller frees LIST->vector.  */
int envlist_init (struct envlist *list, char **variables, size_t slots);

/* Make *COPY a copy of LIST with a vector and free slots of its own.  Return
   0, or -1 with errno ENOMEM.  */
int envlist_copy (struct envlist *copy, struct envlist const *list);

/* Return the value of the first variable called NAME, or NULL.  */
char const *envlist_get (struct envlist const *list, char const *name);

/* Remove every variable called NAME.  */
void envlist_unset (struct envlist *list, char const *name);

/* Remove every variable with the name of ASSIGNMENT ("NAME=VALUE") and append
   ASSIGNMENT, which must outlive LIST.  Return 0, or -1 with errno ENOMEM.  */
int envlist_set (struct envlist *list, char *assignment);

/* Remove every variable whose name is PREFIX followed by NAME.  Unless VALUE
   is null, append one with this name and VALUE.  Return 0, or -1 with errno
   ENOMEM.  The new string is never freed, because it is passed on to the next
   program.  */
int envlist_assign (struct envlist *list, char const *prefix,
                    char const *name, char const *value);

/* Do what envlist_assign does, with the number VALUE in decimal.  */
int envlist_assign_number (struct envlist *list, char const *prefix,
                           char const *name, uintmax_t value);

/* Put the COUNT strings of ASSIGNMENTS into the slots directly before the
   variables.  Return the vector that starts there, ready for execve.  COUNT is
   at most LIST->slots.  The vector is valid until the next call.  */
char **envlist_with (struct envlist *list, char *const *assignments,
                     size_t count);

#endif /* ENVLIST_H */
