/* cdbfile-none.c -- a build without a library for files in cdb format.

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

#include <config.h>

#include "cdbfile.h"

/* Never made.  */
struct cdbfile
{
  int unused;
};

struct cdbfile *
cdbfile_open (char const *path, char const **trouble)
{
  (void) path;
  *trouble = ("this program was built without libcdb; use -i with the"
              " directory that the file was made from");
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
