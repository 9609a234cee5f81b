/* warden.c -- run a program for a test: bounded in time, its end on record.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: warden SECONDS FILE PROGRAM [ARG]...

   Run PROGRAM.  Its pid is written to FILE.pid as soon as it is known; how it
   ended ("exit N", "signal N", or "deadline" if it had to be killed after
   SECONDS) to FILE, which appears whole.  PROGRAM has descriptors 0, 1 and 2
   and the signal mask and dispositions that were given.  */

#include <config.h>

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t child;
static sig_atomic_t volatile is_late;

static void
end_child (int sig)
{
  (void) sig;
  is_late = 1;
  kill (child, SIGKILL);
}

/* Make FILE, whole, with one line of WORD and NUMBER.  */
static void
record (char const *file, char const *suffix, char const *word,
        long int number)
{
  char temporary[4096];
  char final[4096];
  snprintf (temporary, sizeof temporary, "%s%s.new", file, suffix);
  snprintf (final, sizeof final, "%s%s", file, suffix);
  FILE *f = fopen (temporary, "w");
  if (! f || fprintf (f, "%s%ld\n", word, number) < 0 || fclose (f) != 0
      || rename (temporary, final) != 0)
    {
      perror ("warden");
      exit (EXIT_FAILURE);
    }
}

int
main (int argc, char **argv)
{
  if (argc < 4)
    return EXIT_FAILURE;

  child = fork ();
  if (child == 0)
    {
      execvp (argv[3], argv + 3);
      perror (argv[3]);
      _exit (127);
    }
  if (child < 0)
    return EXIT_FAILURE;

  sigset_t alarm_only;
  sigemptyset (&alarm_only);
  sigaddset (&alarm_only, SIGALRM);
  signal (SIGALRM, end_child);
  sigprocmask (SIG_UNBLOCK, &alarm_only, NULL);
  alarm (strtoul (argv[1], NULL, 10));
  /* Let go of what a reader may be waiting to see the end of.  */
  close (STDIN_FILENO);
  close (STDOUT_FILENO);
  record (argv[2], ".pid", "", child);

  int status;
  while (waitpid (child, &status, 0) < 0)
    continue;
  alarm (0);
  if (is_late)
    record (argv[2], "", "deadline ", 0);
  else if (WIFSIGNALED (status))
    record (argv[2], "", "signal ", WTERMSIG (status));
  else
    record (argv[2], "", "exit ", WEXITSTATUS (status));
  return EXIT_SUCCESS;
}
