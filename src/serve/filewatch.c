/* filewatch.c -- check regularly that a socket's file is still there.
   This file makes no system call.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/filewatch.h"

void
filewatch_init (struct filewatch *watch, int (*find) (void const *file),
                void const *file, int seconds, long long int now)
{
  *watch = (struct filewatch) { .find = find, .file = file,
                                .seconds = seconds, .due = now };
}

int
filewatch_left (struct filewatch const *watch, long long int now)
{
  if (watch->seconds == 0)
    return -1;
  long long int left = watch->due - now;
  return left < 0 ? 0 : left;
}

enum filewatch_result
filewatch_check (struct filewatch *watch, long long int now)
{
  if (filewatch_left (watch, now) != 0)
    return FILEWATCH_FINE;
  watch->due = now + watch->seconds * 1000LL;
  if (watch->find (watch->file) == 0)
    {
      watch->was_unknown = false;
      return FILEWATCH_FINE;
    }
  if (errno == ENOENT || errno == ESTALE)
    return FILEWATCH_LOST;
  if (watch->was_unknown)
    return FILEWATCH_FINE;
  watch->was_unknown = true;
  return FILEWATCH_UNKNOWN;
}
