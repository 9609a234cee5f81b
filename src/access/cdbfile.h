/* cdbfile.h -- a file in cdb format, read by a library.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CDBFILE_H
#define CDBFILE_H

#include "base/system.h"

/* The longest file that is read.  */
enum { CDBFILE_MAX = 16 * 1024 * 1024 };

/* A file that is open.  */
struct cdbfile;

/* Open the file PATH and make sure that it is whole: each record can be found
   by its key, and nothing else can, so that no record has been lost.  Return
   the file; or NULL and store in *TROUBLE what is wrong, with errno set, or 0
   if *TROUBLE says it all.  */
struct cdbfile *cdbfile_open (char const *path, char const **trouble);

/* Look for KEY in FILE.  Return 1, and store in *DATA a copy of what its
   record has, which the caller frees, and in *LEN how long that is.  Return 0
   if there is no such key, or -1 with errno set.  */
int cdbfile_find (struct cdbfile *file, char const *key, char **data,
                  size_t *len);

/* Close FILE.  Return 0, or -1 if somebody has changed it since it was opened:
   what cdbfile_find has returned must not be used then.  */
int cdbfile_close (struct cdbfile *file);

#endif /* CDBFILE_H */
