/* reply.c -- a program to be run by the server: as little as one can do.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: reply [WORD]...

   Print each WORD and a newline, and exit.  Much of the time of a short
   connection goes into starting the program, so this one needs nothing.  A
   WORD may be one of these instead:
     -read     read standard input to its end
     -stop     stop, by SIGSTOP
     -leave    go on in a process that is not the server's child; the child
               exits
     -pause    wait for a signal
     -deaf     ignore SIGTERM, print "deaf", and wait for SIGCONT
     -fail     exit with 7  */

#include <config.h>

#include <signal.h>
#include <string.h>
#include <unistd.h>

static void
say (char const *word)
{
  char line[256];
  size_t len = strnlen (word, sizeof line - 1);

  memcpy (line, word, len);
  line[len] = '\n';
  if (write (STDOUT_FILENO, line, len + 1) < 0)
    _exit (1);
}

static void
ignore_term (void)
{
  struct sigaction ignore = { .sa_handler = SIG_IGN };
  sigset_t awaited;
  int sig;

  sigemptyset (&ignore.sa_mask);
  sigaction (SIGTERM, &ignore, NULL);
  sigemptyset (&awaited);
  sigaddset (&awaited, SIGCONT);
  sigprocmask (SIG_BLOCK, &awaited, NULL);
  say ("deaf");
  sigwait (&awaited, &sig);
}

static void
act (char const *word)
{
  char buffer[4096];

  if (strcmp (word, "-read") == 0)
    while (0 < read (STDIN_FILENO, buffer, sizeof buffer))
      continue;
  else if (strcmp (word, "-stop") == 0)
    raise (SIGSTOP);
  else if (strcmp (word, "-leave") == 0)
    {
      if (fork () != 0)
        _exit (0);
    }
  else if (strcmp (word, "-pause") == 0)
    pause ();
  else if (strcmp (word, "-deaf") == 0)
    ignore_term ();
  else if (strcmp (word, "-fail") == 0)
    _exit (7);
  else
    say (word);
}

int
main (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    act (argv[i]);
  _exit (0);
}
