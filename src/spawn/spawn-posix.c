/* spawn-posix.c -- children by posix_spawn.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */


/* For systems on which that is a system call of its own, or which have neither
   vfork nor time for fork.  What the child has to do is told in lists, which
   are made again only when a connection has another number than the last.  */

#include <config.h>

#include "spawn/spawn-method.h"

#include <signal.h>
#include <spawn.h>
#include <unistd.h>

#include "base/errors.h"
#include "base/signals.h"

/* What the lists were made for, and whether there are any.  */
static posix_spawn_file_actions_t actions;
static int listed_conn = -1;
static int listed_kept = -1;
static posix_spawnattr_t attributes;
static bool has_attributes;

/* What the child has to do with signals.  Return an errno or 0.  */
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

/* What it has to do with descriptors.  Likewise.  */
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
  /* To itself: it is then no longer close-on-exec (POSIX.1-2024).  */
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

/* Whether ERROR, of posix_spawn, may say that no process could be made.  It
   does not tell which of the two was short, process or program.  */
static bool
may_lack_process (int error)
{
  return is_shortage (error) || error == ENOSYS;
}

/* POSIX lets a system start a child that exits with 127 instead of reporting
   that there is no such program, and emulators (valgrind, qemu-user) do so.  A
   client's service would be lost without a word, so this is tried once.  That
   no process can be made says nothing of this, and another way is taken.  */
static bool
works (void)
{
  char *argv[] = { NULL, NULL };
  pid_t pid;

  if (list_signals () != 0 || list_descriptors (STDIN_FILENO, -1) != 0)
    return false;
  int error = posix_spawn (&pid, "", &actions, &attributes, argv, argv);
  /* A filter may refuse the child a step before it becomes the program.  */
  if (error != 0)
    return ! may_lack_process (error) && ! is_filtered (error);
  spawn_wait_for_exit (pid);
  return false;
}

/* The child that became NAME, or else what was wrong.  */
static pid_t child;

static int
run (char const *name, char **argv, char **envp)
{
  int error = posix_spawn (&child, name, &actions, &attributes, argv, envp);
  if (error != 0)
    child = -1;
  return error;
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
