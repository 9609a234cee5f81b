/* filewatch.c -- unit test of src/serve/filewatch.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/filewatch.h"

#include "unit.h"

/* The error with which find fails, or 0; and how often it was called.  */
static int find_errno;
static int calls;

static int
find (void const *file)
{
  unit_check (file == &find_errno);
  calls++;
  return find_errno ? (errno = find_errno, -1) : 0;
}

/* Return a watch that looks every two seconds, and first at 1000.  */
static struct filewatch
new_watch (void)
{
  struct filewatch watch;

  calls = 0;
  find_errno = 0;
  filewatch_init (&watch, find, &find_errno, 2, 1000);
  return watch;
}

static void
test_times (void)
{
  struct filewatch w = new_watch ();

  unit_check (filewatch_left (&w, 400) == 600);
  find_errno = ENOENT;
  unit_check (filewatch_check (&w, 999) == FILEWATCH_FINE && calls == 0);
  find_errno = 0;
  unit_check (filewatch_left (&w, 5000) == 0);
  unit_check (filewatch_check (&w, 5000) == FILEWATCH_FINE && calls == 1);
  unit_check (filewatch_left (&w, 5000) == 2000);
  unit_check (filewatch_check (&w, 6999) == FILEWATCH_FINE && calls == 1);
  unit_promise ("the file is looked for when it is time, and not earlier");

  filewatch_init (&w, find, &find_errno, 0, 1000);
  unit_check (filewatch_left (&w, 999999) == -1);
  unit_check (filewatch_check (&w, 999999) == FILEWATCH_FINE && calls == 1);
  unit_promise ("without an interval the file is never looked for");
}

static void
test_results (void)
{
  struct filewatch w = new_watch ();

  find_errno = ENOENT;
  unit_check (filewatch_check (&w, 1000) == FILEWATCH_LOST && errno == ENOENT);
  find_errno = ESTALE;
  unit_check (filewatch_check (&w, 3000) == FILEWATCH_LOST && errno == ESTALE);
  unit_promise ("a file that is gone or replaced is lost");

  w = new_watch ();
  find_errno = EACCES;
  unit_check (filewatch_check (&w, 1000) == FILEWATCH_UNKNOWN
              && errno == EACCES);
  unit_check (filewatch_check (&w, 3000) == FILEWATCH_FINE && calls == 2);
  find_errno = 0;
  unit_check (filewatch_check (&w, 5000) == FILEWATCH_FINE);
  find_errno = EIO;
  unit_check (filewatch_check (&w, 7000) == FILEWATCH_UNKNOWN
              && errno == EIO);
  unit_check (filewatch_check (&w, 9000) == FILEWATCH_FINE && calls == 5);
  find_errno = ENOENT;
  unit_check (filewatch_check (&w, 11000) == FILEWATCH_LOST);
  unit_promise ("each time that the file cannot be looked for any more is"
                " reported once");
}

int
main (void)
{
  test_times ();
  test_results ();
  return unit_end ();
}
