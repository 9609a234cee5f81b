/* exectime.c -- measure how long a chain tool takes to become the next
   program.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: exectime COUNT SOCKET NAME COMMAND [ARG]... [';' NAME COMMAND...]...

   Run each COMMAND COUNT times, in turn: A B C A B C.  Each must become
   "tiny-stamp", which writes the time at which it began.  The file SOCKET is
   removed before each run.  Print for each command

     NAME p10 A p50 B p90 C failed F

   in microseconds from just before the exec of COMMAND to the beginning of
   tiny-stamp.  Exit with 1 if a command never got that far.  */

#include <config.h>

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum
{
  COMMANDS_MAX = 32,
  COUNT_MAX = 1000000,
  /* The time limit of one run, in seconds.  */
  STALL = 20
};

struct command
{
  char const *name;
  char **argv;
  double *took;
  size_t good;
};

/* The command that is running, or 0.  */
static pid_t volatile running;

/* Handle SIGALRM: the time limit has passed.  */
static void
stop (int sig)
{
  (void) sig;
  if (0 < running)
    kill (running, SIGKILL);
}

_Noreturn static void
fail (char const *what)
{
  fprintf (stderr, "exectime: %s: %s\n", what, strerror (errno));
  exit (EXIT_FAILURE);
}

static double
microseconds (struct timespec const *ts)
{
  return ts->tv_sec * 1e6 + ts->tv_nsec / 1e3;
}

/* Return how long ARGV takes, or -1.  */
static double
take_time (char **argv)
{
  /* A child of vfork writes to our memory.  It does so just before exec.  */
  static struct timespec volatile begin;
  struct timespec before, after;
  int ends[2];
  int status;

  if (pipe (ends) != 0)
    fail ("pipe");
  pid_t pid = vfork ();
  if (pid < 0)
    fail ("vfork");
  if (pid == 0)
    {
      dup2 (ends[1], STDOUT_FILENO);
      close (ends[0]);
      close (ends[1]);
      clock_gettime (CLOCK_MONOTONIC, (struct timespec *) &begin);
      execvp (argv[0], argv);
      _exit (127);
    }
  close (ends[1]);
  running = pid;
  alarm (STALL);
  ssize_t n = read (ends[0], &after, sizeof after);
  close (ends[0]);
  if (waitpid (pid, &status, 0) != pid)
    fail ("waitpid");
  running = 0;
  alarm (0);
  before = begin;
  return (n == sizeof after && status == 0
          ? microseconds (&after) - microseconds (&before) : -1);
}

static int
compare (void const *a, void const *b)
{
  double x = *(double const *) a;
  double y = *(double const *) b;
  return (x > y) - (x < y);
}

int
main (int argc, char **argv)
{
  static struct command commands[COMMANDS_MAX];
  size_t n = 0;
  bool complete = true;
  unsigned long int count = argc < 5 ? 0 : strtoul (argv[1], NULL, 10);

  if (count == 0 || COUNT_MAX < count)
    return EXIT_FAILURE;
  for (int i = 3; i + 1 < argc && n < COMMANDS_MAX; n++)
    {
      commands[n] = (struct command) { .name = argv[i],
                                       .argv = argv + i + 1,
                                       .took = calloc (count,
                                                       sizeof (double)) };
      if (! commands[n].took)
        fail ("memory");
      while (i < argc && strcmp (argv[i], ";") != 0)
        i++;
      argv[i++] = NULL;
    }

  sigaction (SIGALRM, &(struct sigaction) { .sa_handler = stop,
                                            .sa_flags = SA_RESTART }, NULL);
  for (size_t i = 0; i < count; i++)
    for (struct command *c = commands; c < commands + n; c++)
      {
        unlink (argv[2]);
        double time = take_time (c->argv);
        if (0 <= time)
          c->took[c->good++] = time;
      }

  for (struct command *c = commands; c < commands + n; c++)
    {
      qsort (c->took, c->good, sizeof *c->took, compare);
      complete &= c->good != 0;
      if (c->good)
        printf ("%s p10 %.0f p50 %.0f p90 %.0f failed %lu\n", c->name,
                c->took[c->good / 10], c->took[c->good / 2],
                c->took[c->good * 9 / 10], count - c->good);
      else
        printf ("%s failed %lu\n", c->name, count);
    }
  return complete ? EXIT_SUCCESS : EXIT_FAILURE;
}
