/* rulefile.c -- parse a record of a file of compiled rules.
   This file makes no system call.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "access/rulefile.h"

int
rulefile_parse (char const *data, size_t len, struct rulefile_record *record)
{
  *record = (struct rulefile_record) { .allows = false };
  if (len == 1 && *data == 'D')
    return 0;
  /* A record is "A", the length of the variables in two bytes (big-endian),
     the variables, the length of "exec" in two bytes, and "exec".  */
  if (len < 5 || *data != 'A')
    return errno = EINVAL, -1;
  unsigned char const *u = (unsigned char const *) data;
  size_t n = u[1] << 8 | u[2];
  if (len - 5 < n)
    return errno = EINVAL, -1;
  size_t m = u[3 + n] << 8 | u[4 + n];
  if (len - 5 - n != m || (n != 0 && data[3 + n - 1] != '\0'))
    return errno = EINVAL, -1;
  *record = (struct rulefile_record) { .allows = true,
                                       .variables = data + 3,
                                       .variables_len = n,
                                       .exec = data + 5 + n,
                                       .exec_len = m };
  return 0;
}
