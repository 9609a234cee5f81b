/* children.h -- the processes that serve clients, from start to end.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CHILDREN_H
#define CHILDREN_H

#include "serve/childenv.h"
#include "serve/conntable.h"
#include "serve/peer.h"
#include "spawn/spawn.h"

/* Times are in milliseconds on the monotonic clock.  */

struct children;

/* Prepare for at most CAPACITY children at a time, started by SPAWN with
   environments of ENV.  Both then belong to the result.  Return NULL with
   errno ENOMEM on failure.  Nothing is allocated afterwards.  */
struct children *children_new (size_t capacity, struct spawn *spawn,
                               struct childenv *env);

/* How many children there are, and how many of them serve UID.  A child counts
   until children_next_end has returned it.  */
size_t children_count (struct children const *children);
size_t children_count_uid (struct children const *children, uid_t uid);

/* Start the program for PEER.  Return its pid, or -1 with errno set, and in
   *FOUND_PROCESS whether a process could be made.  */
pid_t children_start (struct children *children, struct peer const *peer,
                      bool *found_process);

/* The error for which a child waits before it becomes the program, or 0.  Each
   is returned once; SIGCHLD says when to ask.  */
int children_shortage (struct children *children);

/* A child that has ended and been waited for.  */
struct child_end
{
  struct connection connection;
  /* As of waitpid.  */
  int status;
  /* What kept it from becoming the program, or 0.  */
  int spawn_errno;
};

/* Look for children that have ended, at NOW; children_next_end then returns
   them.  SENDER is the process that a SIGCHLD is about, or 0 if it does not
   say or there was none.  If there are many children, only that one is looked
   at, because the system looks at all to find any.  A signal can stand for
   several; so children_left says when to look for the others.  */
void children_reap (struct children *children, pid_t sender,
                    long long int now);

/* Store in *END the next child that has ended, and return true; or return
   false, when there is none.  */
bool children_next_end (struct children *children, struct child_end *end);

/* Whether children may have ended that have not been looked for.  */
bool children_may_have_ended (struct children const *children);

/* The milliseconds from NOW until these are to be looked for, or -1.  */
int children_left (struct children const *children, long long int now);

/* Send SIG, and then SIGCONT unless SIG is SIGKILL, to all children.  Return
   how many could not be sent it; *PID is then the first of them, and errno the
   reason.  */
size_t children_signal (struct children const *children, int sig, pid_t *pid);

/* As conntable_next.  */
struct connection const *children_next (struct children const *children,
                                        size_t *position);

#endif /* CHILDREN_H */
