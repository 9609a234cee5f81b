/* fuzz.h -- common functions of the fuzzers.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Each fuzzer defines LLVMFuzzerTestOneInput.  If it is built with
   -fsanitize=fuzzer, libFuzzer calls this function.  Otherwise, with
   FUZZ_MAIN, each argument is a file with an input, or "-r COUNT", which tries
   COUNT random changes of the files before it.

   FUZZ_CHOICE is the number of bytes at the beginning of an input that select
   what is tried.  These bytes are not changed.  */

#ifndef FUZZ_H
#define FUZZ_H

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MUST(Condition) \
  do if (! (Condition)) abort (); while (0)

int LLVMFuzzerTestOneInput (uint8_t const *data, size_t size);

/* Return the LEN bytes at TEXT as a string in new memory.  */
static inline char *
string_of (char const *text, size_t len)
{
  char *s = malloc (len + 1);
  MUST (s);
  if (len)
    memcpy (s, text, len);
  s[len] = '\0';
  return s;
}

/* Split TEXT at newlines into at most ROOM strings.  Return their number.  */
static inline size_t
split_lines (char *text, char **lines, size_t room)
{
  size_t n = 0;
  while (n < room)
    {
      char *end = strchr (text, '\n');
      lines[n++] = text;
      if (! end)
        break;
      *end = '\0';
      text = end + 1;
    }
  return n;
}

/* Call this for each input.  When this process has used the processor for
   FUZZ_CPU_SECONDS of the environment, tell libFuzzer to stop, by SIGUSR1; it
   does so after this input and prints its statistics.  Without the variable,
   do nothing.  */
static inline void
fuzz_watch_time (void)
{
  /* Reading the clock is slower than many parsers, so do it seldom.  */
  enum { OFTEN = 256 };
  static unsigned int calls;
  static clock_t limit;

  if (calls++ % OFTEN != 0)
    return;
  if (limit == 0)
    {
      char const *seconds = getenv ("FUZZ_CPU_SECONDS");
      limit = seconds ? strtol (seconds, NULL, 10) * CLOCKS_PER_SEC : -1;
    }
  if (0 < limit && limit <= clock ())
    raise (SIGUSR1);
}

#if FUZZ_MAIN

# include "unit/unit.h"

enum { INPUT_MAX = 16384, FILES_MAX = 256 };

static struct { uint8_t data[INPUT_MAX]; size_t size; } input[FILES_MAX];
static int inputs;

/* Try a random change of a random input.  */
static void
try_change (void)
{
  static uint8_t data[INPUT_MAX + 1];
  int from = unit_random () % inputs;
  size_t size = input[from].size;
  memcpy (data, input[from].data, size);
  for (uint32_t changes = 1 + unit_random () % 6;
       changes && FUZZ_CHOICE < size; changes--)
    {
      size_t at = FUZZ_CHOICE + unit_random () % (size - FUZZ_CHOICE);
      switch (unit_random () % 4)
        {
        case 0:
          data[at] = unit_random ();
          break;
        case 1:
          data[at] = "\"\\{}#= \n,:/0"[unit_random () % 12];
          break;
        case 2:
          size = at + (at == FUZZ_CHOICE);
          break;
        default:
          if (size < INPUT_MAX)
            {
              memmove (data + at + 1, data + at, size - at);
              data[at] = unit_random ();
              size++;
            }
        }
    }
  /* Allocate the exact size, so that memory checkers notice an overrun.  */
  uint8_t *copy = malloc (size ? size : 1);
  MUST (copy);
  memcpy (copy, data, size);
  LLVMFuzzerTestOneInput (copy, size);
  free (copy);
}

int
main (int argc, char **argv)
{
  int tried = 0;
  for (int i = 1; i < argc; i++)
    if (strcmp (argv[i], "-r") == 0 && i + 1 < argc)
      for (long n = strtol (argv[++i], NULL, 10); 0 < n && inputs; n--)
        try_change ();
    else
      {
        FILE *f = fopen (argv[i], "rb");
        if (! f || inputs == FILES_MAX)
          {
            perror (argv[i]);
            return EXIT_FAILURE;
          }
        input[inputs].size = fread (input[inputs].data, 1, INPUT_MAX, f);
        fclose (f);
        LLVMFuzzerTestOneInput (input[inputs].data, input[inputs].size);
        inputs++;
        tried++;
      }
  printf ("inputs %d\n", tried);
  return tried ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif

#endif
