/* linger.h -- close a connection without waiting for what a client put in it.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef LINGER_H
#define LINGER_H

#include "base/system.h"

#include <signal.h>

/* The last close of a Unix-domain socket also closes the descriptors that a
   client has passed into it and nobody has received.  One of them can be a TCP
   socket with SO_LINGER, unsent data and a peer that does not read.  On Linux,
   close(2) then waits for as long as the client has set, unless a signal
   interrupts it (tcp_close in net/ipv4/tcp.c, sk_stream_wait_close in
   net/core/stream.c).  A server that waits there serves nobody and does not
   see SIGTERM.

   So while connections are closed, a timer interrupts this process again and
   again.  It costs no system call for each connection: the timer runs on while
   closes follow each other, and stops after an interval without one.  */

/* How likely it is that a close is the last of a socket.  */
enum linger_risk
{
  /* No other process has the socket, so a client can make each such close
     wait.  The timer's interval is LINGER_SHORT.  */
  LINGER_LIKELY,
  /* A child has the socket, unless it has ended already.  The interval is
     LINGER_LONG.  */
  LINGER_UNLIKELY
};

/* The timer's intervals, in nanoseconds.  The short one costs about as much of
   the processor as to serve a client, so that a client gains nothing from a
   close that waits; the long one is the longest that a client can delay others
   if its program ends before the server has closed the connection.  */
enum
{
  LINGER_SHORT = 100 * 1000,
  LINGER_LONG = 10 * 1000 * 1000
};

/* The timer's signal.  It is ignored by default, except on Haiku, and nothing
   else uses it here: an alarm that was set before this program was run stays
   as it is.  */
enum { LINGER_SIGNAL = SIGURG };

/* The handler of LINGER_SIGNAL.  The caller installs it, with SA_RESTART,
   SA_SIGINFO and all signals blocked, before it calls linger_init.  It ignores
   a signal that is not from the timer.  */
void linger_interrupt (int sig, siginfo_t *info, void *context);

/* Prepare this process for linger_close.  Return 0, or -1 with errno set: then
   linger_close may wait.  */
int linger_init (void);

/* Close FD.  RISK says how likely that is the last close of it.  Return how
   many milliseconds that has taken: the timer cannot interrupt each close.
   The clock is read without a system call on most systems.  */
long long int linger_close (int fd, enum linger_risk risk);

/* Return whether the timer has interrupted this process since the last call of
   this function.  */
bool linger_interrupted (void);

#endif /* LINGER_H */
