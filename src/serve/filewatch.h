/* filewatch.h -- check regularly that a socket's file is still there.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef FILEWATCH_H
#define FILEWATCH_H

#include "base/system.h"

/* When and how to check whether a socket's file is still there.  Times are in
   milliseconds on a clock of the caller that never goes back.  */
struct filewatch
{
  /* Returns 0 if FILE is still there, or -1 with errno set: ENOENT if there is
     no file, ESTALE if there is another file, or another error if it cannot
     tell.  Null if there is no file to watch.  */
  int (*find) (void const *file);
  void const *file;
  /* How often to look, in seconds, or 0 for never.  */
  int seconds;
  /* When to look next.  */
  long long int due;
  /* True if the last call of FIND could not tell.  */
  bool was_unknown;
};

/* Set up *WATCH to call FIND with FILE every SECONDS seconds, or never if that
   is 0, and the first time at NOW.  */
void filewatch_init (struct filewatch *watch, int (*find) (void const *file),
                     void const *file, int seconds, long long int now);

/* Return the milliseconds from NOW until it is time to look, or -1 for
   never.  */
int filewatch_left (struct filewatch const *watch, long long int now);

enum filewatch_result
{
  /* The file is there, or it is not time to look, or FIND still cannot tell
     and FILEWATCH_UNKNOWN has been returned already.  */
  FILEWATCH_FINE,
  /* The file is gone (errno ENOENT) or replaced by another one (ESTALE).  */
  FILEWATCH_LOST,
  /* FIND could not tell; errno says why.  */
  FILEWATCH_UNKNOWN
};

/* Call FIND if it is time to look.  */
enum filewatch_result filewatch_check (struct filewatch *watch,
                                       long long int now);

#endif /* FILEWATCH_H */
