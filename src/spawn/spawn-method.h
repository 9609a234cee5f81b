/* spawn-method.h -- one way to start a child.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */


#ifndef SPAWN_METHOD_H
#define SPAWN_METHOD_H

#include "spawn/program.h"

/* A way that returns when it is known whether the child has become the
   program.  */
struct spawn_method
{
  char const *name;
  /* Whether it works on this system, as it runs.  */
  bool (*works) (void);
  /* Start PROGRAM as spawn_start says.  */
  pid_t (*start) (struct program *program, int conn, int kept, char **envp,
                  bool *found_process);
};

extern struct spawn_method const spawn_vfork, spawn_posix, spawn_fork;

/* Wait for the child PID, which has ended or is about to.  It is not waited
   for in earnest if something interrupts us again and again: the caller of
   spawn reaps whatever has ended.  */
void spawn_wait_for_exit (pid_t pid);

#endif /* SPAWN_METHOD_H */
