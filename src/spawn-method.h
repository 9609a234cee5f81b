/* spawn-method.h -- one way to start a child.

   Copyright (C) 2026 The ucspi-local authors

   This program is free software: you can redistribute it and/or modify
   it under the terms of the GNU General Public License as published by
   the Free Software Foundation, either version 3 of the License, or
   (at your option) any later version.

   This program is distributed in the hope that it will be useful,
   but WITHOUT ANY WARRANTY; without even the implied warranty of
   MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
   GNU General Public License for more details.

   You should have received a copy of the GNU General Public License
   along with this program.  If not, see <https://www.gnu.org/licenses/>.  */


#ifndef SPAWN_METHOD_H
#define SPAWN_METHOD_H

#include "program.h"

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
void spawn_bury (pid_t pid);

#endif /* SPAWN_METHOD_H */
