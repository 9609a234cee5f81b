/* spawn.h -- starting the program that serves a connection.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */


#ifndef SPAWN_H
#define SPAWN_H

#include "base/system.h"

struct spawn;

/* Prepare to run ARGV[0] with the arguments ARGV, found as execvp finds it
   with the search path PATH (NULL: the system's default).  Where it was last
   is where it is looked for first.  ARGV must outlive the result.  Return NULL
   with errno set on failure.  Nothing is allocated afterwards.  */
struct spawn *spawn_new (char **argv, char const *path);

/* How many environments the caller needs, at least 1: a child may still read
   that of its start when the next is started.  */
size_t spawn_lanes (struct spawn const *spawn);

/* The number of the environment for the next start, from 0 on: the one that
   no child reads.  */
size_t spawn_lane (struct spawn *spawn);

/* Start the program with CONN, a close-on-exec descriptor above 2, as its
   descriptors 0 and 1, KEPT (unless it is -1) as what it is although it is
   close-on-exec, the environment ENVP, which has the number LANE that
   spawn_lane has returned, and signals_reset applied.
   Return its pid.  If no process could be made, return -1 with errno set and
   *FOUND_PROCESS false; if the program could not be run, return -1 with errno
   set and *FOUND_PROCESS true: the process is gone and reaped.
   If the program has been run before, that it cannot be run any more may be
   found out later: see spawn_end.  */
pid_t spawn_start (struct spawn *spawn, size_t lane, int conn, int kept,
                   char **envp, bool *found_process);

/* Note that the process PID has been waited for.  Return what kept it from
   becoming the program, or 0.  */
int spawn_end (struct spawn *spawn, pid_t pid);

/* The errno of a shortage for which a process, already with its connection,
   waits before it becomes the program, or 0.  Each is told once; SIGCHLD says
   when to ask.  */
int spawn_shortage (struct spawn *spawn);

/* How children are made: "clone", "vfork", "posix_spawn" or "fork".  */
char const *spawn_method (struct spawn const *spawn);

#endif /* SPAWN_H */
