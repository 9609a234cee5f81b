/* closer.h -- let another process make the last close of a connection.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CLOSER_H
#define CLOSER_H

#include "base/system.h"

/* The last close of a connection also closes the descriptors that a client has
   passed into it and nobody has received.  That can take long: the kernel may
   have to free the blocks of a file, or wait for a file system that the client
   has made.  The timer of linger.h interrupts only some of these closes.

   So if a client that gets no program has sent anything, a process that was
   forked for that, a closer, has the connection when the server closes it.
   The closer does nothing; the server kills it, and its end closes the
   connection.  Usually there is at most one.  While it is at work, further
   connections are shut down, so that their clients see the end, and wait for
   the next closer.  Only if there are many does another one begin meanwhile.
   So a client that wants to keep the server waiting has to pass descriptors
   that take long to close over CLOSERS_MAX times CLOSER_ROOM connections, and
   not over one.  */
enum
{
  /* How many closers may be at work.  */
  CLOSERS_MAX = 64,
  /* How many connections may wait for a closer.  No more than a quarter of the
     descriptors that the server may open are used for that.  */
  CLOSER_ROOM = 128
};

struct closer
{
  /* The closers that closer_ended has not been told of.  */
  pid_t pids[CLOSERS_MAX];
  size_t working;
  /* The connections that wait, and for how many there is room.  */
  int fds[CLOSER_ROOM];
  size_t waiting;
  size_t room;
};

/* Set up *CLOSER.  Call it when the limit of descriptors is final.  */
void closer_init (struct closer *closer);

/* Close FD, a connection that no child has.  Afterwards its client cannot send
   anything.  Return how many milliseconds a close in this process has taken,
   for which see linger_close: there is one if the client has sent nothing,
   or if there can be no closer.  */
long long int closer_close (struct closer *closer, int fd);

/* Close FD, whatever it is, as closer_close does after a client has sent
   something.  */
long long int closer_take (struct closer *closer, int fd);

/* Note that the child PID has been reaped, if it was a closer.  */
void closer_ended (struct closer *closer, pid_t pid);

/* If no closer is at work and any connection waits, let a closer begin.
   Return what closer_close returns.  */
long long int closer_continue (struct closer *closer);

/* Be a closer, of the process SERVER: do nothing until SIGKILL comes or the
   server has gone, and then exit.  */
_Noreturn void closer_work (pid_t server);

/* Before the process exits: let a closer begin, if any connection waits.
   Return what closer_close returns.  */
long long int closer_finish (struct closer *closer);

#endif /* CLOSER_H */
