/* envdir.c -- files that stand for variables, as envdir(8) reads them.
   This file makes no system call.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "access/envdir.h"

#include <string.h>

bool
envdir_is_variable (char const *name)
{
  return name[0] != '.' && name[0] != '\0' && ! strchr (name, '=');
}

int
envdir_value (char *text, size_t len, size_t *value_len)
{
  char const *newline = memchr (text, '\n', len);
  size_t n = newline ? (size_t) (newline - text) : len;

  if (ENVDIR_VALUE_MAX < n)
    return errno = E2BIG, -1;
  while (n && (text[n - 1] == ' ' || text[n - 1] == '\t'
               || text[n - 1] == '\r'))
    n--;
  for (size_t i = 0; i < n; i++)
    if (text[i] == '\0')
      text[i] = '\n';
  *value_len = n;
  return 0;
}
