/* envdir.h -- files that stand for variables, as envdir(8) reads them.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef ENVDIR_H
#define ENVDIR_H

#include "base/system.h"

/* The longest value, in bytes.  A file must be read this far and one byte
   further.  */
enum { ENVDIR_VALUE_MAX = 4096 };

/* Whether the file NAME in such a directory stands for the variable of that
   name.  Others are left alone: hidden ones, and those that no variable can be
   called like.  */
bool envdir_is_variable (char const *name);

/* Make the LEN bytes at TEXT, the beginning of a file that is not empty, the
   variable's value, and store in *VALUE_LEN how long it is: the first line,
   without blanks at its end, and with newlines where NULs were.  No NUL is
   stored after it.  An empty file means that there shall be no such variable.
   Return 0, or -1 with errno E2BIG if the line is longer than
   ENVDIR_VALUE_MAX.  */
int envdir_value (char *text, size_t len, size_t *value_len);

#endif /* ENVDIR_H */
