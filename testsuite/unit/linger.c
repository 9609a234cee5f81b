/* linger.c -- unit test of src/serve/linger.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/linger.h"

#include <fcntl.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

#include "base/signals.h"
#include "unit.h"

enum
{
  /* The deadline of a wait, in milliseconds.  */
  LONG = 60000,
  /* If no interruption comes for so many milliseconds, the timer has stopped.
     This is ten times its longer interval.  */
  STOPPED = LINGER_LONG / 100000
};

/* Return whether a wait of MS milliseconds is interrupted.  */
static bool
is_interrupted (int ms)
{
  return poll (NULL, 0, ms) < 0 && errno == EINTR;
}

/* Return whether the timer stops before the deadline.  */
static bool
stops (void)
{
  time_t end = time (NULL) + LONG / 1000;
  while (time (NULL) < end)
    if (! is_interrupted (STOPPED))
      return true;
  return false;
}

/* Open a descriptor and close it with linger_close at RISK.  */
static void
close_one (enum linger_risk risk)
{
  int fd = open ("/dev/null", O_RDONLY);
  linger_close (fd, risk);
  unit_check (fcntl (fd, F_GETFD) < 0);
}

static void
test_closes (void)
{
  static enum linger_risk const risks[] = { LINGER_LIKELY, LINGER_UNLIKELY };

  for (size_t i = 0; i < sizeof risks / sizeof *risks; i++)
    {
      close_one (risks[i]);
      unit_check (is_interrupted (LONG));
      unit_check (linger_interrupted ());
      unit_check (stops ());
    }
  unit_promise ("the timer starts with a close, and stops after it");

  close_one (LINGER_LIKELY);
  close_one (LINGER_UNLIKELY);
  unit_check (is_interrupted (LONG));
  unit_check (stops ());
  close_one (LINGER_UNLIKELY);
  close_one (LINGER_LIKELY);
  unit_check (is_interrupted (LONG));
  unit_check (stops ());
  unit_promise ("the timer also stops after closes of both kinds");
}

/* The handler may run in a child that shares our memory.  */
static void
test_stranger (void)
{
  linger_interrupted ();
  errno = ENOENT;
  unit_check (raise (LINGER_SIGNAL) == 0);
  unit_check (errno == ENOENT);
  unit_check (! linger_interrupted ());
  unit_promise ("a signal that is not from the timer has no effect");
}

int
main (void)
{
  sigset_t set;

  sigemptyset (&set);
  sigaddset (&set, LINGER_SIGNAL);
  sigprocmask (SIG_BLOCK, &set, NULL);
  unit_check (signals_handle (LINGER_SIGNAL, linger_interrupt) == 0);
  unit_check (linger_init () == 0);
  sigprocmask (SIG_SETMASK, NULL, &set);
  unit_check (sigismember (&set, LINGER_SIGNAL) == 0);
  unit_promise ("the timer can be made although its signal was blocked");
  test_closes ();
  test_stranger ();
  return unit_end ();
}
