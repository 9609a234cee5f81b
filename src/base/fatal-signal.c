/* fatal-signal.c -- is a signal pending that will end this process?

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "base/fatal-signal.h"

#include <sys/wait.h>
#include <unistd.h>

#include "base/signals.h"

/* Return true if the action of SIG is the default.  */
static bool
has_default (int sig)
{
  struct sigaction action;
  return sigaction (sig, NULL, &action) == 0 && action.sa_handler == SIG_DFL;
}

/* Return true if SIG is pending.  */
static bool
is_pending (int sig)
{
  sigset_t pending;
  return sigpending (&pending) == 0 && sigismember (&pending, sig) == 1;
}

/* What a signal does by default, as far as it is known.  */
enum effect
{
  UNKNOWN,
  ENDS,
  SPARES
};

/* Start a child that sends itself SIG, whose action is the default.  Return
   what that does to the child, or UNKNOWN if the child cannot be started or
   its status is lost.  A child that the signal stops is killed, and counts as
   spared.  */
static enum effect
effect_on_child (int sig)
{
  enum effect result = UNKNOWN;
  int status;
  sigset_t only;
  pid_t pid = fork ();

  if (pid == 0)
    {
      sigemptyset (&only);
      sigaddset (&only, sig);
      _exit (kill (getpid (), sig) != 0
             || sigprocmask (SIG_UNBLOCK, &only, NULL) != 0);
    }
  while (0 < pid)
    if (waitpid (pid, &status, WUNTRACED) != pid)
      {
        if (errno != EINTR)
          break;
      }
    else if (WIFSTOPPED (status))
      {
        result = SPARES;
        kill (pid, SIGKILL);
      }
    else if (result == UNKNOWN)
      return WIFEXITED (status) && WEXITSTATUS (status) == 0 ? SPARES : ENDS;
    else
      break;
  return result;
}

static void
do_nothing (int sig _GL_UNUSED)
{
}

/* Let a child try what SIG, whose action is the default, does to it.  */
static enum effect
try_effect (int sig)
{
  struct sigaction nothing = { .sa_handler = do_nothing }, before;
  bool was_pending = is_pending (SIGCHLD);
  sigset_t chld;
  int came;

  if (sigaction (SIGCHLD, NULL, &before) != 0)
    return UNKNOWN;
  /* While SIGCHLD is ignored, the status of a child is lost, so handle it.
     Otherwise do not change its action, because a change to the default would
     discard a pending SIGCHLD.  */
  bool is_ignored = before.sa_handler == SIG_IGN;
  if (is_ignored)
    sigaction (SIGCHLD, &nothing, NULL);
  enum effect result = effect_on_child (sig);
  /* Discard the SIGCHLD of our child, so that the next program does not get
     it.  */
  if (! was_pending && is_pending (SIGCHLD))
    {
      sigemptyset (&chld);
      sigaddset (&chld, SIGCHLD);
      sigwait (&chld, &came);
    }
  if (is_ignored)
    sigaction (SIGCHLD, &before, NULL);
  return result;
}

/* Return true if SIG, whose action is the default, ends a process.  If that
   cannot be found out, the answer is what most systems do.  */
static bool
ends_process (int sig)
{
  /* While we wait, a signal that is ignored stays pending on some systems, and
     we are called several times a second.  So try each signal only once.  */
  static unsigned char known[SIGNALS_END];

  if (known[sig] == UNKNOWN)
    known[sig] = try_effect (sig);
  if (known[sig] != UNKNOWN)
    return known[sig] == ENDS;
#ifdef SIGURG
  /* POSIX says that SIGURG is ignored by default.  */
  if (sig == SIGURG)
    return false;
#endif
  return true;
}

/* Return true if SIG is PENDING, not in MASK, and has the default action.  */
static bool
is_due (int sig, sigset_t const *pending, sigset_t const *mask)
{
  return (sigismember (pending, sig) == 1 && sigismember (mask, sig) != 1
          && has_default (sig));
}

bool
fatal_signal_pending (sigset_t const *mask)
{
  /* Signals that end a process by default on every system that has them.  Most
     also make it dump core, so do not try them.  SIGCKPTEXIT first saves the
     process to a file.  */
  static int const deadly[] =
    {
      SIGABRT, SIGALRM, SIGBUS, SIGFPE, SIGHUP, SIGILL, SIGINT, SIGPIPE,
      SIGPROF, SIGQUIT, SIGSEGV, SIGSYS, SIGTERM, SIGTRAP, SIGUSR1, SIGUSR2,
      SIGVTALRM, SIGXCPU, SIGXFSZ
#ifdef SIGEMT
      , SIGEMT
#endif
#ifdef SIGCKPTEXIT
      , SIGCKPTEXIT
#endif
    };
  /* Signals that do not end a process by default on any system.  Do not try
     them: some stop a process, and SIGCKPT saves it to a file.  SIGKILL and
     SIGSTOP cannot be blocked, so they take effect by themselves.  */
  static int const harmless[] =
    {
      SIGCHLD, SIGCONT, SIGKILL, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU
#ifdef SIGWINCH
      , SIGWINCH
#endif
#ifdef SIGCKPT
      , SIGCKPT
#endif
    };
  sigset_t pending;

  if (sigpending (&pending) != 0)
    return false;
  for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++)
    if (is_due (deadly[i], &pending, mask))
      return true;
  for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
    sigdelset (&pending, harmless[i]);
  /* Try the others.  Some systems ignore by default what ends a process on
     others: SIGIO and SIGPOLL, SIGPWR, SIGURG and the real-time signals.  Some
     signals exist on one system only, and some have no name.  */
  for (int sig = 1; sig < SIGNALS_END; sig++)
    if (is_due (sig, &pending, mask) && ends_process (sig))
      return true;
  return false;
}
