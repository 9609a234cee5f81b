/* spawn.c -- starting the program that serves a connection.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */


/* There are two kinds of ways to start a child.  One returns when it is known
   whether the child has become the program; SPAWN_METHODS are those that this
   system has, the best first.  The other, where there is one (lanes), returns
   at once.  It is used for a program that has been run before: as long as
   that goes well, nobody has to wait for anybody.  */

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
  /* NULL: there are none.  */
  struct lanes *lanes;
  /* Whether the last child that we know of became the program.  */
  bool is_proven;
};

static struct spawn_method const *const methods[] =
{
#if defined SPAWN_ONLY
  /* A test of this one.  */
  &SPAWN_ONLY
#elif defined SPAWN_FROM_ENVIRONMENT
  &spawn_vfork, &spawn_posix, &spawn_fork
#else
  SPAWN_METHODS
#endif
};

/* How often the wait for a child that has ended is taken up again when it is
   interrupted.  */
enum { WAITS = 10 };

void
spawn_wait_for_exit (pid_t pid)
{
  for (int i = 0; i < WAITS; i++)
    if (0 <= waitpid (pid, NULL, 0) || errno != EINTR)
      return;
}

/* Whether the way called NAME may be used.  In a build for tests, the variable
   UCSPI_SPAWN names one: those before it are left out.  */
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
  /* The last way has been fork, which a filter may refuse.  */
  if (! is_filtered (errno))
    errno = ENOSYS;
  return NULL;
}

size_t
spawn_lanes (struct spawn const *spawn)
{
  return spawn->lanes ? 1 + LANES : 1;
}

/* Number 0 is for the ways that do not return at once.  */
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

/* Note that the program could not be run, unless ERROR is 0, and return
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
