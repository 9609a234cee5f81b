/* spawn-vfork.c -- children by vfork.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */


/* A child of vfork runs in our memory and on our stack while we stand still.
   What it may do is little: place two descriptors, reset signals, exec, and
   _exit.  All it needs has been prepared; what it writes is the program's
   error (for us to read), which of its names was tried, and the argument
   vector for a script without "#!" (for execve).  No handler of ours can run
   in it but that of linger.c, which does nothing there: the other signals are
   blocked until signals_reset, which removes the handlers first.

   Emulators and checkers (valgrind, qemu-user) make a vfork into a fork.  The
   child's report would be lost, so one such child is made at the start to see
   whether it can write here.  */

#include <config.h>

#include "spawn/spawn-method.h"

#include <unistd.h>

/* Where a child leaves the errno of its failure.  */
static int volatile shared_error;

/* Each in a function of its own, so that no variable of the caller can be
   changed by the child in the caller's frame.  */
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
