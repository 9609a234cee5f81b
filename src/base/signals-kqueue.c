/* signals-kqueue.c -- receive signals by kqueue.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* FreeBSD, NetBSD, OpenBSD and macOS add a signal to the queue when it is
   sent, before they check whether it is blocked.  So the signals stay blocked
   and need no handler.  A child does not inherit the queue.

   DragonFly differs (lwpsignal in sys/kern/kern_sig.c).  Until June 2016,
   about release 4.6, a blocked signal makes no event unless it is ignored, so
   this method is not used there; see reports_blocked.  In all releases, a
   signal that comes while the process is stopped makes no event.  The manual
   recommends selfpipe there, because looking for such signals would cost
   another system call before each poll.  */

#include <config.h>

#include "base/signals-method.h"

#include <sys/event.h>
#include <time.h>
#include <unistd.h>

#include "cloexec.h"
#include "unistd-safer.h"

static int descriptor = -1;

/* The signals that signals_next will return.  */
static int queue[SIGNALS_MAX];
static size_t queued, taken;

/* Discard a pending SIG, which is blocked.  Return true if it was pending.  */
static bool
take_pending (int sig)
{
  sigset_t set;
  int got;

  if (sigpending (&set) != 0 || sigismember (&set, sig) != 1)
    return false;
  sigemptyset (&set);
  sigaddset (&set, sig);
  return sigwait (&set, &got) == 0;
}

/* Return false if the kernel makes no event for a blocked signal.  Return true
   if it does, or if that cannot be found out.  The queue, to which no signal
   has been added yet, is left empty.  The disposition of SIGUSR2 and a pending
   SIGUSR2 stay as they are.  A SIGUSR2 that comes at this moment may be
   lost.  */
static bool
reports_blocked (void)
{
  /* A signal that has no use here.  It must not be ignored by default, because
     old DragonFly makes events for signals that are ignored.  */
  int const sig = SIGUSR2;
  static struct timespec const now;
  sigset_t set, old, pending;
  struct kevent change, event = { .data = 0 };
  int n = -1;

  sigemptyset (&set);
  sigaddset (&set, sig);
  if (sigprocmask (SIG_BLOCK, &set, &old) != 0)
    return true;
  /* If the signal is pending, a second one would not be told from it.  */
  if (sigpending (&pending) == 0 && sigismember (&pending, sig) == 0)
    {
      EV_SET (&change, sig, EVFILT_SIGNAL, EV_ADD | EV_CLEAR, 0, 0, 0);
      if (kevent (descriptor, &change, 1, NULL, 0, NULL) == 0)
        {
          if (kill (getpid (), sig) == 0)
            {
              n = kevent (descriptor, NULL, 0, &event, 1, &now);
              /* The event has the number of signals.  If it is greater than 1,
                 someone else has sent one as well, which stays pending.  */
              if (n <= 0 || event.data <= 1)
                take_pending (sig);
            }
          EV_SET (&change, sig, EVFILT_SIGNAL, EV_DELETE, 0, 0, 0);
          kevent (descriptor, &change, 1, NULL, 0, NULL);
        }
    }
  sigprocmask (SIG_SETMASK, &old, NULL);
  return n != 0;
}

static int
begin (int const *wanted, size_t count)
{
  struct kevent change;

  descriptor = fd_safer (kqueue ());
  if (descriptor < 0)
    return -1;
  bool is_good = set_cloexec_flag (descriptor, true) == 0;
  if (is_good && ! reports_blocked ())
    {
      is_good = false;
      errno = ENOSYS;
    }
  for (size_t i = 0; is_good && i < count; i++)
    {
      EV_SET (&change, wanted[i], EVFILT_SIGNAL, EV_ADD | EV_CLEAR, 0, 0, 0);
      is_good = kevent (descriptor, &change, 1, NULL, 0, NULL) == 0;
    }
  if (! is_good)
    {
      int saved_errno = errno;
      close (descriptor);
      return errno = saved_errno, -1;
    }
  /* A signal that came before is not in the kernel's queue, so take it from
     the pending ones.  A signal that comes just now may be seen twice, but is
     never lost.  */
  for (size_t i = 0; i < count; i++)
    if (take_pending (wanted[i]))
      queue[queued++] = wanted[i];
  return 0;
}

static int
poll_too (struct pollfd *fds, nfds_t count, int timeout)
{
  bool any = taken < queued;

  fds[0].fd = descriptor;
  fds[0].events = POLLIN;
  int result = poll (fds, count, any ? 0 : timeout);
  return 0 <= result && any ? (errno = EINTR, -1) : result;
}

static int
next_signal (void)
{
  static struct timespec const now;
  struct kevent events[SIGNALS_MAX];

  if (taken == queued)
    {
      /* There are at most as many events as wanted signals.  */
      int n = kevent (descriptor, NULL, 0, events, SIGNALS_MAX, &now);
      taken = queued = 0;
      for (int i = 0; i < n; i++)
        {
          queue[queued++] = events[i].ident;
          take_pending (events[i].ident);
        }
      if (queued == 0)
        return 0;
    }
  return queue[taken++];
}

static pid_t
sender (void)
{
  return 0;
}

struct signals_method const signals_kqueue =
  { "kqueue", begin, poll_too, next_signal, sender };
