/* spawn-method.h -- one method of starting a child.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef SPAWN_METHOD_H
#define SPAWN_METHOD_H

#include "spawn/program.h"

/* A method that returns only when exec has succeeded or failed.  */
struct spawn_method
{
  char const *name;
  /* Return true if the method works on the running system.  */
  bool (*works) (void);
  /* Start PROGRAM, as spawn_start does.  */
  pid_t (*start) (struct program *program, int conn, int kept, char **envp,
                  bool *found_process);
};

extern struct spawn_method const spawn_vfork, spawn_posix, spawn_fork;

/* Reap the child PID, which has ended or is about to.  Give up if signals
   interrupt the wait again and again.  That does no harm, because the caller
   of spawn reaps all children that have ended.  */
void spawn_wait_for_exit (pid_t pid);

#endif /* SPAWN_METHOD_H */
