/* fail-alloc.c -- make an allocation of memory fail.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Linked into a tool.  The linker's option --wrap makes the tool's calls of
   malloc and related functions come here, but not those in system libraries.

   With UCSPI_FAIL_ALLOC=N in the environment, N calls succeed and the next one
   fails.  The failure also makes the file fail-alloc.hit in the current
   directory.  */

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

/* True while coverage.c writes its counters, if it is linked in.  Writing them
   needs memory.  */
extern bool coverage_is_at_work __attribute__ ((__weak__));

/* Return whether this call is to fail, and set errno if so.  */
static bool
is_refused (void)
{
  static long int left = -2;

  if (&coverage_is_at_work && coverage_is_at_work)
    return false;
  if (left == -2)
    {
      char const *value = getenv ("UCSPI_FAIL_ALLOC");
      left = value ? strtol (value, NULL, 10) : -1;
    }
  if (left < 0 || left-- != 0)
    return false;
  int fd = open ("fail-alloc.hit", O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
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
