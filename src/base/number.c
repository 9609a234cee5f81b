/* number.c -- parse numbers from the command line and the environment.
   This file makes no system call.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "base/number.h"

#include <stdio.h>
#include <string.h>

#include "intprops.h"

/* The greatest id. -1, which is not an id, is the greatest value of an
   unsigned type; the type may also be signed.  */
#define ID_MAX(Type) (TYPE_MAXIMUM (Type) - ! TYPE_SIGNED (Type))

uintmax_t const number_uid_max = ID_MAX (uid_t);
uintmax_t const number_gid_max = ID_MAX (gid_t);

int
number_digit (char c)
{
  if ('0' <= c && c <= '9')
    return c - '0';
  if ('a' <= c && c <= 'f')
    return c - 'a' + 10;
  if ('A' <= c && c <= 'F')
    return c - 'A' + 10;
  return 99;
}

/* Do what number_parse does for the LEN bytes at S in BASE, which is not
   0.  */
static int
parse_digits (char const *s, size_t len, int base, uintmax_t max,
              uintmax_t *value)
{
  uintmax_t v = 0;
  bool too_large = false;

  if (len == 0)
    return errno = EINVAL, -1;
  for (size_t i = 0; i < len; i++)
    {
      int d = number_digit (s[i]);
      if (base <= d)
        return errno = EINVAL, -1;
      /* Continue after an overflow, because "99999x" is not a number
         (EINVAL).  */
      if (too_large || v > (max - d) / base || max < (uintmax_t) d)
        too_large = true;
      else
        v = v * base + d;
    }
  if (too_large)
    return errno = ERANGE, -1;
  *value = v;
  return 0;
}

int
number_parse (char const *s, int base, uintmax_t max, uintmax_t *value)
{
  if (base == 0)
    {
      if (s[0] == '0' && (s[1] == 'x' || s[1] == 'X'))
        {
          base = 16;
          s += 2;
        }
      else
        base = s[0] == '0' ? 8 : 10;
    }
  return parse_digits (s, strlen (s), base, max, value);
}

int
number_uid (char const *s, int base, uid_t *uid)
{
  uintmax_t v;
  if (number_parse (s, base, number_uid_max, &v) != 0)
    return -1;
  *uid = v;
  return 0;
}

int
number_gid (char const *s, int base, gid_t *gid)
{
  uintmax_t v;
  if (number_parse (s, base, number_gid_max, &v) != 0)
    return -1;
  *gid = v;
  return 0;
}

int
number_gidlist (char const *s, gid_t *list, size_t room, size_t *count)
{
  size_t n = 0;

  if (*s != '\0')
    for (;;)
      {
        size_t len = strcspn (s, ",");
        uintmax_t v;
        if (parse_digits (s, len, 10, number_gid_max, &v) != 0)
          return -1;
        if (n == room)
          return errno = E2BIG, -1;
        list[n++] = v;
        if (s[len] == '\0')
          break;
        s += len + 1;
      }
  *count = n;
  return 0;
}

void
number_format_gidlist (char *text, gid_t const *list, size_t count)
{
  *text = '\0';
  for (size_t i = 0; i < count; i++)
    text += sprintf (text, "%s%ju", i == 0 ? "" : ",", (uintmax_t) list[i]);
}
