/* envdir.c -- unit test of src/access/envdir.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "access/envdir.h"

#include <string.h>

#include "unit.h"

/* Return whether the value for the LEN bytes of TEXT is the WANTED_LEN bytes
   of WANTED.  */
static bool
is (char const *text, size_t len, char const *wanted, size_t wanted_len)
{
  char *copy = malloc (len);
  size_t n = SIZE_MAX;
  memcpy (copy, text, len);
  bool good = (envdir_value (copy, len, &n) == 0 && n == wanted_len
               && memcmp (copy, wanted, n) == 0);
  free (copy);
  return good;
}

#define IS(Text, Wanted) \
  unit_check (is (Text, sizeof Text - 1, Wanted, sizeof Wanted - 1))

int
main (void)
{
  unit_check (envdir_is_variable ("A"));
  unit_check (envdir_is_variable ("a.b c\n"));
  unit_check (! envdir_is_variable (".A"));
  unit_check (! envdir_is_variable ("."));
  unit_check (! envdir_is_variable ("A="));
  unit_check (! envdir_is_variable ("=A"));
  unit_check (! envdir_is_variable (""));
  unit_promise ("names with a dot at the beginning or an equals sign are"
                " skipped");

  IS ("a", "a");
  IS ("a\n", "a");
  IS ("a\nb", "a");
  IS ("\n", "");
  IS ("\na", "");
  IS (" a b", " a b");
  unit_promise ("the first line is the value");

  IS ("a \t\r \n", "a");
  IS (" ", "");
  IS ("a\r\n", "a");
  IS ("a\v\n", "a\v");
  IS ("a \0\n", "a \n");
  unit_promise ("blanks at the end are removed");

  IS ("\0", "\n");
  IS ("a\0b\0\n\0", "a\nb\n");
  unit_promise ("NULs become newlines");

  static char text[ENVDIR_VALUE_MAX + 2];
  size_t len;
  memset (text, 'x', sizeof text);
  unit_check (envdir_value (text, ENVDIR_VALUE_MAX, &len) == 0
              && len == ENVDIR_VALUE_MAX);
  errno = 0;
  len = 4711;
  unit_check (envdir_value (text, ENVDIR_VALUE_MAX + 1, &len) == -1
              && errno == E2BIG && len == 4711);
  text[ENVDIR_VALUE_MAX] = ' ';
  unit_check (envdir_value (text, ENVDIR_VALUE_MAX + 1, &len) == -1);
  text[ENVDIR_VALUE_MAX] = '\n';
  unit_check (envdir_value (text, ENVDIR_VALUE_MAX + 1, &len) == 0
              && len == ENVDIR_VALUE_MAX);
  unit_promise ("a line that is too long is refused, not cut off");
  return unit_end ();
}
