/* scarce.c -- a system that has no memory left.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Linked into a tool with the linker's --wrap, so that its calls of malloc
   and its kin come here; those of the system's libraries do not.

   UCSPI_SCARCE=N lets N of them through and refuses the next.  It then makes
   a file called scarce.hit in the current directory.  */

#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

void *__real_malloc (size_t size);
void *__real_calloc (size_t n, size_t size);
void *__real_realloc (void *p, size_t size);
void *__real_reallocarray (void *p, size_t n, size_t size);
char *__real_strdup (char const *text);

void *__wrap_malloc (size_t size);
void *__wrap_calloc (size_t n, size_t size);
void *__wrap_realloc (void *p, size_t size);
void *__wrap_reallocarray (void *p, size_t n, size_t size);
char *__wrap_strdup (char const *text);

/* Whether lines are counted and the counters are being written: coverage.c.
   What does that cannot do without memory.  */
extern bool coverage_is_at_work __attribute__ ((__weak__));

/* Whether this call is to be refused; errno says why.  */
static bool
is_refused (void)
{
  static long int left = -2;

  if (&coverage_is_at_work && coverage_is_at_work)
    return false;
  if (left == -2)
    {
      char const *value = getenv ("UCSPI_SCARCE");
      left = value ? strtol (value, NULL, 10) : -1;
    }
  if (left < 0 || left-- != 0)
    return false;
  int fd = open ("scarce.hit", O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (0 <= fd)
    close (fd);
  errno = ENOMEM;
  return true;
}

void *
__wrap_malloc (size_t size)
{
  return is_refused () ? NULL : __real_malloc (size);
}

void *
__wrap_calloc (size_t n, size_t size)
{
  return is_refused () ? NULL : __real_calloc (n, size);
}

void *
__wrap_realloc (void *p, size_t size)
{
  return is_refused () ? NULL : __real_realloc (p, size);
}

void *
__wrap_reallocarray (void *p, size_t n, size_t size)
{
  return is_refused () ? NULL : __real_reallocarray (p, n, size);
}

char *
__wrap_strdup (char const *text)
{
  return is_refused () ? NULL : __real_strdup (text);
}
