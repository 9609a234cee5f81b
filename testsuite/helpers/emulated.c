/* emulated.c -- run a program for another processor under an emulator.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Stands for the program PROGRAM, and is compiled for the build machine, once
   for each PROGRAM; see emulated.mk.  EMULATOR is the command of qemu-user for
   the other processor, with its options, separated by blanks.

   A preloaded library is meant for PROGRAM and not for the emulator.  So
   remove LD_PRELOAD from the environment, and pass it to PROGRAM by the
   emulator's option -E.  Link this program statically: then the library is not
   loaded here either.  */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PRELOAD "LD_PRELOAD"

int
main (int argc, char **argv)
{
  static char emulator[] = EMULATOR;
  char const *preload = getenv (PRELOAD);
  char **words = calloc (sizeof emulator + argc + 8, sizeof *words);
  if (! words)
    return 99;
  int n = 0;
  for (char *word = strtok (emulator, " "); word; word = strtok (NULL, " "))
    words[n++] = word;
  words[n++] = (char *) "-0";
  words[n++] = (char *) (argc > 0 ? argv[0] : "");
  if (preload)
    {
      char *variable = malloc (sizeof PRELOAD + 1 + strlen (preload));
      if (! variable)
        return 99;
      sprintf (variable, PRELOAD "=%s", preload);
      unsetenv (PRELOAD);
      words[n++] = (char *) "-E";
      words[n++] = variable;
    }
  words[n++] = (char *) PROGRAM;
  for (int i = 1; i < argc; i++)
    words[n++] = argv[i];
  execv (words[0], words);
  perror (words[0]);
  return 99;
}
