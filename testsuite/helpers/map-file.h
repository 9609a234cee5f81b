/* map-file.h -- write the maps of a user namespace.

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

/* The exit statuses of a helper that does not become a program: the system
   cannot do what is to be tested; something else.  */
enum { SKIPPED = 77, FAILED = 99 };

/* Exit with SKIPPED, since STEP has failed with errno.  */
static inline _Noreturn void
skip (char const *step)
{
  printf ("%s: %s\n", step, strerror (errno));
  exit (SKIPPED);
}

/* Write TEXT to FILE of the process PID.  Return 0, or -1 with errno set.  */
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

#endif /* MAP_FILE_H */
