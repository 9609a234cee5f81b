/* unit.h -- common functions of the unit tests.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* A unit test prints a line "PASS: PROMISE" or "FAIL: PROMISE" for each
   promise, and "END" at the end, so that a crash is not mistaken for success.
   Details go to standard error.  */

#ifndef UNIT_H
#define UNIT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* True if all checks since the last unit_promise succeeded.  */
static bool unit_holds = true;

/* If OK is false, record that and print the expression TEXT, at LINE of
   FILE.  */
static inline void
unit_note (bool ok, char const *file, int line, char const *text)
{
  if (! ok && unit_holds)
    fprintf (stderr, "%s:%d: not so: %s\n", file, line, text);
  if (! ok)
    unit_holds = false;
}

#define unit_check(Condition) \
  unit_note (Condition, __FILE__, __LINE__, #Condition)

/* Report PROMISE as kept if all checks since the last report succeeded.  */
static inline void
unit_promise (char const *promise)
{
  printf ("%s: %s\n", unit_holds ? "PASS" : "FAIL", promise);
  fflush (stdout);
  unit_holds = true;
}

/* Return whether this program runs under a wrapper such as valgrind.  */
static inline bool
unit_is_wrapped (void)
{
  char const *wrapped = getenv ("UNIT_WRAPPED");
  return wrapped && *wrapped == '1';
}

/* Print END, and return the exit status of main.  */
static inline int
unit_end (void)
{
  puts ("END");
  return fclose (stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* Return a pseudo-random number.  The sequence is the same in every run.  */
static inline uint32_t
unit_random (void)
{
  static uint64_t state = 88172645463325252u;
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state >> 32;
}

#endif
