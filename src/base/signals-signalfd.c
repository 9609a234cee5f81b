/* signals-signalfd.c -- receive signals by signalfd.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "base/signals-method.h"

#include <sys/signalfd.h>
#include <unistd.h>

#include "unistd-safer.h"
#include <fcntl.h>

static int descriptor = -1;

static int
begin (int const *wanted, size_t count)
{
  sigset_t set;

  sigemptyset (&set);
  for (size_t i = 0; i < count; i++)
    sigaddset (&set, wanted[i]);
  descriptor = fd_safer_flag (signalfd (-1, &set, SFD_CLOEXEC | SFD_NONBLOCK),
                              O_CLOEXEC);
  return descriptor < 0 ? -1 : 0;
}

static int
poll_too (struct pollfd *fds, nfds_t count, int timeout)
{
  fds[0].fd = descriptor;
  fds[0].events = POLLIN;
  return poll (fds, count, timeout);
}

static struct signalfd_siginfo queue[8];
static size_t queued, taken;

static int
next_signal (void)
{
  static bool drained;

  if (taken == queued)
    {
      /* If the last read did not fill the queue, the kernel has no more
         signals.  */
      if (drained)
        return drained = false, 0;
      ssize_t n = read (descriptor, queue, sizeof queue);
      if (n <= 0)
        return 0;
      taken = 0;
      queued = n / sizeof *queue;
      drained = queued < sizeof queue / sizeof *queue;
    }
  return queue[taken++].ssi_signo;
}

static pid_t
sender (void)
{
  return queue[taken - 1].ssi_pid;
}

struct signals_method const signals_signalfd =
  { "signalfd", begin, poll_too, next_signal, sender };
