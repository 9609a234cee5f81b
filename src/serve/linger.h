/* linger.h -- close a socket without waiting for what a client has sent.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef LINGER_H
#define LINGER_H

#include "base/system.h"

#include <signal.h>

/* The last close of a Unix-domain socket also closes the descriptors that a
   client has passed into it and nobody has received.  One of them can be a TCP
   socket with SO_LINGER, unsent data and a peer that does not read.  On Linux,
   close(2) then blocks for as long as the client has set, unless a signal
   interrupts it (tcp_close in net/ipv4/tcp.c, sk_stream_wait_close in
   net/core/stream.c).  A server that blocks there serves nobody and does not
   see SIGTERM.

   So while connections are closed, a timer interrupts this process again and
   again.  The timer needs no system call for each connection: it runs on while
   closes follow each other, and stops after an interval without a close.  */

/* How likely a close is to be the last close of its socket.  */
enum linger_risk
{
  /* No other process has the socket open, so each close can be made to block.
     The timer's interval is LINGER_SHORT.  */
  LINGER_LIKELY,
  /* A child has the socket open, unless it has ended already.  The interval is
     LINGER_LONG.  */
  LINGER_UNLIKELY
};

/* The timer's intervals, in nanoseconds.  A close that blocks for LINGER_SHORT
   costs the server about as much time as serving a client, so making it block
   gains a client nothing.  LINGER_LONG is the longest that a client can delay
   others if its program ends before the server has closed the connection.  */
enum
{
  LINGER_SHORT = 100 * 1000,
  LINGER_LONG = 10 * 1000 * 1000
};

/* The timer's signal.  SIGURG is ignored by default, except on Haiku, and has
   no other use here.  SIGALRM is left alone because of an alarm that may have
   been set before this program was run.  */
enum { LINGER_SIGNAL = SIGURG };

/* The handler of LINGER_SIGNAL.  The caller installs it, with SA_RESTART,
   SA_SIGINFO and all signals blocked, before it calls linger_init.  The
   handler ignores a signal that the timer has not sent.  */
void linger_interrupt (int sig, siginfo_t *info, void *context);

/* Prepare this process for linger_close.  Return 0, or -1 with errno set;
   after a failure linger_close may block.  */
int linger_init (void);

/* Close FD.  RISK says how likely it is that this is the last close of the
   socket.  Return how many milliseconds the close has taken, because there are
   closes that the timer cannot interrupt.  On most systems this reads the
   clock without a system call.  */
long long int linger_close (int fd, enum linger_risk risk);

/* Return true if the timer has interrupted this process since the last call of
   this function.  */
bool linger_interrupted (void);

#endif /* LINGER_H */
