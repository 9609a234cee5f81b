/* reply.c -- a minimal program for a server to run.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: reply [WORD]...

   Print each WORD and a newline, and exit.  Most of the time of a short
   connection is spent on starting the program, so this one does as little as
   possible.  These words do something else:
     -read     read standard input to its end
     -stop     stop, by SIGSTOP
     -leave    fork; the parent exits, and the child, which the server does
               not know, goes on
     -pause    wait for a signal
     -deaf     ignore SIGTERM, print "deaf", and wait for SIGCONT
     -fail     exit with 7 */

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
