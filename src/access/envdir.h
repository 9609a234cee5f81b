/* envdir.h -- files that stand for variables, as envdir(8) reads them.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef ENVDIR_H
#define ENVDIR_H

#include "base/system.h"

/* The longest value, in bytes.  The caller must read one byte more of a file,
   so that a longer value is noticed.  */
enum { ENVDIR_VALUE_MAX = 4096 };

/* Return true if the file NAME in such a directory stands for a variable.
   Hidden files, and files whose name cannot be that of a variable, are
   ignored.  */
bool envdir_is_variable (char const *name);

/* Turn the LEN bytes at TEXT, with which a file begins, into the value of a
   variable, in place, and store the length of the value in *VALUE_LEN.  It is
   the first line without blanks at its end, and with newlines instead of NULs.
   It is not terminated by a NUL.  The file must not be empty, because an empty
   file means that the variable is unset.  Return 0, or -1 with errno E2BIG if
   the line is longer than ENVDIR_VALUE_MAX.  */
int envdir_value (char *text, size_t len, size_t *value_len);

#endif /* ENVDIR_H */
