/* signals.h -- signals as data.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef SIGNALS_H
#define SIGNALS_H

#include "base/system.h"

#include <poll.h>
#include <signal.h>

/* Signals that the loop reads like input: they are delivered only inside
   signals_poll, and never to a handler that does more than take a note.  So
   they interrupt no other call, and a child that still shares our memory
   cannot run their handler.  The exception is a signal that is given to
   signals_handle.  */

/* The method in use, or before signals_init the one that configure chose.  */
char const *signals_method (void);

/* Receive the COUNT signals of WANTED, whatever was blocked or ignored
   before.  What was ignored otherwise is blocked instead, so that children
   start with nothing ignored; so is what a write to the log could raise:
   SIGPIPE, SIGXFSZ (a file that has reached its limit) and SIGTTOU (a
   terminal of somebody else's now).  If the running system lacks the chosen
   method, another one is used.  Return 0, or -1 with errno set.  */
int signals_init (int const *wanted, size_t count);

/* As poll on the COUNT members of FDS, of which the first is the module's own
   to fill in; also returns as soon as a signal has come.  TIMEOUT is in
   milliseconds, -1 for none.  */
int signals_poll (struct pollfd *fds, nfds_t count, int timeout);

/* The number of a wanted signal that has come since it was last returned, or
   0 if there is none.  */
int signals_next (void);

/* The process that the SIGCHLD which signals_next has just returned is about,
   or 0 if it does not say.  Others may have ended as well.  */
pid_t signals_sender (void);

/* The number of signals that have a handler of ours, and in *LIST which they
   are.  */
size_t signals_handled (int const **list);

/* In a child, which may share our memory: every signal as if nothing had been
   there before us, nothing blocked.  Async-signal-safe.  */
void signals_reset (void);

typedef void signals_handler (int sig, siginfo_t *info, void *context);

/* Call HANDLER, with all signals blocked, whenever SIG comes.  Unless SIG is
   blocked, a child that shares our memory has HANDLER, too, until it calls
   signals_reset.  A call that SIG interrupts is restarted, unless it is one
   that never is, such as poll.  Return 0, or -1 with errno set.  */
int signals_handle (int sig, signals_handler *handler);

#endif /* SIGNALS_H */
