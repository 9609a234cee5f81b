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
   connections are shut down for writing, so that their clients see the end,
   and wait for the next closer.  Another one begins meanwhile only if there
   are as many as there is room for, or if they have waited long.  So a client
   that wants to keep the server waiting has to pass descriptors that take long
   to close over thousands of connections, or over 160 and for 20 minutes, and
   not over one.  */
enum
{
  /* How many closers may be at work.  */
  CLOSERS_MAX = 32,
  /* How many connections may wait for a closer.  No more than a quarter of the
     descriptors that the server may open are used for that, and none if it may
     open no more than CLOSER_FEW.  */
  CLOSER_ROOM = 128,
  CLOSER_FEW = 32,
  /* How many milliseconds connections wait while one closer is at work.  The
     time doubles with each further closer, up to 512 times as much.  */
  CLOSER_PATIENCE = 100
};

/* Times are in milliseconds on the monotonic clock.  */
struct closer
{
  /* True if shutdown for reading keeps what has been received.  */
  bool keeps;
  /* The closers that closer_ended has not been told of.  */
  pid_t pids[CLOSERS_MAX];
  size_t working;
  /* When the last one began.  */
  long long int began;
  /* The connections that wait, and for how many there is room.  */
  int fds[CLOSER_ROOM];
  size_t waiting;
  size_t room;
  /* The time of the slowest close, of a connection that had waited, in this
     process since the last closer_took.  */
  long long int took;
};

/* Set up *CLOSER.  Call it when the limit of descriptors is final.  */
void closer_init (struct closer *closer);

/* Close FD, a connection that no child has, or let it wait for a closer.
   Return the milliseconds that this close has taken here, as linger_close
   does: there is one if the client has sent nothing.  */
long long int closer_close (struct closer *closer, int fd);

/* Close FD, a connection of which a child of ours had a copy.  Another process
   may have one still, so the connection is not shut down and does not wait.
   The result is as for closer_close.  */
long long int closer_leave (struct closer *closer, int fd);

/* Return true if a closer is at work, so that its end has to be reaped.  */
bool closer_is_working (struct closer const *closer);

/* Note that the child PID has been reaped, if it was a closer.  */
void closer_ended (struct closer *closer, pid_t pid);

/* Return the milliseconds until closer_continue is to be called, or -1 if no
   connection waits, or if none is to be closed at a certain time.  */
int closer_left (struct closer const *closer);

/* If no connection has to wait any longer, let a closer begin.  */
void closer_continue (struct closer *closer);

/* Let a closer begin if any connection waits: a descriptor is needed.  */
void closer_hurry (struct closer *closer);

/* Before the process exits: let no connection wait, and give the closers a
   moment to end, because they have copies of our listening sockets.  */
void closer_finish (struct closer *closer);

/* Where no closer could be made, connections that waited have been closed in
   this process.  Return the milliseconds of the slowest such close since the
   last call.  */
long long int closer_took (struct closer *closer);

/* Be a closer, of the process SERVER: do nothing until SIGKILL comes or the
   server has gone, and then exit.  */
_Noreturn void closer_work (pid_t server);

#endif /* CLOSER_H */
