/* filewatch.h -- look now and then whether a socket's file is still there.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef FILEWATCH_H
#define FILEWATCH_H

#include "base/system.h"

/* Times are in milliseconds, on whatever clock the caller has that never goes
   back.  */
struct filewatch
{
  /* Returns 0 if FILE is still there; or -1 with errno ENOENT if there is
     nothing, ESTALE if there is another file, or why that cannot be known.
     Null: there is no file, or it is not ours to look after.  */
  int (*find) (void const *file);
  void const *file;
  /* How many seconds apart to look; 0: never.  */
  int seconds;
  /* When to look next.  */
  long long int due;
  /* Whether the last look had no answer.  */
  bool was_unknown;
};

/* The milliseconds from NOW until it is time to look, or -1.  */
int filewatch_left (struct filewatch const *watch, long long int now);

enum filewatch_result
{
  /* It was not time, or the file is there, or it was already reported that
     this cannot be known.  */
  FILEWATCH_FINE,
  /* It is gone, or replaced by another file: errno says which, as above.  */
  FILEWATCH_LOST,
  /* That cannot be known; errno says why.  */
  FILEWATCH_UNKNOWN
};

/* Look, if it is time.  */
enum filewatch_result filewatch_look (struct filewatch *watch,
                                      long long int now);

#endif /* FILEWATCH_H */
