/* doom.c -- whether a signal is about to end the process.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "base/doom.h"

/* Whether SIG, which is pending, ends the process as soon as it is not blocked
   any more.  */
static bool
is_deadly (int sig)
{
  struct sigaction action;
  return sigaction (sig, NULL, &action) == 0 && action.sa_handler == SIG_DFL;
}

bool
doom_impends (sigset_t const *mask)
{
  /* Those that do so by default on every system that has them.  */
  static int const signals[] =
    {
      SIGABRT, SIGALRM, SIGBUS, SIGFPE, SIGHUP, SIGILL, SIGINT, SIGPIPE,
      SIGPROF, SIGQUIT, SIGSEGV, SIGSYS, SIGTERM, SIGTRAP, SIGUSR1, SIGUSR2,
      SIGVTALRM, SIGXCPU, SIGXFSZ
#ifdef SIGEMT
      , SIGEMT
#endif
#ifdef SIGSTKFLT
      , SIGSTKFLT
#endif
      /* Another name of SIGIO; the BSDs, which ignore SIGIO by default, do not
         have this name for it.  */
#ifdef SIGPOLL
      , SIGPOLL
#endif
      /* Linux; other systems that have it ignore it by default.  */
#if defined SIGPWR && HAVE_DECL_CLONE_NEWUSER
      , SIGPWR
#endif
    };
  sigset_t pending;

  if (sigpending (&pending) != 0)
    return false;
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
    if (sigismember (&pending, signals[i]) && ! sigismember (mask, signals[i])
        && is_deadly (signals[i]))
      return true;
#ifdef SIGRTMIN
  for (int sig = SIGRTMIN; sig <= SIGRTMAX; sig++)
    if (sigismember (&pending, sig) == 1 && ! sigismember (mask, sig)
        && is_deadly (sig))
      return true;
#endif
  return false;
}
