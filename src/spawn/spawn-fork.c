/* spawn-fork.c -- start children by fork.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* The child has a copy of our memory and reports an error through a
   close-on-exec pipe.  This works on every system and is the slowest
   method.  */

#include <config.h>

#include "spawn/spawn-method.h"

#include <unistd.h>

#include "base/errors.h"
#include "cloexec.h"
#include "unistd-safer.h"

/* How many times a signal may interrupt the wait for exec.  */
enum { MAX_READS = 100 };

/* Return false if a filter refuses fork, so that the server reports that at
   its start instead of failing for each client.  Otherwise return true.  */
static bool
works (void)
{
  pid_t pid = fork ();
  if (pid == 0)
    _exit (0);
  if (pid < 0)
    return ! is_filtered (errno);
  spawn_wait_for_exit (pid);
  return true;
}

static pid_t
start (struct program *program, int conn, int kept, char **envp,
       bool *found_process)
{
  int ends[2];

  *found_process = false;
  if (pipe_safer (ends) != 0)
    return -1;
  /* If a program inherited an end of the pipe, we would read until it
     exits.  */
  if (set_cloexec_flag (ends[0], true) != 0
      || set_cloexec_flag (ends[1], true) != 0)
    {
      int errnum = errno;
      close (ends[0]);
      close (ends[1]);
      return errno = errnum, -1;
    }

  pid_t pid = fork ();
  if (pid == 0)
    {
      int problem = program_become (program, conn, kept, envp);
      if (write (ends[1], &problem, sizeof problem) < 0)
        _exit (EXIT_SYSTEM);
      _exit (EXIT_NOT_FOUND);
    }
  int saved_errno = errno;
  int error = 0;
  ssize_t n = 0;
  close (ends[1]);
  /* On Haiku the end of the child interrupts read, although SIGCHLD is
     blocked.  Do not loop for ever if something makes read fail so always.  */
  for (int tries = 0; 0 < pid && tries < MAX_READS; tries++)
    {
      n = read (ends[0], &error, sizeof error);
      if (0 <= n || errno != EINTR)
        break;
    }
  /* End of file without data means that exec has closed the pipe.  */
  if (n != sizeof error)
    error = 0;
  close (ends[0]);
  *found_process = 0 < pid;
  if (error != 0)
    {
      spawn_wait_for_exit (pid);
      pid = -1;
      saved_errno = error;
    }
  errno = saved_errno;
  return pid;
}

struct spawn_method const spawn_fork =
{
  .name = "fork", .works = works, .start = start
};
