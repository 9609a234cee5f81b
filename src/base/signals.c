/* signals.c -- choose a method of receiving signals.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "base/signals.h"

#include "base/errors.h"
#include "base/signals-method.h"

/* The method that configure chose may not work when the program runs: a chroot
   may lack a file such as /dev/signalfd, a filter may refuse the call, and the
   kernel may be too old.  The pipe method, which is last, needs only
   POSIX.  */
static struct signals_method const *const methods[] =
{
#if defined SIGNALS_TESTED
  /* A build that tests these methods.  */
  SIGNALS_TESTED
#else
  SIGNALS_METHODS
#endif
};

static struct signals_method const *method;

/* The signals that have a handler, with more room than any caller needs.  */
static int handled[32];
static size_t handled_count;

int
signals_handle (int sig, signals_handler *handler)
{
  struct sigaction action = { .sa_sigaction = handler,
                              .sa_flags = (SA_RESTART | SA_SIGINFO
                                           | SA_NOCLDSTOP) };

  if (handled_count == sizeof handled / sizeof *handled)
    return errno = EINVAL, -1;
  sigfillset (&action.sa_mask);
  if (sigaction (sig, &action, NULL) != 0)
    return -1;
  handled[handled_count++] = sig;
  return 0;
}

size_t
signals_handled (int const **list)
{
  *list = handled;
  return handled_count;
}

void
signals_reset (void)
{
  struct sigaction dfl = { .sa_handler = SIG_DFL };
  sigset_t none;

  /* Reset the dispositions before the mask.  Otherwise a handler of ours could
     run in the child, for a signal to the child.  */
  sigemptyset (&dfl.sa_mask);
  for (size_t i = 0; i < handled_count; i++)
    sigaction (handled[i], &dfl, NULL);
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
}

/* Block the COUNT signals of WANTED and the others that signals_init blocks,
   and set all of them to the default action.  Return 0, or -1 with errno
   set.  */
static int
block (int const *wanted, size_t count)
{
  /* Without SA_NOCLDSTOP, a child that is stopped and continued again and
     again would wake us each time.  For other signals, the flag has no
     meaning.  */
  struct sigaction dfl = { .sa_handler = SIG_DFL, .sa_flags = SA_NOCLDSTOP };
  sigset_t blocked;

  sigemptyset (&dfl.sa_mask);
  sigemptyset (&blocked);
  sigaddset (&blocked, SIGPIPE);
#ifdef SIGXFSZ
  sigaddset (&blocked, SIGXFSZ);
#endif
#ifdef SIGTTOU
  sigaddset (&blocked, SIGTTOU);
#endif
  for (size_t i = 0; i < count; i++)
    sigaddset (&blocked, wanted[i]);

  for (int sig = 1; sig < SIGNALS_END; sig++)
    {
      struct sigaction old;
      /* This fails for signals that the C library reserves.  */
      if (sigaction (sig, NULL, &old) == 0 && old.sa_handler == SIG_IGN)
        sigaddset (&blocked, sig);
    }

  /* Block before the change, so that a signal that was ignored is never
     delivered.  */
  if (sigprocmask (SIG_BLOCK, &blocked, NULL) != 0)
    return -1;
  for (int sig = 1; sig < SIGNALS_END; sig++)
    if (sigismember (&blocked, sig) == 1
        && sig != SIGKILL && sig != SIGSTOP
        && sigaction (sig, &dfl, NULL) != 0)
      return -1;
  return 0;
}

char const *
signals_method (void)
{
  return (method ? method : methods[0])->name;
}

int
signals_init (int const *wanted, size_t count)
{
  if (SIGNALS_MAX < count)
    return errno = EINVAL, -1;
  if (block (wanted, count) != 0)
    return -1;
  for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
    {
      method = methods[i];
      if (method->init (wanted, count) == 0)
        return 0;
      /* The method exists, and another one would need as much.  */
      if (is_shortage (errno))
        break;
    }
  return -1;
}

int
signals_poll (struct pollfd *fds, nfds_t count, int timeout)
{
  return method->poll (fds, count, timeout);
}

int
signals_next (void)
{
  return method->next ();
}

pid_t
signals_sender (void)
{
  return method->sender ();
}
