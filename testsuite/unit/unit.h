/* unit.h -- what the programs that test one module have in common.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Each prints a line "PASS: PROMISE" or "FAIL: PROMISE" for every promise and
   "END" when all have been tried, so that a crash is not taken for success.
   Details go to standard error.  */

#ifndef UNIT_H
#define UNIT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Whether everything has held since the last unit_promise.  */
static bool unit_holds = true;

/* Note that OK is false, at LINE of FILE, where TEXT stands.  */
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

/* Report PROMISE, kept if all checks since the last report have held.  */
static inline void
unit_promise (char const *promise)
{
  printf ("%s: %s\n", unit_holds ? "PASS" : "FAIL", promise);
  fflush (stdout);
  unit_holds = true;
}

/* Whether another program, such as valgrind, runs this one.  */
static inline bool
unit_is_wrapped (void)
{
  char const *wrapped = getenv ("UNIT_WRAPPED");
  return wrapped && *wrapped == '1';
}

/* The last thing that main does.  */
static inline int
unit_end (void)
{
  puts ("END");
  return fclose (stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* A number that looks random, the same in every run.  */
static inline uint32_t
unit_random (void)
{
  static uint64_t state = 88172645463325252u;
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state >> 32;
}

#endif /* UNIT_H */
