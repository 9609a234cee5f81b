/* spawn.h -- start the program that serves a connection.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef SPAWN_H
#define SPAWN_H

#include "base/system.h"

struct spawn;

/* Prepare to run ARGV[0] with the arguments ARGV, found as execvp finds it in
   PATH, or in the system's default path if PATH is null.  The place where it
   was found last is tried first.  ARGV must outlive the result.  Return NULL
   with errno set on failure.  Nothing is allocated afterwards.  */
struct spawn *spawn_new (char **argv, char const *path);

/* Return how many environments the caller needs, at least 1.  More than one is
   needed if a child may still read its environment when the next child is
   started.  */
size_t spawn_lanes (struct spawn const *spawn);

/* Return the number, from 0 on, of the environment to use for the next start,
   which no child reads.  */
size_t spawn_lane (struct spawn *spawn);

/* Start the program with descriptors 0 and 1 connected to CONN, a
   close-on-exec descriptor above 2, and with signals_reset applied.  Unless
   KEPT is -1, it stays open in the program although it is close-on-exec.  ENVP
   is the environment with the number LANE, from spawn_lane.

   Return the child's pid, or -1 with errno set.  On failure, *FOUND_PROCESS is
   false if no process could be made.  If it is true, the program could not be
   run, and its child has been reaped already.  If the program has been run
   before, the pid may be returned although the program cannot be run any more:
   see spawn_end.  */
pid_t spawn_start (struct spawn *spawn, size_t lane, int conn, int kept,
                   char **envp, bool *found_process);

/* Return true if the child that was started last keeps its connection until
   spawn_let_run is called, for a second at most.  A child whose exec the
   method has waited for does not.  */
bool spawn_is_held (struct spawn const *spawn);

/* Tell that child that the caller has closed CONN, so that it runs the
   program.  */
void spawn_let_run (struct spawn *spawn);

/* To be called when the child PID has been reaped.  Return the error with
   which executing the program has failed, or 0.  */
int spawn_end (struct spawn *spawn, pid_t pid);

/* If a child that has its connection already cannot execute the program in a
   shortage, and waits to try again, return the error; otherwise 0.  Each error
   is returned once.  The child sends SIGCHLD when it begins to wait.  */
int spawn_shortage (struct spawn *spawn);

/* Return the name of the method: "clone", "vfork", "posix_spawn" or
   "fork".  */
char const *spawn_method (struct spawn const *spawn);

#endif /* SPAWN_H */
