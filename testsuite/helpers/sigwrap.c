/* sigwrap.c -- run a program with signals blocked or ignored.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: sigwrap [-b SIGNALS] [-i SIGNALS] PROGRAM [ARG]...

   Become PROGRAM with SIGNALS blocked (-b) or ignored (-i).  SIGNALS are names
   without "SIG", separated by commas, or "all".  */

#include <config.h>

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct { char const *name; int number; } const signals[] =
{
  { "ABRT", SIGABRT },
  { "CHLD", SIGCHLD },
  { "CONT", SIGCONT },
  { "HUP", SIGHUP },
  { "INT", SIGINT },
  { "PIPE", SIGPIPE },
  { "QUIT", SIGQUIT },
  { "TERM", SIGTERM }
};

/* Block SIG if BLOCK, otherwise ignore it.  */
static void
set (int sig, bool block)
{
  struct sigaction ignore = { .sa_handler = SIG_IGN };
  sigset_t only;

  sigemptyset (&ignore.sa_mask);
  sigemptyset (&only);
  /* Some numbers are reserved by the system or the C library.  */
  if (sigaddset (&only, sig) != 0)
    return;
  if (block)
    sigprocmask (SIG_BLOCK, &only, NULL);
  else if (sig != SIGKILL && sig != SIGSTOP)
    sigaction (sig, &ignore, NULL);
}

/* Block or ignore each signal in LIST, which is modified.  */
static void
set_all (char *list, bool block)
{
  if (strcmp (list, "all") == 0)
    {
      for (int sig = 1; sig < 65; sig++)
        set (sig, block);
      return;
    }
  for (char *name = strtok (list, ","); name; name = strtok (NULL, ","))
    {
      size_t i = 0;
      while (i < sizeof signals / sizeof *signals
             && strcmp (signals[i].name, name) != 0)
        i++;
      if (i == sizeof signals / sizeof *signals)
        {
          fprintf (stderr, "sigwrap: what is '%s'?\n", name);
          exit (99);
        }
      set (signals[i].number, block);
    }
}

int
main (int argc, char **argv)
{
  int c;

  while ((c = getopt (argc, argv, "+b:i:")) != -1)
    switch (c)
      {
      case 'b': set_all (optarg, true); break;
      case 'i': set_all (optarg, false); break;
      default: return 99;
      }
  if (argc <= optind)
    return 99;
  execvp (argv[optind], argv + optind);
  perror (argv[optind]);
  return 127;
}
