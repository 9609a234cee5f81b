/* spawn-vfork.c -- start children by vfork.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* A child of vfork runs in our memory and on our stack while we are suspended.
   It may only place descriptors, reset signals, exec and _exit, and everything
   it needs has been prepared.  It writes the errno value of a failure (which
   we read), the index of the name that it tried, and the argument vector of a
   script without "#!" (for execve).  The only handler of ours that can run in
   the child is that of linger.c, which does nothing there: the other signals
   are blocked until signals_reset, which removes the handlers first.

   Emulators and checkers (valgrind, qemu-user) implement vfork by fork.  Then
   the child's errno value would be lost, so one child is started at the
   beginning to test whether it writes to our memory.  */

#include <config.h>

#include "spawn/spawn-method.h"

#include <unistd.h>

/* Where a child stores the errno value of its failure.  */
static int volatile shared_error;

/* Each vfork is in a function of its own, so that the child cannot change
   variables of the caller in the caller's stack frame.  */
static bool __attribute__ ((__noinline__))
shares_memory (void)
{
  shared_error = 0;
  pid_t pid = vfork ();
  if (pid == 0)
    {
      shared_error = 1;
      _exit (0);
    }
  if (pid < 0)
    return false;
  spawn_wait_for_exit (pid);
  return shared_error != 0;
}

static pid_t __attribute__ ((__noinline__))
start_child (struct program *program, int conn, int kept, char **envp)
{
  shared_error = 0;
  pid_t pid = vfork ();
  if (pid == 0)
    {
      shared_error = program_become (program, conn, kept, envp);
      _exit (EXIT_NOT_FOUND);
    }
  return pid;
}

static pid_t
start (struct program *program, int conn, int kept, char **envp,
       bool *found_process)
{
  pid_t pid = start_child (program, conn, kept, envp);
  *found_process = 0 < pid;
  if (0 < pid && shared_error != 0)
    {
      spawn_wait_for_exit (pid);
      errno = shared_error;
      pid = -1;
    }
  return pid;
}

struct spawn_method const spawn_vfork =
{
  .name = "vfork", .works = shares_memory, .start = start
};
