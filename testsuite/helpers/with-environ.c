/* with-environ.c -- run a program in an environment that env(1) cannot make.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: with-environ ENTRY... -- PROGRAM [ARG]...

   Become PROGRAM with each ENTRY appended to the environment as it is: an
   ENTRY may lack the "=" or repeat a name.  Escapes \ooo stand for bytes.  */

#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
unescape (char *text)
{
  char *to = text;
  while (*text)
    if (*text == '\\' && strspn (text + 1, "01234567") >= 3)
      {
        *to++ = ((text[1] - '0') * 64 + (text[2] - '0') * 8
                 + (text[3] - '0'));
        text += 4;
      }
    else
      *to++ = *text++;
  *to = '\0';
}

int
main (int argc, char **argv)
{
  size_t given = 0;
  while (environ[given])
    given++;
  char **all = calloc (given + argc + 1, sizeof *all);
  if (! all)
    return 99;
  memcpy (all, environ, given * sizeof *all);

  int i;
  for (i = 1; i < argc && strcmp (argv[i], "--") != 0; i++)
    {
      unescape (argv[i]);
      all[given++] = argv[i];
    }
  if (argc <= i + 1)
    return 99;
  environ = all;
  execvp (argv[i + 1], argv + i + 1);
  perror (argv[i + 1]);
  return 127;
}
