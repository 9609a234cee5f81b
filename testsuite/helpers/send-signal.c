/* send-signal.c -- send a signal to a process.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: send-signal SIGNAL [PID]

   Send SIGNAL, which is a name without "SIG" or the number 0, to the process
   PID.  Without PID, only check that this system has SIGNAL.  Tests use this
   because a minimal system has no kill(1), and because the kill of a shell
   does not report the reason of a failure.

   Exit status: 0 success, 1 no such process, 2 any other failure of kill(2),
   3 no such signal, 99 wrong usage.  */

#include <config.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

static struct { char const *name; int number; } const signals[] =
{
  { "0", 0 },
  { "ABRT", SIGABRT },
  { "ALRM", SIGALRM },
  { "CHLD", SIGCHLD },
  { "CONT", SIGCONT },
  { "HUP", SIGHUP },
#ifdef SIGINFO
  { "INFO", SIGINFO },
#endif
  { "INT", SIGINT },
  { "KILL", SIGKILL },
  { "PIPE", SIGPIPE },
  { "QUIT", SIGQUIT },
  { "STOP", SIGSTOP },
  { "TERM", SIGTERM },
#ifdef SIGTTOU
  { "TTOU", SIGTTOU },
#endif
#ifdef SIGURG
  { "URG", SIGURG },
#endif
  { "USR1", SIGUSR1 },
#ifdef SIGXFSZ
  { "XFSZ", SIGXFSZ },
#endif
  { "USR2", SIGUSR2 }
};

int
main (int argc, char **argv)
{
  size_t i = 0;

  if (argc != 2 && argc != 3)
    return 99;
  while (i < sizeof signals / sizeof *signals
         && strcmp (signals[i].name, argv[1]) != 0)
    i++;
  if (i == sizeof signals / sizeof *signals)
    {
      fprintf (stderr, "send-signal: no signal %s here\n", argv[1]);
      return 3;
    }
  if (argc == 2)
    return 0;

  char *end;
  errno = 0;
  long int pid = strtol (argv[2], &end, 10);
  /* 0 and negative numbers would address whole process groups.  */
  if (errno != 0 || end == argv[2] || *end || pid <= 0 || pid != (pid_t) pid)
    {
      fprintf (stderr, "send-signal: '%s' is not a process\n", argv[2]);
      return 99;
    }
  if (kill (pid, signals[i].number) == 0)
    return 0;
  if (errno == ESRCH)
    return 1;
  fprintf (stderr, "send-signal: unable to send SIG%s to process %ld: %s\n",
           argv[1], pid, strerror (errno));
  return 2;
}
