/* linger.c -- close a connection without waiting for what a client put in it.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/linger.h"

#include <unistd.h>

#include "base/clock.h"

#if HAVE_TIMER_CREATE

static timer_t timer;
static bool has_timer;

/* The timer's interval in nanoseconds; 0: it does not run.  */
static sig_atomic_t volatile interval;

/* Whether a close is under way.  The timer must not stop before it returns,
   however long this process is kept from running between the test of the timer
   and the close.  */
static sig_atomic_t volatile is_closing;

/* The shortest interval that a close has needed since the timer's last signal;
   0: there was none.  */
static sig_atomic_t volatile needed;

static sig_atomic_t volatile has_interrupted;

/* Let the timer run with the interval NS, or stop it if that is 0.  Return 0,
   or -1 with errno set.  */
static int
set_interval (int ns)
{
  struct itimerspec spec = { .it_interval = { .tv_nsec = ns },
                             .it_value = { .tv_nsec = ns } };

  interval = ns;
  return timer_settime (timer, 0, &spec, NULL);
}

/* A close that waits has been interrupted by now.  All that is left to do is
   to stop the timer, or slow it down, if it is not needed any more.  */
void
linger_interrupt (int sig _GL_UNUSED, siginfo_t *info,
                  void *context _GL_UNUSED)
{
  /* A child that shares our memory has no timer, but somebody can send the
     signal to it, for instance to the process group.  It must not change what
     follows, nor errno.  */
  if (info->si_code != SI_TIMER)
    return;

  int saved_errno = errno;
  has_interrupted = 1;
  if (! is_closing)
    {
      if (interval != needed)
        set_interval (needed);
      needed = 0;
    }
  errno = saved_errno;
}

int
linger_init (void)
{
  struct sigevent event = { .sigev_notify = SIGEV_SIGNAL,
                            .sigev_signo = LINGER_SIGNAL };
  sigset_t set;

  /* On Solaris a timer of the first clock takes a privilege, see
     timer_create(3C); the second has a coarser interval there.  */
  if (timer_create (CLOCK_MONOTONIC, &event, &timer) != 0
      && timer_create (CLOCK_REALTIME, &event, &timer) != 0)
    return -1;
  /* A filter may refuse this call alone.  Once it has worked it does not fail,
     since the timer exists and the values are valid.  */
  if (set_interval (0) != 0)
    return -1;
  /* Our caller may have blocked it.  */
  sigemptyset (&set);
  sigaddset (&set, LINGER_SIGNAL);
  if (sigprocmask (SIG_UNBLOCK, &set, NULL) != 0)
    return -1;
  has_timer = true;
  return 0;
}

/* Close FD and let the timer interrupt that.  */
static void
close_with_timer (int fd, enum linger_risk risk)
{
  if (has_timer)
    {
      int ns = risk == LINGER_LIKELY ? LINGER_SHORT : LINGER_LONG;
      is_closing = 1;
      if (needed == 0 || ns < needed)
        needed = ns;
      if (interval == 0 || ns < interval)
        set_interval (ns);
    }
  close (fd);
  is_closing = 0;
}

bool
linger_interrupted (void)
{
  bool result = has_interrupted != 0;
  has_interrupted = 0;
  return result;
}

#else /* ! HAVE_TIMER_CREATE */

void
linger_interrupt (int sig _GL_UNUSED, siginfo_t *info _GL_UNUSED,
                  void *context _GL_UNUSED)
{
}

int
linger_init (void)
{
  return 0;
}

static void
close_with_timer (int fd, enum linger_risk risk _GL_UNUSED)
{
  close (fd);
}

bool
linger_interrupted (void)
{
  return false;
}

#endif /* ! HAVE_TIMER_CREATE */

long long int
linger_close (int fd, enum linger_risk risk)
{
  struct timespec began = clock_now ();
  close_with_timer (fd, risk);
  return clock_elapsed (began);
}
