/* rulefile.h -- parse a record of a file of compiled rules.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef RULEFILE_H
#define RULEFILE_H

#include "base/system.h"

/* A record of a file of compiled rules.  */
struct rulefile_record
{
  bool allows;
  /* Valid if ALLOWS is true: strings, each with a NUL after it, "NAME=VALUE"
     to set a variable and "NAME" to unset one; and the text of "exec".  */
  char const *variables;
  size_t variables_len;
  char const *exec;
  size_t exec_len;
};

/* Parse the LEN bytes at DATA into *RECORD, which points into DATA.  Return 0,
   or -1 with errno EINVAL if they are malformed.  */
int rulefile_parse (char const *data, size_t len,
                    struct rulefile_record *record);

#endif /* RULEFILE_H */
