/* rulefile.h -- what a compiled rule says.

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

/* What a record of a file of compiled rules says.  */
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
