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

/* Return an empty set of at most CAPACITY children, which are started by SPAWN
   with environments of ENV.  The set then owns SPAWN and ENV.  Return NULL
   with errno ENOMEM on failure.  Nothing is allocated afterwards.  */
struct children *children_new (size_t capacity, struct spawn *spawn,
                               struct childenv *env);

/* The number of children, and the number of those that serve UID.  A child
   counts until children_next_end has returned it.  */
size_t children_count (struct children const *children);
size_t children_count_uid (struct children const *children, uid_t uid);

/* Start the program for PEER.  Return its pid, or -1 with errno set.  On
   failure, *FOUND_PROCESS is false if no process could be made, and true if
   the program could not be run.  */
pid_t children_start (struct children *children, struct peer const *peer,
                      bool *found_process);

/* Return true if the child PID, which was started last, has ended already, so
   that the caller may have the last descriptor of its connection.  Where
   possible, a child does not run the program before children_let_run, or for
   a second; then the result is false.  */
bool children_is_over (struct children const *children, pid_t pid);

/* Tell that child that its connection has been closed here.  */
void children_let_run (struct children *children);

/* Return the error of a child that cannot run the program during a shortage
   and tries again, or 0.  If several children have one, return one of these
   errors and forget the others.  The child sends SIGCHLD when there is
   one.  */
int children_shortage (struct children *children);

/* The end of a child that has been reaped.  */
struct child_end
{
  pid_t pid;
  /* False if the child is not of this set: another part of the server has made
     it, or it was made before we became this program.  Then CONNECTION and
     SPAWN_ERRNO are undefined.  */
  bool is_ours;
  struct connection connection;
  /* The status from waitpid.  */
  int status;
  /* The error with which running the program has failed, or 0.  */
  int spawn_errno;
};

/* Begin a search at NOW for children that have ended; children_next_end
   returns them.  EXPECTS_OTHERS is true if there are children that are not of
   this set.  SENDER is the child that a SIGCHLD has reported, or 0 if that
   is unknown or no signal has come.  If there are many children, the search
   looks at SENDER alone, because the system would look at all of them to find
   one that has ended.  One SIGCHLD can stand for several children; so
   children_left says when to look for the others.  */
void children_reap (struct children *children, pid_t sender,
                    bool expects_others, long long int now);

/* Store the next child that has ended in *END and return true, or return false
   if there is none.  */
bool children_next_end (struct children *children, struct child_end *end);

/* Return true if children may have ended that are not reaped yet.  */
bool children_may_have_ended (struct children const *children);

/* Return the milliseconds from NOW until it is time to look for them, or -1 if
   children_may_have_ended is false.  */
int children_left (struct children const *children, long long int now);

/* Send SIG to all children, and then SIGCONT unless SIG is SIGKILL.  Return
   for how many children sending SIG has failed.  If that is not 0, *PID is the
   first of them, and errno is the reason.  */
size_t children_signal (struct children const *children, int sig, pid_t *pid);

/* Iterate over all connections, as conntable_next does.  */
struct connection const *children_next (struct children const *children,
                                        size_t *position);

#endif /* CHILDREN_H */
