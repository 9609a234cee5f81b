/* signals-kqueue.c -- signals as events of a kernel queue.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* The BSDs and macOS note a signal in the queue when it is sent, before they
   look whether it is blocked; so it may stay blocked, and no handler is
   needed.  The queue is not inherited by a child.  */

#include <config.h>

#include "base/signals-method.h"

#include <sys/event.h>
#include <time.h>
#include <unistd.h>

#include "cloexec.h"
#include "unistd-safer.h"

static int descriptor = -1;

/* Signals to be told by signals_next.  */
static int queue[SIGNALS_MAX];
static size_t queued, taken;

/* Let SIG, which is blocked, not stay pending when it has been seen.  Return
   whether it was.  */
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

static int
begin (int const *wanted, size_t count)
{
  struct kevent change;

  descriptor = fd_safer (kqueue ());
  if (descriptor < 0)
    return -1;
  bool is_good = set_cloexec_flag (descriptor, true) == 0;
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
  /* What came before that is not in the queue.  What comes right now may be
     seen twice, and not never.  */
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
      /* There are no more events than signals that are wanted.  */
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
