/* spawn-posix.c -- start children by posix_spawn.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* For systems on which posix_spawn is a system call, or which lack vfork and
   have a slow fork.  The lists of actions are made again only when the
   descriptors differ from those of the last call.  */

#include <config.h>

#include "spawn/spawn-method.h"

#include <signal.h>
#include <spawn.h>
#include <unistd.h>

#include "base/errors.h"
#include "base/signals.h"

/* The lists, and the descriptors for which they were made.  */
static posix_spawn_file_actions_t actions;
static int listed_conn = -1;
static int listed_kept = -1;
static posix_spawnattr_t attributes;
static bool has_attributes;

/* Make the list of what the child does with signals, if it is not made yet.
   Return 0 or an errno value.  */
static int
list_signals (void)
{
  sigset_t none, handled;
  int const *list;
  size_t count = signals_handled (&list);

  if (has_attributes)
    return 0;
  sigemptyset (&none);
  sigemptyset (&handled);
  for (size_t i = 0; i < count; i++)
    sigaddset (&handled, list[i]);
  int error = posix_spawnattr_init (&attributes);
  if (error != 0)
    return error;
  if ((error = posix_spawnattr_setsigmask (&attributes, &none)) == 0
      && (error = posix_spawnattr_setsigdefault (&attributes, &handled)) == 0)
    error = posix_spawnattr_setflags (&attributes, (POSIX_SPAWN_SETSIGMASK
                                                    | POSIX_SPAWN_SETSIGDEF));
  if (error != 0)
    posix_spawnattr_destroy (&attributes);
  has_attributes = error == 0;
  return error;
}

/* Make the list of what the child does with descriptors.  Return 0 or an errno
   value.  */
static int
list_descriptors (int conn, int kept)
{
  int error;

  if (conn == listed_conn && kept == listed_kept)
    return 0;
  if (0 <= listed_conn)
    posix_spawn_file_actions_destroy (&actions);
  listed_conn = -1;
  if ((error = posix_spawn_file_actions_init (&actions)) != 0)
    return error;
  error = posix_spawn_file_actions_adddup2 (&actions, conn, STDIN_FILENO);
  if (error == 0)
    error = posix_spawn_file_actions_adddup2 (&actions, conn, STDOUT_FILENO);
  /* A dup2 of a descriptor to itself clears close-on-exec (POSIX.1-2024).  On
     macOS it does not (PSFA_DUP2 in bsd/kern/kern_exec.c of xnu), but there
     KEPT is always -1, because only Linux has descriptors of processes.  */
  if (error == 0 && 0 <= kept)
    error = posix_spawn_file_actions_adddup2 (&actions, kept, kept);
  if (error != 0)
    {
      posix_spawn_file_actions_destroy (&actions);
      return error;
    }
  listed_conn = conn;
  listed_kept = kept;
  return 0;
}

/* Return true if ERROR, from posix_spawn, may mean that no process could be
   made. posix_spawn does not report whether making the process or executing
   the program has failed.  */
static bool
may_lack_process (int error)
{
  return is_shortage (error) || error == ENOSYS;
}

/* Return true if posix_spawn reports that a program does not exist.  POSIX
   allows a child that exits with 127 instead, and emulators (valgrind,
   qemu-user) do that; then a client would be lost without a message.  If no
   process can be made, that cannot be tested, so another method is used.  */
static bool
works (void)
{
  char *argv[] = { NULL, NULL };
  pid_t pid;

  if (list_signals () != 0 || list_descriptors (STDIN_FILENO, -1) != 0)
    return false;
  int error = posix_spawn (&pid, "", &actions, &attributes, argv, argv);
  /* A filter may refuse a call that the child makes before exec.  */
  if (error != 0)
    return ! may_lack_process (error) && ! is_filtered (error);
  spawn_wait_for_exit (pid);
  return false;
}

/* The child that has executed the program, or -1.  */
static pid_t child;

static int
run (char const *name, char **argv, char **envp)
{
  int error = posix_spawn (&child, name, &actions, &attributes, argv, envp);
  if (error != 0)
    child = -1;
  return program_error (name, error);
}

static pid_t
start (struct program *program, int conn, int kept, char **envp,
       bool *found_process)
{
  int error = list_descriptors (conn, kept);

  child = -1;
  *found_process = false;
  if (error == 0)
    {
      error = program_run (program, &program->proven, program->script_argv,
                           envp, run);
      *found_process = ! may_lack_process (error);
    }
  errno = error;
  return child;
}

struct spawn_method const spawn_posix =
{
  .name = "posix_spawn", .works = works, .start = start
};
