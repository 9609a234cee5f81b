/* cdbfile-none.c -- a build without a library that reads cdb files.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "access/cdbfile.h"

/* No file is ever open in this build.  */
struct cdbfile
{
  int unused;
};

struct cdbfile *
cdbfile_open (char const *path, char const **why)
{
  (void) path;
  *why = ("this program was built without libcdb; use -i with the directory"
          " that the file was made from");
  return errno = 0, NULL;
}

int
cdbfile_find (struct cdbfile *file, char const *key, char **data, size_t *len)
{
  (void) file;
  (void) key;
  (void) data;
  (void) len;
  return errno = ENOTSUP, -1;
}

int
cdbfile_close (struct cdbfile *file)
{
  (void) file;
  return errno = ENOTSUP, -1;
}
