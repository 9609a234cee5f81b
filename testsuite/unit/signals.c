/* signals.c -- unit test of src/base/signals*.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "base/signals.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

/* The deadline of a wait, in milliseconds.  */
enum { LONG = 60000 };

static int const wanted[] = { SIGCHLD, SIGTERM, SIGHUP };
enum { WANTED = sizeof wanted / sizeof *wanted };

/* Return whether signals_poll reports a signal within MS milliseconds.  Do not
   wait if MS is 0.  */
static bool
has_come (int ms)
{
  struct pollfd fds[1] = { { .fd = -1 } };
  int n = signals_poll (fds, 1, ms);
  return (n < 0 && errno == EINTR) || (n == 1 && fds[0].revents);
}

/* Return which of the wanted signals have arrived, one bit each.  Return -1 if
   one is reported twice, or if another one is.  */
static int
all_that_came (void)
{
  int came = 0;
  int sig;

  while ((sig = signals_next ()) != 0)
    {
      int i = 0;
      while (i < WANTED && wanted[i] != sig)
        i++;
      if (i == WANTED || came & 1 << i)
        return -1;
      came |= 1 << i;
    }
  return came;
}

static bool volatile usr2_came;

static void
note_usr2 (int sig)
{
  (void) sig;
  usr2_came = true;
}

/* Return whether signals_init, with SIGUSR2 pending if IS_PENDING, leaves that
   signal as it was.  */
static bool
leaves_usr2 (bool is_pending)
{
  int status = -1;
  pid_t pid = fork ();
  if (pid == 0)
    {
      struct sigaction action;
      sigset_t mask, pending;
      signal (SIGUSR2, note_usr2);
      sigemptyset (&mask);
      sigaddset (&mask, SIGUSR2);
      if (is_pending)
        {
          sigprocmask (SIG_BLOCK, &mask, NULL);
          raise (SIGUSR2);
        }
      unit_holds = true;
      unit_check (signals_init (wanted, WANTED) == 0);
      unit_check (sigaction (SIGUSR2, NULL, &action) == 0
                  && action.sa_handler == note_usr2);
      unit_check (sigprocmask (SIG_BLOCK, NULL, &mask) == 0
                  && sigismember (&mask, SIGUSR2) == is_pending);
      unit_check (sigpending (&pending) == 0
                  && sigismember (&pending, SIGUSR2) == is_pending);
      unit_check (! has_come (0) && signals_next () == 0);
      unit_check (! usr2_came);
      _exit (unit_holds ? 0 : 1);
    }
  return (waitpid (pid, &status, 0) == pid && WIFEXITED (status)
          && WEXITSTATUS (status) == 0);
}

/* A method may send itself SIGUSR2 to find out whether it works.  */
static void
test_other_signal (void)
{
  unit_check (leaves_usr2 (false) && leaves_usr2 (true));
  unit_promise ("a signal that is not wanted stays pending, if it was, and"
                " keeps its disposition");
}

/* Return false if the method is not METHOD_IN_USE.  The other tests would then
   wait for signals that do not come.  */
static bool
test_begin (void)
{
  sigset_t mask;
  struct sigaction old;

  /* At the start, signals may be ignored, as under nohup, or blocked.  */
  signal (SIGHUP, SIG_IGN);
  signal (SIGUSR1, SIG_IGN);
  sigemptyset (&mask);
  sigaddset (&mask, SIGTERM);
  sigprocmask (SIG_BLOCK, &mask, NULL);
  raise (SIGTERM);
  unit_check (signals_init (wanted, WANTED) == 0);
  unit_check (has_come (LONG) && all_that_came () == 2);
  unit_promise ("a signal that came before the start, while it was blocked,"
                " is received");
#ifdef METHOD_IN_USE
  bool is_expected = strcmp (signals_method (), METHOD_IN_USE) == 0;
  unit_check (is_expected);
  unit_promise ("the method in use is " METHOD_IN_USE);
#else
  bool is_expected = true;
#endif

  sigprocmask (SIG_BLOCK, NULL, &mask);
  for (int i = 0; i < WANTED; i++)
    unit_check (sigismember (&mask, wanted[i]) == 1);
  unit_check (sigismember (&mask, SIGUSR1) == 1);
  unit_check (sigismember (&mask, SIGUSR2) == 0);
  unit_check (sigaction (SIGUSR1, NULL, &old) == 0
              && old.sa_handler == SIG_DFL);
  unit_promise ("signals that were ignored are blocked instead, and others"
                " are not");
  return is_expected;
}

static void
test_receive (void)
{
  unit_check (! has_come (0) && signals_next () == 0);
  unit_promise ("no signal is received if none has come");

  raise (SIGHUP);
  unit_check (has_come (LONG) && signals_next () == SIGHUP);
  unit_check (signals_next () == 0 && ! has_come (0));
  unit_promise ("a signal that was ignored before the start is received");

  for (int i = 0; i < 3; i++)
    {
      raise (SIGCHLD);
      raise (SIGHUP);
      raise (SIGTERM);
    }
  unit_check (has_come (LONG) && all_that_came () == 7);
  unit_check (! has_come (0) && all_that_came () == 0);
  unit_promise ("each signal that has come is received once");

  /* Send more signals than a pipe can hold.  */
  for (int i = 0; i < (unit_is_wrapped () ? 100 : 70000); i++)
    {
      raise (SIGHUP);
      unit_check (has_come (LONG));
    }
  raise (SIGTERM);
  unit_check (has_come (LONG) && all_that_came () == 6);
  unit_check (! has_come (0) && all_that_came () == 0);
  unit_promise ("no signal is lost after more signals than a pipe can hold");

  pid_t parent = getpid ();
  pid_t pid = fork ();
  if (pid == 0)
    {
      kill (parent, SIGTERM);
      _exit (0);
    }
  int came = 0;
  while (came != 3 && came != -1 && has_come (LONG))
    {
      int more = all_that_came ();
      came = more == -1 ? -1 : came | more;
    }
  unit_check (came == 3);
  unit_check (waitpid (pid, NULL, 0) == pid);
  unit_promise ("a wait ends when a signal comes from another process");
}

static void
test_poll (void)
{
  int ends[2];

  unit_check (pipe (ends) == 0);
  struct pollfd fds[2] = { [1] = { .fd = ends[0], .events = POLLIN } };
  unit_check (signals_poll (fds, 2, 1) == 0);
  unit_check (write (ends[1], "x", 1) == 1);
  unit_check (signals_poll (fds, 2, LONG) == 1
              && ! fds[0].revents && fds[1].revents);
  unit_promise ("the wait reports other descriptors like poll");

  raise (SIGTERM);
  int n = signals_poll (fds, 2, LONG);
  unit_check ((n < 0 && errno == EINTR) || (0 < n && fds[0].revents));
  unit_check (all_that_came () == 2);
  unit_promise ("a signal is received while a descriptor is ready");

  close (ends[0]);
  unit_check (write (ends[1], "x", 1) < 0 && errno == EPIPE);
  close (ends[1]);
  unit_check (! has_come (0));
  unit_promise ("a write to a pipe without a reader gives EPIPE, and no"
                " signal");

  /* Signals that write(2) raises when a file is too large or the terminal
     belongs to another job.  */
  static int const of_writes[] =
    {
      SIGPIPE,
#ifdef SIGXFSZ
      SIGXFSZ,
#endif
#ifdef SIGTTOU
      SIGTTOU
#endif
    };
  sigset_t mask;
  sigprocmask (SIG_BLOCK, NULL, &mask);
  for (size_t i = 0; i < sizeof of_writes / sizeof *of_writes; i++)
    {
      /* These signals are blocked: a server that was stopped by one might
         never be continued.  */
      unit_check (sigismember (&mask, of_writes[i]) == 1);
      raise (of_writes[i]);
      unit_check (! has_come (0));
    }
  unit_promise ("signals of failed writes do not end or stop the process");
}

/* Return the status of a child that calls signals_reset and raises SIG.  */
static int
end_of_child (int sig)
{
  int status = -1;
  pid_t pid = fork ();
  if (pid == 0)
    {
      signals_reset ();
      raise (sig);
      _exit (0);
    }
  unit_check (waitpid (pid, &status, 0) == pid);
  return status;
}

static void
test_reset (void)
{
  static int const fatal[] = { SIGTERM, SIGHUP, SIGPIPE, SIGUSR1 };

  for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++)
    {
      int status = end_of_child (fatal[i]);
      unit_check (WIFSIGNALED (status) && WTERMSIG (status) == fatal[i]);
    }
  unit_check (end_of_child (SIGCHLD) == 0);
  unit_promise ("in a child every signal has its default action and is not"
                " blocked");
  while (has_come (0))
    unit_check (all_that_came () == 1);
  unit_promise ("the ends of these children are received as SIGCHLD");
}

/* Return whether signals_init fails with ERRNUM for COUNT signals, with LIMIT
   as RLIMIT_NOFILE.  */
static bool
init_fails (int errnum, size_t count, rlim_t limit)
{
  static int many[64];
  int status = -1;
  pid_t pid = fork ();

  for (size_t i = 0; i < 64; i++)
    many[i] = SIGHUP;
  if (pid == 0)
    {
      struct rlimit files;
      getrlimit (RLIMIT_NOFILE, &files);
      rlim_t old = files.rlim_cur;
      files.rlim_cur = limit;
      setrlimit (RLIMIT_NOFILE, &files);
      bool is_good = signals_init (many, count) == -1 && errno == errnum;
      files.rlim_cur = old;
      setrlimit (RLIMIT_NOFILE, &files);
      _exit (is_good ? 0 : 1);
    }
  return (waitpid (pid, &status, 0) == pid && WIFEXITED (status)
          && WEXITSTATUS (status) == 0);
}

static void
test_failures (void)
{
  unit_check (init_fails (EMFILE, 1, 3));
  unit_check (init_fails (EINVAL, 64, 3));
  unit_promise ("a limit of descriptors, or too many signals, is an error");
}

int
main (void)
{
  test_failures ();
  test_other_signal ();
  if (test_begin ())
    {
      test_receive ();
      test_poll ();
      test_reset ();
    }
  return unit_end ();
}
