/* rename.h -- renaming a file without replacing another by accident.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef RENAME_H
#define RENAME_H

#include "base/system.h"

/* These return 0, or -1 with errno set.  */

/* Rename the file FROM in the directory FROM_DIR, which nobody else can
   change.  Its new name is TO, in the directory TO_DIR.  EEXIST: there is a
   file with that name.  If the system or the file system cannot rename in this
   way, and cannot make links either, another process may create TO just before
   it is replaced.  If FROM is a directory, it can replace only an empty
   directory.  */
int rename_exclusively (int from_dir, char const *from,
                        int to_dir, char const *to);

/* Exchange A in the directory A_DIR and B in B_DIR.  On failure, see
   rename_is_missing.  */
int rename_exchange (int a_dir, char const *a, int b_dir, char const *b);

/* Return true if ERRNUM, with which a function above has failed, means that
   the system or the file system does not have the call, or that a filter of
   system calls refuses it.  */
bool rename_is_missing (int errnum);

#endif /* RENAME_H */
