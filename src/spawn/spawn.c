/* spawn.c -- start the program that serves a connection.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* There are two kinds of methods to start a child.  Those of SPAWN_METHODS,
   the fastest first, return only when exec has succeeded or failed.  The other
   kind (lanes), where the system has it, returns at once.  It is used after a
   start of the program that has succeeded, so that the server need not wait
   for exec.  */

#include <config.h>

#include "spawn/spawn.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/errors.h"
#include "spawn/lanes.h"
#include "spawn/spawn-method.h"

struct spawn
{
  struct program program;
  struct spawn_method const *method;
  /* Null if the system has no lanes.  */
  struct lanes *lanes;
  /* The number of the environment that was used last.  */
  size_t lane;
  /* True if the last known exec has succeeded.  */
  bool is_proven;
};

static struct spawn_method const *const methods[] =
{
#if defined SPAWN_ONLY
  /* A build that tests this method alone.  */
  &SPAWN_ONLY
#elif defined SPAWN_FROM_ENVIRONMENT
  &spawn_vfork, &spawn_posix, &spawn_fork
#else
  SPAWN_METHODS
#endif
};

/* How often waitpid is repeated when a signal interrupts it.  */
enum { WAITS = 10 };

void
spawn_wait_for_exit (pid_t pid)
{
  for (int i = 0; i < WAITS; i++)
    if (0 <= waitpid (pid, NULL, 0) || errno != EINTR)
      return;
}

/* Return true if the method called NAME may be used.  In a build for tests,
   the variable UCSPI_SPAWN names the first method to use.  */
static bool
is_wanted (char const *name)
{
#ifdef SPAWN_FROM_ENVIRONMENT
  static bool found;
  char const *wanted = getenv ("UCSPI_SPAWN");
  if (! wanted || strcmp (wanted, name) == 0)
    found = true;
  return found;
#else
  return name != NULL;
#endif
}

struct spawn *
spawn_new (char **argv, char const *path)
{
  struct spawn *spawn = calloc (1, sizeof *spawn);

  if (! spawn || program_init (&spawn->program, argv, path) != 0)
    return NULL;
  if (is_wanted ("clone"))
    spawn->lanes = lanes_new (&spawn->program);
  for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
    {
      spawn->method = methods[i];
      if (is_wanted (spawn->method->name) && spawn->method->works ())
        return spawn;
    }
  /* The last method was fork, which a filter may refuse.  */
  if (! is_filtered (errno))
    errno = ENOSYS;
  return NULL;
}

size_t
spawn_lanes (struct spawn const *spawn)
{
  return spawn->lanes ? 1 + LANES : 1;
}

/* Environment 0 is for the methods that wait for exec.  */
size_t
spawn_lane (struct spawn *spawn)
{
  if (! spawn->lanes || ! spawn->is_proven)
    return 0;
  return 1 + lanes_pick (spawn->lanes);
}

pid_t
spawn_start (struct spawn *spawn, size_t lane, int conn, int kept,
             char **envp, bool *found_process)
{
  pid_t pid;

  spawn->lane = lane;
  if (lane != 0)
    {
      pid = lanes_start (spawn->lanes, lane - 1, conn, kept, envp);
      *found_process = 0 < pid;
      return pid;
    }
  pid = spawn->method->start (&spawn->program, conn, kept, envp,
                              found_process);
  spawn->is_proven = 0 < pid;
  if (pid < 0 && *found_process)
    spawn->program.proven = 0;
  return pid;
}

bool
spawn_is_held (struct spawn const *spawn)
{
  return spawn->lane != 0;
}

void
spawn_let_run (struct spawn *spawn)
{
  if (spawn_is_held (spawn))
    lanes_let_run (spawn->lanes, spawn->lane - 1);
}

/* If ERROR is not 0, remember that the program could not be run.  Return
   ERROR.  */
static int
note (struct spawn *spawn, int error)
{
  if (error != 0)
    spawn->is_proven = false;
  return error;
}

int
spawn_end (struct spawn *spawn, pid_t pid)
{
  return note (spawn, spawn->lanes ? lanes_end (spawn->lanes, pid) : 0);
}

int
spawn_shortage (struct spawn *spawn)
{
  return note (spawn, spawn->lanes ? lanes_shortage (spawn->lanes) : 0);
}

char const *
spawn_method (struct spawn const *spawn)
{
  return spawn->lanes ? "clone" : spawn->method->name;
}
