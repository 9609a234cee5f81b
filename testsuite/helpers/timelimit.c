/* timelimit.c -- run a program with a time limit and record how it ended.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: timelimit SECONDS FILE DIR [CHANGE]... -- PROGRAM [ARG]...

   Run PROGRAM as a child in the directory DIR, and write its pid to FILE.pid
   at once.  Each CHANGE is NAME=VALUE, which sets a variable of PROGRAM's
   environment, or -NAME, which unsets one.  When PROGRAM has ended, write how
   to FILE: "exit N", "signal N", or "deadline" if it was killed after SECONDS.
   Each file is made by rename, so that it appears complete.  PROGRAM inherits
   descriptors 0, 1 and 2, the signal mask and the dispositions of signals.

   Exit statuses of the child: 99 if DIR cannot be entered or a word is wrong,
   127 or 126 if PROGRAM does not exist or cannot be run.  A script needs "#!",
   because not every C library runs it without.

   A shell and env(1) could change the directory and the environment, but most
   tests start programs through this one, and a program takes long to start on
   some virtual machines.  */

#include <config.h>

#include <errno.h>
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

/* Make the file FILE SUFFIX with one line, WORD and NUMBER.  It appears
   complete.  */
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
      perror ("timelimit");
      exit (EXIT_FAILURE);
    }
}

/* Enter DIR, change the environment as WORDS say, up to the word "--", and
   become the program after it.  */
static _Noreturn void
become (char const *dir, char **words)
{
  if (chdir (dir) != 0)
    {
      perror (dir);
      _exit (99);
    }
  for (; *words && strcmp (*words, "--") != 0; words++)
    if (**words == '-' ? unsetenv (*words + 1) != 0
        : ! strchr (*words, '=') || putenv (*words) != 0)
      {
        fprintf (stderr, "timelimit: unable to do '%s'\n", *words);
        _exit (99);
      }
  if (! *words || ! words[1])
    _exit (99);
  execvp (words[1], words + 1);
  int errnum = errno;
  perror (words[1]);
  _exit (errnum == ENOENT ? 127 : 126);
}

int
main (int argc, char **argv)
{
  if (argc < 6)
    return EXIT_FAILURE;

  child = fork ();
  if (child == 0)
    become (argv[3], argv + 4);
  if (child < 0)
    return EXIT_FAILURE;

  sigset_t alarm_only;
  sigemptyset (&alarm_only);
  sigaddset (&alarm_only, SIGALRM);
  signal (SIGALRM, end_child);
  sigprocmask (SIG_UNBLOCK, &alarm_only, NULL);
  alarm (strtoul (argv[1], NULL, 10));
  /* Close these, because a test may wait for the end of file at the other
     end.  */
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
