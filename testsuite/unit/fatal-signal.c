/* fatal-signal.c -- unit test of src/base/fatal-signal.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "base/fatal-signal.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/signals.h"
#include "unit.h"

static void
ignore_it (int sig)
{
  (void) sig;
}

/* Return what fatal_signal_pending (MASK) returns while SIG, with HANDLER, is
   pending.  SIG is discarded afterwards.  */
static bool
is_fatal (int sig, void (*handler) (int), sigset_t const *mask)
{
  sigset_t one;
  int got;

  signal (sig, handler);
  sigemptyset (&one);
  sigaddset (&one, sig);
  kill (getpid (), sig);
  bool result = fatal_signal_pending (mask);
  signal (sig, SIG_IGN);
  signal (sig, SIG_DFL);
  /* A signal that became ignored is no longer pending.  */
  sigset_t pending;
  sigpending (&pending);
  if (sigismember (&pending, sig) == 1)
    sigwait (&one, &got);
  return result;
}

/* Return whether the effect of SIG can be tried by sending it to a child.  */
static bool
can_be_tried (int sig)
{
  struct sigaction action;
  return (sigaction (sig, NULL, &action) == 0
          && sig != SIGKILL && sig != SIGSTOP && sig != SIGTSTP
          && sig != SIGTTIN && sig != SIGTTOU
#ifdef SIGCKPT
          /* These two save the process to a file.  */
          && sig != SIGCKPT && sig != SIGCKPTEXIT
#endif
          );
}

/* Return whether SIG by default ends a process.  */
static bool
ends (int sig)
{
  struct rlimit none = { 0, 0 };
  int status = 0;
  sigset_t only;
  pid_t pid = fork ();

  if (pid == 0)
    {
      setrlimit (RLIMIT_CORE, &none);
      signal (sig, SIG_DFL);
      sigemptyset (&only);
      sigaddset (&only, sig);
      kill (getpid (), sig);
      sigprocmask (SIG_UNBLOCK, &only, NULL);
      _exit (0);
    }
  return waitpid (pid, &status, 0) == pid && WIFSIGNALED (status);
}

/* Return whether SIGCHLD is pending.  */
static bool
has_child_signal (void)
{
  sigset_t pending;
  return sigpending (&pending) == 0 && sigismember (&pending, SIGCHLD) == 1;
}

/* Each signal is tried only once, so these tests use different signals.  NONE
   is an empty set.  */
static void
test_child (sigset_t const *none)
{
#if defined SIGIO
  unit_check (! has_child_signal ());
  is_fatal (SIGIO, SIG_DFL, none);
  unit_check (! has_child_signal ());
  unit_promise ("the child that tries a signal leaves none pending in its"
                " parent");
#endif
#if defined SIGRTMIN
  struct sigaction action;
  sigset_t chld;
  int got;

  kill (getpid (), SIGCHLD);
  bool waits = has_child_signal ();
  is_fatal (SIGRTMIN + 1, SIG_DFL, none);
  unit_check (has_child_signal () == waits);
  sigemptyset (&chld);
  sigaddset (&chld, SIGCHLD);
  if (waits)
    sigwait (&chld, &got);
  unit_promise ("a SIGCHLD that was pending before stays pending");

  signal (SIGCHLD, SIG_IGN);
  unit_check (is_fatal (SIGRTMIN + 2, SIG_DFL, none));
  unit_check (sigaction (SIGCHLD, NULL, &action) == 0
              && action.sa_handler == SIG_IGN);
  signal (SIGCHLD, SIG_DFL);
  unit_promise ("a signal can be tried while SIGCHLD is ignored, and it stays"
                " ignored");
#endif
  (void) none;
}

int
main (void)
{
  sigset_t all, none, term;

  sigfillset (&all);
  sigemptyset (&none);
  sigemptyset (&term);
  sigaddset (&term, SIGTERM);
  sigprocmask (SIG_SETMASK, &all, NULL);

  unit_check (! fatal_signal_pending (&none));
  unit_promise ("without a pending signal there is no fatal one");
  unit_check (is_fatal (SIGTERM, SIG_DFL, &none));
  unit_check (is_fatal (SIGUSR2, SIG_DFL, &none));
  unit_promise ("a pending signal with its default action is fatal");
  unit_check (! is_fatal (SIGTERM, SIG_DFL, &term));
  unit_check (is_fatal (SIGHUP, SIG_DFL, &term));
  unit_promise ("a signal that stays blocked is not fatal");
  unit_check (! is_fatal (SIGTERM, SIG_IGN, &none));
  unit_check (! is_fatal (SIGTERM, ignore_it, &none));
  unit_promise ("a signal that is ignored or caught is not fatal");
  unit_check (! is_fatal (SIGCHLD, SIG_DFL, &none));
  unit_check (! is_fatal (SIGCONT, SIG_DFL, &none));
  unit_promise ("a signal that does not end a process is not fatal");
#ifdef SIGRTMIN
  unit_check (is_fatal (SIGRTMIN, SIG_DFL, &none));
  unit_check (! is_fatal (SIGRTMAX, ignore_it, &none));
#endif
  unit_promise ("real-time signals are treated like others");
  test_child (&none);
  size_t tried = 0, wrong = 0;
  for (int sig = 1; sig < SIGNALS_END; sig++)
    if (can_be_tried (sig))
      {
        tried++;
        wrong += is_fatal (sig, SIG_DFL, &none) != ends (sig);
      }
  /* Every system has at least 31 signals, and five of these cannot be
     tried.  */
  unit_check (26 <= tried && wrong == 0);
  unit_promise ("exactly the signals that end a process on this system are"
                " fatal");
  unit_check (! fatal_signal_pending (&none));
  unit_promise ("a signal that is no longer pending is not fatal");
  return unit_end ();
}
