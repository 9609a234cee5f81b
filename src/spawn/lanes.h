/* lanes.h -- children that share our memory while we go on.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */


#ifndef LANES_H
#define LANES_H

#include "spawn/program.h"

/* How many children can be on their way to their program at a time.  A child
   is for some five times as long on its way as it takes us to start one, and
   for longer where there are few processors; with half as many lanes we would
   stand still for one client in eight if 64 come at a time.  A lane that is
   never needed costs little memory.  */
enum { LANES = 16 };

struct lanes;

/* Prepare to start PROGRAM, which must outlive the result.  Return NULL where
   that does not work.  Nothing is allocated afterwards.  */
struct lanes *lanes_new (struct program *program);

/* A lane on which no child is, or -1.  */
int lanes_pick (struct lanes *lanes);

/* Start the program on LANE, which lanes_pick has returned, as spawn_start
   says; but whether it could be run is told by lanes_end.  ENVP and its
   strings must stay as they are until lanes_pick returns LANE again.  */
pid_t lanes_start (struct lanes *lanes, int lane, int conn, int kept,
                   char **envp);

/* Forget the child PID, which has been waited for.  Return what kept it from
   becoming the program, or 0.  */
int lanes_end (struct lanes *lanes, pid_t pid);

/* The errno of a shortage for which a child has begun to wait since this was
   last asked, or 0.  SIGCHLD is sent when there is one.  */
int lanes_shortage (struct lanes *lanes);

#endif /* LANES_H */
