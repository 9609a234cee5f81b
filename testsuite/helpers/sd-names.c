/* sd-names.c -- print the descriptors that the library of systemd finds.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Print "fd N NAME" for each descriptor, or "error REASON".  */

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
