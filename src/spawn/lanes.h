/* lanes.h -- children that share our memory while the server goes on.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef LANES_H
#define LANES_H

#include "spawn/program.h"

/* How many children at a time can be between their start and exec.  A child
   needs some five times as long for this as we need to start it, and longer
   where there are few processors.  With half as many lanes we would have to
   wait for one client in eight if 64 come at a time.  A lane that is not used
   costs little memory.  */
enum { LANES = 16 };

/* How many seconds a child waits for lanes_let_run.  The server may be
   suspended meanwhile.  */
enum { LANES_PATIENCE = 1 };

struct lanes;

/* Prepare to start PROGRAM, which must outlive the result.  Return NULL where
   this method does not work.  Nothing is allocated afterwards.  */
struct lanes *lanes_new (struct program *program);

/* Return the number of a lane without a child, or -1.  */
int lanes_pick (struct lanes *lanes);

/* Start the program on LANE, which lanes_pick has returned, as spawn_start
   does.  An error of exec is returned by lanes_end.  ENVP and its strings must
   not change until lanes_pick returns LANE again.  */
pid_t lanes_start (struct lanes *lanes, int lane, int conn, int kept,
                   char **envp);

/* Tell the child that was started on LANE that its connection has been closed
   here, so that the child's descriptors are the last.  Only then does it run
   the program, or after LANES_PATIENCE seconds.  */
void lanes_let_run (struct lanes *lanes, int lane);

/* Free the lane of the child PID, which has been reaped.  Return the error
   with which exec has failed, or 0.  */
int lanes_end (struct lanes *lanes, pid_t pid);

/* If a child has begun to wait because of a shortage since the last call,
   return the error; otherwise 0.  The child sends SIGCHLD when it begins to
   wait.  */
int lanes_shortage (struct lanes *lanes);

#endif /* LANES_H */
