/* lanes-none.c -- a system without lanes.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "spawn/lanes.h"

#define UNUSED __attribute__ ((__unused__))

struct lanes *
lanes_new (struct program *program UNUSED)
{
  return errno = ENOSYS, NULL;
}

/* The other functions are never called, because lanes_new always fails.  */

int
lanes_pick (struct lanes *lanes UNUSED)
{
  return -1;
}

pid_t
lanes_start (struct lanes *lanes UNUSED, int lane UNUSED, int conn UNUSED,
             int kept UNUSED, char **envp UNUSED)
{
  return errno = ENOSYS, -1;
}

void
lanes_let_run (struct lanes *lanes UNUSED, int lane UNUSED)
{
}

int
lanes_end (struct lanes *lanes UNUSED, pid_t pid UNUSED)
{
  return 0;
}

int
lanes_shortage (struct lanes *lanes UNUSED)
{
  return 0;
}
