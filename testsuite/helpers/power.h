/* power.h -- find out whether we have the powers of root.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef POWER_H
#define POWER_H

#include <fcntl.h>
#include <stdbool.h>
#include <unistd.h>

/* Return whether we are root and may give files away.  Try it with a file in
   the current directory, because root in a container may lack this right, or
   the ids that tests use.  */
static inline bool
may_give_away (void)
{
  static char const name[] = "power.try";
  static int answer = -1;

  if (answer < 0)
    {
      int fd = open (name, O_WRONLY | O_CREAT, 0600);
      answer = (geteuid () == 0 && 0 <= fd && chown (name, 1, 2) == 0
                && chown (name, 65534, 65534) == 0);
      if (0 <= fd)
        close (fd);
      unlink (name);
    }
  return answer;
}

#endif
