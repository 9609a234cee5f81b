/* signals-signalfd.c -- signals as data, by signalfd.

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

#include <config.h>

#include "signals.h"

#include <sys/signalfd.h>
#include <unistd.h>

#include "unistd-safer.h"
#include <fcntl.h>

char const signals_method[] = "signalfd";

static int descriptor = -1;

int
signals_init (int const *wanted, size_t count)
{
  sigset_t set;

  if (signals_block (wanted, count) != 0)
    return -1;
  sigemptyset (&set);
  for (size_t i = 0; i < count; i++)
    sigaddset (&set, wanted[i]);
  descriptor = fd_safer_flag (signalfd (-1, &set, SFD_CLOEXEC | SFD_NONBLOCK),
                              O_CLOEXEC);
  return descriptor < 0 ? -1 : 0;
}

int
signals_poll (struct pollfd *fds, nfds_t count, int timeout)
{
  fds[0].fd = descriptor;
  fds[0].events = POLLIN;
  return poll (fds, count, timeout);
}

static struct signalfd_siginfo queue[8];
static size_t queued, taken;

int
signals_next (void)
{
  static bool drained;

  if (taken == queued)
    {
      /* A read that did not fill the queue has emptied the kernel's.  */
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

pid_t
signals_sender (void)
{
  return queue[taken - 1].ssi_pid;
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
