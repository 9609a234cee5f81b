/* envdir.c -- files that stand for variables, as envdir(8) reads them.

   Copyright (C) 2026 The ucspi-local authors

   This program is free software: you can redistribute it and/or modify
   it under the terms of the GNU General Public License as published by
   the Free Software Foundation, either version 3 of the License, or
   (at your option) any later version.

   This program is distributed in the hope that it will be useful,
   but WITHOUT ANY WARRANTY; without even the implied warranty of
   MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
   GNU General Public License for more details.

   You should have received a copy of the GNU General Public License
   along with this program.  If not, see <https://www.gnu.org/licenses/>.  */

#include <config.h>

#include "envdir.h"

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
