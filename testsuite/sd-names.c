/* sd-names.c -- the descriptors that the library of systemd sees.

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

/* Print "fd N NAME" for each, or "error N".  */

#include <config.h>

#include <stdio.h>
#include <string.h>
#include <systemd/sd-daemon.h>

int
main (void)
{
  char **names = NULL;
  int n = sd_listen_fds_with_names (0, &names);
  if (n < 0)
    {
      printf ("error %s\n", strerror (-n));
      return 1;
    }
  for (int i = 0; i < n; i++)
    printf ("fd %d %s\n", SD_LISTEN_FDS_START + i, names[i]);
  return 0;
}
