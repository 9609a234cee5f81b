/* undo-helper.c -- unit test of src/sockfile/undo-helper.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "sockfile/undo-helper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

/* The pipe to which undo writes.  */
static int undone[2];

static void
undo (void *arg)
{
  if (write (undone[1], arg, 1) != 1)
    _exit (1);
}

/* Return the byte that undo has written, or 0 if it was not called within MS
   milliseconds.  */
static char
what_was_undone (int ms)
{
  struct pollfd p = { .fd = undone[0], .events = POLLIN };
  char byte;
  return poll (&p, 1, ms) == 1 && read (undone[0], &byte, 1) == 1 ? byte : 0;
}

/* Return whether this process has no children left.  */
static bool
is_childless (void)
{
  return waitpid (-1, NULL, WNOHANG) < 0 && errno == ECHILD;
}

static void
test_end_and_revoke (void)
{
  struct undo_helper helper = { .pid = 0 };
  int held = open ("/dev/null", O_RDONLY | O_CLOEXEC);

  errno = EDOM;
  undo_helper_end (&helper);
  undo_helper_run (&helper);
  unit_check (errno == EDOM && what_was_undone (0) == 0);
  unit_promise ("an undo helper that was not begun can be ended or run"
                " without effect");

  unit_check (undo_helper_begin (&helper, undo, &(char) { 'a' }, held) == 0);
  unit_check (0 < helper.pid);
  unit_check (fcntl (helper.fd, F_GETFD) & FD_CLOEXEC);
  errno = EDOM;
  undo_helper_end (&helper);
  unit_check (errno == EDOM && helper.pid == 0);
  unit_check (is_childless () && what_was_undone (0) == 0);
  undo_helper_run (&helper);
  unit_check (what_was_undone (0) == 0);
  unit_promise ("the end of the undo helper undoes nothing and leaves no"
                " child");

  unit_check (undo_helper_begin (&helper, undo, &(char) { 'b' }, held) == 0);
  errno = EDOM;
  undo_helper_run (&helper);
  unit_check (errno == EDOM && helper.pid == 0);
  unit_check (is_childless () && what_was_undone (0) == 'b');
  undo_helper_end (&helper);
  unit_check (what_was_undone (0) == 0);
  unit_promise ("running the undo helper undoes once before it returns, and"
                " leaves no child");
  close (held);
}

static void
test_end_of_keeper (void)
{
  for (int sig = 0; sig <= SIGKILL; sig += SIGKILL)
    {
      pid_t pid = fork ();
      if (pid == 0)
        {
          struct undo_helper helper;
          if (undo_helper_begin (&helper, undo, &(char) { 'c' }, -1) != 0)
            _exit (1);
          raise (sig);
          _exit (0);
        }
      waitpid (pid, NULL, 0);
      unit_check (what_was_undone (20000) == 'c');
    }
  unit_promise ("the undo helper undoes when the process ends, even by"
                " SIGKILL");
}

static void
heed (int sig)
{
  (void) sig;
}

/* Kill the child PID and wait until it has ended, but do not reap it. waitid
   is not used, because some systems lack it.  */
static void
kill_child (pid_t pid)
{
  /* SIGCHLD must have a handler: a blocked signal need not become pending if
     its action is to ignore it.  */
  struct sigaction action = { .sa_handler = heed }, before;
  sigset_t chld, mask;
  int sig;

  sigemptyset (&chld);
  sigaddset (&chld, SIGCHLD);
  sigprocmask (SIG_BLOCK, &chld, &mask);
  sigaction (SIGCHLD, &action, &before);
  unit_check (kill (pid, SIGKILL) == 0);
  unit_check (sigwait (&chld, &sig) == 0);
  sigaction (SIGCHLD, &before, NULL);
  sigprocmask (SIG_SETMASK, &mask, NULL);
}

static void
test_killed_child (void)
{
  struct undo_helper helper;

  unit_check (undo_helper_begin (&helper, undo, &(char) { 'd' }, -1) == 0);
  kill_child (helper.pid);
  undo_helper_end (&helper);
  unit_check (is_childless () && what_was_undone (0) == 0);
  unit_check (undo_helper_begin (&helper, undo, &(char) { 'd' }, -1) == 0);
  kill_child (helper.pid);
  undo_helper_run (&helper);
  unit_check (is_childless ());
  unit_promise ("an undo helper that was killed does no harm");
}

/* Start a process that inherits all our descriptors and does nothing.  */
static pid_t
start_bystander (void)
{
  pid_t pid = fork ();
  if (pid == 0)
    {
      /* In case it is never killed.  */
      alarm (60);
      pause ();
      _exit (1);
    }
  return pid;
}

/* Kill the process PID.  It must not have ended before.  */
static void
end_bystander (pid_t pid)
{
  unit_check (waitpid (pid, NULL, WNOHANG) == 0);
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
}

static void
test_other_writer (void)
{
  struct undo_helper helper;

  unit_check (undo_helper_begin (&helper, undo, &(char) { 'g' }, -1) == 0);
  pid_t pid = start_bystander ();
  undo_helper_run (&helper);
  unit_check (what_was_undone (0) == 'g');
  end_bystander (pid);
  unit_promise ("running the undo helper does not wait for other processes"
                " that have the descriptor");
}

static void
test_reaped_child (void)
{
  struct undo_helper helper;

  unit_check (undo_helper_begin (&helper, undo, &(char) { 'h' }, -1) == 0);
  kill (helper.pid, SIGKILL);
  unit_check (waitpid (helper.pid, NULL, 0) == helper.pid);
  /* Simulate that the pid was reused for another child.  */
  pid_t pid = start_bystander ();
  helper.pid = pid;
  undo_helper_run (&helper);
  unit_check (helper.pid == 0);
  end_bystander (pid);
  unit_promise ("an undo helper that has been reaped is not waited for again");
}

static void
test_descriptors (void)
{
  struct undo_helper helper;
  int ends[2];
  char byte;

  unit_check (pipe (ends) == 0);
  unit_check (undo_helper_begin (&helper, undo, &(char) { 'e' }, ends[1])
              == 0);
  close (ends[1]);
  unit_check (read (ends[0], &byte, 1) == 0);
  undo_helper_end (&helper);
  close (ends[0]);
  unit_promise ("the undo helper does not keep the given descriptor open");

  /* Run this in a child, because the output of this process is still
     needed.  */
  unit_check (pipe (ends) == 0);
  pid_t pid = fork ();
  if (pid == 0)
    {
      dup2 (ends[1], STDIN_FILENO);
      dup2 (ends[1], STDOUT_FILENO);
      close (ends[1]);
      if (undo_helper_begin (&helper, undo, &(char) { 'f' }, -1) != 0)
        _exit (1);
      close (STDIN_FILENO);
      close (STDOUT_FILENO);
      if (read (ends[0], &byte, 1) != 0)
        _exit (2);
      undo_helper_end (&helper);
      _exit (0);
    }
  int status;
  close (ends[0]);
  close (ends[1]);
  unit_check (waitpid (pid, &status, 0) == pid && status == 0);
  unit_promise ("the undo helper keeps neither standard input nor output"
                " open");
}

int
main (void)
{
  sigset_t pipe_only;

  /* The server blocks SIGPIPE as well.  */
  sigemptyset (&pipe_only);
  sigaddset (&pipe_only, SIGPIPE);
  sigprocmask (SIG_BLOCK, &pipe_only, NULL);
  unit_check (pipe (undone) == 0);
  fcntl (undone[0], F_SETFL, O_NONBLOCK);
  test_end_and_revoke ();
  test_end_of_keeper ();
  test_killed_child ();
  test_other_writer ();
  test_reaped_child ();
  test_descriptors ();
  return unit_end ();
}
