/* cdbfile.h -- look up keys in a cdb file by a library.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CDBFILE_H
#define CDBFILE_H

#include "base/system.h"

/* The longest file that is accepted.  */
enum { CDBFILE_MAX = 16 * 1024 * 1024 };

/* An open file.  */
struct cdbfile;

/* Open the file PATH and check that it is complete: each record can be found
   by its key, and the index leads to no other records, so none has been lost.
   Return the file.  On failure return NULL and store in *WHY what is wrong,
   with errno set, or errno 0 if *WHY is a complete reason.  */
struct cdbfile *cdbfile_open (char const *path, char const **why);

/* Look up KEY in FILE.  If it exists, return 1, store a copy of its data in
   *DATA, which the caller frees, and the length of the data in *LEN.  Return 0
   if there is no such key, or -1 with errno set.  */
int cdbfile_find (struct cdbfile *file, char const *key, char **data,
                  size_t *len);

/* Close FILE.  Return 0, or -1 if the file was changed since it was opened;
   then the results of cdbfile_find must not be used.  */
int cdbfile_close (struct cdbfile *file);

#endif /* CDBFILE_H */
