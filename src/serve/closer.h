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
   connection.  Each connection gets a closer at once: if it waited for one, a
   child that is started meanwhile would have a copy, and could be the one that
   makes the last close.  */

/* How many closers may be at work.  A client that wants to keep the server
   waiting has to pass descriptors that take long to close over more
   connections than that.  */
enum { CLOSERS_MAX = 256 };

struct closer
{
  /* True if shutdown for reading keeps what has been received.  */
  bool keeps;
  /* The closers that closer_ended has not been told of.  */
  pid_t pids[CLOSERS_MAX];
  size_t working;
};

/* Set up *CLOSER.  */
void closer_init (struct closer *closer);

/* Close FD, a connection that no child has.  Return the milliseconds that the
   close has taken here, as linger_close does.  */
long long int closer_close (struct closer *closer, int fd);

/* Close FD, a connection of which a child of ours had a copy.  Another process
   may have one still, so the connection is not shut down.  The result is as
   for closer_close.  */
long long int closer_leave (struct closer *closer, int fd);

/* Return true if a closer is at work, so that its end has to be reaped.  */
bool closer_is_working (struct closer const *closer);

/* Note that the child PID has been reaped, if it was a closer.  */
void closer_ended (struct closer *closer, pid_t pid);

/* Before the process exits: give the closers a moment to end, because they
   have copies of our listening sockets.  */
void closer_finish (struct closer *closer);

/* Be a closer, of the process SERVER: do nothing until SIGKILL comes or the
   server has gone, and then exit.  */
_Noreturn void closer_work (pid_t server);

#endif /* CLOSER_H */
