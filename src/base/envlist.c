/* envlist.c -- the environment of the next program or of a child.
   This file makes no system call.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "base/envlist.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "intprops.h"
#include "inttostr.h"

/* Return true if the name of VARIABLE is the LEN bytes at NAME.  */
static bool
is_called (char const *variable, char const *name, size_t len)
{
  return strncmp (variable, name, len) == 0 && variable[len] == '=';
}

/* Do what envlist_unset does for the LEN bytes at NAME.  */
static void
unset_name (struct envlist *list, char const *name, size_t len)
{
  char **from = list->vector + list->slots;
  char **to = from;

  for (; *from; from++)
    if (! is_called (*from, name, len))
      *to++ = *from;
  *to = NULL;
  list->count = to - (list->vector + list->slots);
}

int
envlist_init (struct envlist *list, char **variables, size_t slots)
{
  size_t count = 0;

  while (variables && variables[count])
    count++;
  list->vector = calloc (slots + count + 1, sizeof *list->vector);
  if (! list->vector)
    return errno = ENOMEM, -1;
  if (count)
    memcpy (list->vector + slots, variables, count * sizeof *variables);
  list->slots = slots;
  list->count = count;
  return 0;
}

int
envlist_copy (struct envlist *copy, struct envlist const *list)
{
  return envlist_init (copy, list->vector + list->slots, list->slots);
}

char const *
envlist_get (struct envlist const *list, char const *name)
{
  size_t len = strlen (name);

  for (char **v = list->vector + list->slots; *v; v++)
    if (is_called (*v, name, len))
      return *v + len + 1;
  return NULL;
}

void
envlist_unset (struct envlist *list, char const *name)
{
  unset_name (list, name, strlen (name));
}

int
envlist_set (struct envlist *list, char *assignment)
{
  unset_name (list, assignment, strcspn (assignment, "="));

  size_t used = list->slots + list->count;
  char **vector = reallocarray (list->vector, used + 2, sizeof *vector);
  if (! vector)
    return errno = ENOMEM, -1;
  vector[used] = assignment;
  vector[used + 1] = NULL;
  list->vector = vector;
  list->count++;
  return 0;
}

int
envlist_assign (struct envlist *list, char const *prefix, char const *name,
                char const *value)
{
  size_t size = strlen (prefix) + strlen (name) + 1;
  char *assignment = malloc (size + (value ? 1 + strlen (value) : 0));

  if (! assignment)
    return -1;
  char *end = stpcpy (stpcpy (assignment, prefix), name);
  if (! value)
    {
      envlist_unset (list, assignment);
      free (assignment);
      return 0;
    }
  stpcpy (stpcpy (end, "="), value);
  return envlist_set (list, assignment);
}

int
envlist_assign_number (struct envlist *list, char const *prefix,
                       char const *name, uintmax_t value)
{
  char digits[INT_BUFSIZE_BOUND (uintmax_t)];
  return envlist_assign (list, prefix, name, umaxtostr (value, digits));
}

char **
envlist_with (struct envlist *list, char *const *assignments, size_t count)
{
  char **first = list->vector + list->slots - count;

  for (size_t i = 0; i < count; i++)
    first[i] = assignments[i];
  return first;
}
