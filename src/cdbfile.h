/* cdbfile.h -- a file in cdb format, read by a library.

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

#ifndef CDBFILE_H
#define CDBFILE_H

#include "system.h"

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
