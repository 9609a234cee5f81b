/* linger.c -- close a socket without waiting for what a client has sent.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/linger.h"

#include <unistd.h>

#include "base/clock.h"

#if HAVE_TIMER_CREATE

static timer_t timer;
static bool has_timer;

/* The timer's interval in nanoseconds, or 0 if the timer is stopped.  */
static sig_atomic_t volatile interval;

/* True while close is called.  Until close returns, the handler must not stop
   the timer, because the process may be kept from running between the start of
   the timer and the call of close.  */
static sig_atomic_t volatile is_closing;

/* The shortest interval that a close has needed since the timer's last signal,
   or 0 if there was no close.  */
static sig_atomic_t volatile needed;

static sig_atomic_t volatile has_interrupted;

/* Run the timer with the interval NS, or stop it if NS is 0.  Return 0, or -1
   with errno set.  */
static int
set_interval (int ns)
{
  struct itimerspec spec = { .it_interval = { .tv_nsec = ns },
                             .it_value = { .tv_nsec = ns } };

  interval = ns;
  return timer_settime (timer, 0, &spec, NULL);
}

/* The signal itself has interrupted a close that waits.  What is left to do
   here is to stop the timer, or slow it down, when it is not needed any
   more.  */
void
linger_interrupt (int sig _GL_UNUSED, siginfo_t *info,
                  void *context _GL_UNUSED)
{
  /* A child that shares our memory has no timer, but it can get the signal
     from another process, for instance from one that signals the whole process
     group.  The handler must then change neither the variables nor errno,
     which are ours.  */
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

  /* On Solaris a timer on CLOCK_MONOTONIC needs a privilege, see
     timer_create(3C), and one on CLOCK_REALTIME has a coarser interval.  */
  if (timer_create (CLOCK_MONOTONIC, &event, &timer) != 0
      && timer_create (CLOCK_REALTIME, &event, &timer) != 0)
    return -1;
  /* A filter may refuse timer_settime alone, so try it here.  Later calls
     cannot fail, because the timer exists and the values are valid.  */
  if (set_interval (0) != 0)
    return -1;
  /* The process that started us may have blocked the signal.  */
  sigemptyset (&set);
  sigaddset (&set, LINGER_SIGNAL);
  if (sigprocmask (SIG_UNBLOCK, &set, NULL) != 0)
    return -1;
  has_timer = true;
  return 0;
}

/* Close FD while the timer runs.  */
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
