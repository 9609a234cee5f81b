/* rulefile.h -- rules that were compiled into one file in cdb format.

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

#ifndef RULEFILE_H
#define RULEFILE_H

#include "system.h"

/* Return true if the SIZE bytes at MEM are a whole file in cdb format: a
   header, records, and hash tables that have each record once.  A file of
   which a part is missing or was overwritten is none, so that no rule is
   passed over because its record was lost.  */
bool rulefile_is_whole (char const *mem, size_t size);

/* Find the first record of KEY in the file at MEM, which rulefile_is_whole has
   found good.  Return true and store in *DATA and *LEN what it says, or return
   false if there is none.  */
bool rulefile_find (char const *mem, char const *key, char const **data,
                    size_t *len);

/* What a record says.  */
struct rulefile_record
{
  bool allows;
  /* If it allows: strings, each with a NUL after it, "NAME=VALUE" to set a
     variable and "NAME" to unset one; and the text of "exec".  */
  char const *variables;
  size_t variables_len;
  char const *exec;
  size_t exec_len;
};

/* Store in *RECORD what the LEN bytes at DATA say.  Return 0, or -1 with errno
   EINVAL if they are malformed.  */
int rulefile_parse (char const *data, size_t len,
                    struct rulefile_record *record);

#endif /* RULEFILE_H */
