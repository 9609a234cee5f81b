/* map-file.h -- write the id maps of a user namespace.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef MAP_FILE_H
#define MAP_FILE_H

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

/* Exit statuses of a helper that does not become a program.  SKIPPED: the
   system does not support what is to be tested.  FAILED: any other error.  */
enum { SKIPPED = 77, FAILED = 99 };

/* Exit with SKIPPED because STEP failed.  errno says why.  */
static inline _Noreturn void
skip (char const *step)
{
  printf ("%s: %s\n", step, strerror (errno));
  exit (SKIPPED);
}

/* Write TEXT to /proc/PID/FILE.  Return 0, or -1 with errno set.  */
static inline int
put (pid_t pid, char const *file, char const *text)
{
  char name[100];
  snprintf (name, sizeof name, "/proc/%ld/%s", (long int) pid, file);
  int fd = open (name, O_WRONLY);
  if (fd < 0)
    return -1;
  int result = write (fd, text, strlen (text)) < 0 ? -1 : 0;
  int errnum = errno;
  close (fd);
  errno = errnum;
  return result;
}

#endif
