/* power.h -- whether a test may do what root may.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef POWER_H
#define POWER_H

#include <fcntl.h>
#include <stdbool.h>
#include <unistd.h>

/* Whether we are root and may give files away.  It is tried, on a file in the
   current directory, since root in a container may not.  */
static inline bool
may_give_away (void)
{
  static char const name[] = "power.try";
  static int answer = -1;

  if (answer < 0)
    {
      int fd = open (name, O_WRONLY | O_CREAT, 0600);
      answer = geteuid () == 0 && 0 <= fd && chown (name, 1, 2) == 0;
      if (0 <= fd)
        close (fd);
      unlink (name);
    }
  return answer;
}

#endif /* POWER_H */
