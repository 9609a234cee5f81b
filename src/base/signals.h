/* signals.h -- receive signals as data, in a loop.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef SIGNALS_H
#define SIGNALS_H

#include "base/system.h"

#include <poll.h>
#include <signal.h>

/* Signals that the loop reads like input.  They are delivered only inside
   signals_poll, and at most to a handler that stores their number.  So they
   interrupt no other system call, and their handlers cannot run in a child
   that still shares our memory.  The exception is a signal that is passed to
   signals_handle.  */

/* The greatest number of a signal plus 1.  */
#ifdef _SIG_MAXSIG
# define SIGNALS_END (_SIG_MAXSIG + 1)
#elif defined NSIG
# define SIGNALS_END NSIG
#elif defined _NSIG
# define SIGNALS_END _NSIG
#else
# define SIGNALS_END 65
#endif

/* Return the name of the method in use or, before signals_init, of the one
   that configure chose.  */
char const *signals_method (void);

/* Receive the COUNT signals of WANTED, even if they were blocked or ignored
   before.  Other signals that were ignored are blocked instead, so that
   children start without ignored signals.  The signals that a write to the log
   can raise are also blocked: SIGPIPE, SIGXFSZ (a file has reached its size
   limit) and SIGTTOU (the terminal belongs to another process group).  If the
   chosen method does not work, try another.  Return 0, or -1 with errno
   set.  */
int signals_init (int const *wanted, size_t count);

/* Call poll for the COUNT members of FDS, of which this function fills in the
   first.  TIMEOUT is in milliseconds, or -1 for none.  Return what poll
   returns.  A wanted signal ends the wait; then either FDS[0] is readable, or
   the result is -1 with errno EINTR.  */
int signals_poll (struct pollfd *fds, nfds_t count, int timeout);

/* Return the number of a wanted signal that has come since it was last
   returned, or 0 if there is none.  */
int signals_next (void);

/* Return the pid of the child that the SIGCHLD just returned by signals_next
   reports, or 0 if unknown.  Other children may have ended as well.  */
pid_t signals_sender (void);

/* Return the number of signals that have a handler of ours, and store their
   list in *LIST.  */
size_t signals_handled (int const **list);

/* Call this in a child, which may share our memory: set all handled signals to
   the default action and unblock all signals.  Async-signal-safe.  */
void signals_reset (void);

typedef void signals_handler (int sig, siginfo_t *info, void *context);

/* Call HANDLER, with all signals blocked, whenever SIG comes.  Unless SIG is
   blocked, HANDLER can also run in a child that shares our memory, until the
   child calls signals_reset.  System calls that SIG interrupts are restarted,
   except those that never are, such as poll.  Return 0, or -1 with errno
   set.  */
int signals_handle (int sig, signals_handler *handler);

#endif /* SIGNALS_H */
