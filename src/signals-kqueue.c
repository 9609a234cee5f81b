/* signals-kqueue.c -- signals as events of a kernel queue.

   Copyright (C) 2026 The ucspi-local authors

   This program is free software: you can redistribute it and/or modify
   it under the terms of the GNU General Public License as published by
   the Free Software Foundation, either version 3 of the License, or
   (at your option) any later version.

   This program is distributed in the hope that it will be useful,
   but WITHOUT ANY WARRANTY; without even the implied warranty of
   MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
   GNU General Public License for more details.

   You should have received a copy of the GNU General Public License
   along with this program.  If not, see <https://www.gnu.org/licenses/>.  */


/* The BSDs and macOS note a signal in the queue when it is sent, before they
   look whether it is blocked; so it may stay blocked, and no handler is
   needed.  The queue is not inherited by a child.  */

#include <config.h>

#include "signals.h"

#include <sys/event.h>
#include <time.h>
#include <unistd.h>

#include "cloexec.h"
#include "unistd-safer.h"

char const signals_method[] = "kqueue";

/* More signals than any caller wants.  */
enum { MAX_WANTED = 16 };

static int descriptor = -1;

/* Signals to be told by signals_next.  */
static int queue[MAX_WANTED];
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

int
signals_init (int const *wanted, size_t count)
{
  struct kevent change;

  if (MAX_WANTED < count)
    return errno = EINVAL, -1;
  if (signals_block (wanted, count) != 0)
    return -1;
  descriptor = fd_safer (kqueue ());
  if (descriptor < 0 || set_cloexec_flag (descriptor, true) != 0)
    return -1;
  for (size_t i = 0; i < count; i++)
    {
      EV_SET (&change, wanted[i], EVFILT_SIGNAL, EV_ADD | EV_CLEAR, 0, 0, 0);
      if (kevent (descriptor, &change, 1, NULL, 0, NULL) != 0)
        return -1;
      /* What came before that is not in the queue.  What comes right now may
         be seen twice, and not never.  */
      if (take_pending (wanted[i]))
        queue[queued++] = wanted[i];
    }
  return 0;
}

int
signals_poll (struct pollfd *fds, nfds_t count, int timeout)
{
  bool any = taken < queued;

  fds[0].fd = descriptor;
  fds[0].events = POLLIN;
  int result = poll (fds, count, any ? 0 : timeout);
  return 0 <= result && any ? (errno = EINTR, -1) : result;
}

int
signals_next (void)
{
  static struct timespec const now;
  struct kevent events[MAX_WANTED];

  if (taken == queued)
    {
      /* There are no more events than signals that are wanted.  */
      int n = kevent (descriptor, NULL, 0, events, MAX_WANTED, &now);
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

pid_t
signals_sender (void)
{
  return 0;
}

size_t
signals_handled (int const **list)
{
  *list = NULL;
  return 0;
}

void
signals_reset (void)
{
  /* All dispositions are the default: only the mask is ours.  */
  sigset_t none;
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
}
