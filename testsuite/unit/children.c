/* children.c -- unit test of src/serve/children.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/children.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/signals.h"
#include "unit.h"

/* Each child runs cat, which exits when the other end of its connection is
   closed.  */
static char *program[] = { (char *) "cat", NULL };
static char *no_variables[] = { NULL };
static char const *const nothing[] = { NULL };
static struct childenv_style const style = { .protocol = "UNIT" };

enum { MANY = 300 };

static pid_t pids[MANY];
static int ends[MANY];
static bool has_ended[MANY];

/* Start child number I for UID.  */
static bool
start (struct children *children, struct peer *peer, int i, uid_t uid)
{
  int pair[2];
  bool found;

  if (socketpair (AF_UNIX, SOCK_STREAM, 0, pair) != 0)
    return false;
  peer_begin (peer, pair[0], 0, false, "", 0);
  if (peer_set_cloexec (peer) != 0
      || fcntl (pair[1], F_SETFD, FD_CLOEXEC) != 0)
    return false;
  peer->known = true;
  peer->cred.uid = uid;
  pids[i] = children_start (children, peer, &found);
  unit_check (! children_is_over (children, pids[i]));
  peer_let_go (peer, NULL);
  children_let_run (children);
  ends[i] = pair[1];
  return 0 < pids[i];
}

/* Reap children and return how many have ended.  */
static int
gather (struct children *children, pid_t sender, long long int now)
{
  struct child_end end;
  int count = 0;

  children_reap (children, sender, false, now);
  while (children_next_end (children, &end))
    {
      int i = 0;
      while (i < MANY && pids[i] != end.connection.pid)
        i++;
      unit_check (i < MANY && ! has_ended[i]);
      if (i < MANY)
        has_ended[i] = true;
      unit_check (WIFEXITED (end.status) && WEXITSTATUS (end.status) == 0);
      unit_check (end.spawn_errno == 0 && end.connection.known);
      count++;
    }
  return count;
}

/* Call gather until WANTED children have ended, at most for half a minute,
   because a child takes a moment to exit.  */
static int
gather_all (struct children *children, pid_t sender, long long int now,
            int wanted)
{
  struct timespec moment = { .tv_nsec = 1000000 };
  int count = gather (children, sender, now);

  for (int tries = 0; count < wanted && tries < 30000; tries++)
    {
      nanosleep (&moment, NULL);
      count += gather (children, sender, now);
    }
  return count;
}

int
main (void)
{
  static int const wanted[] = { SIGCHLD };
  static struct peer peer;

  unit_check (signals_init (wanted, 1) == 0);
  unit_check (peer_init (&peer, false) == 0);
  struct spawn *spawn = spawn_new (program, getenv ("PATH"));
  unit_check (spawn);
  struct childenv *env = childenv_new (&style, no_variables, nothing, 0,
                                       false, spawn_lanes (spawn));
  unit_check (env);
  struct children *children = children_new (MANY, spawn, env);
  unit_check (children);
  unit_check (children_count (children) == 0);
  unit_check (gather (children, 0, 0) == 0);
  unit_check (! children_may_have_ended (children));
  unit_check (children_left (children, 0) == -1);
  unit_promise ("without children no end is found, and no further look is"
                " due");

  for (int i = 0; i < 3; i++)
    unit_check (start (children, &peer, i, 100 + i / 2));
  unit_check (children_count (children) == 3);
  unit_check (children_count_uid (children, 100) == 2);
  unit_check (children_count_uid (children, 101) == 1);
  unit_check (gather (children, 0, 0) == 0);
  unit_promise ("a child counts for its user while it runs");

  close (ends[0]);
  close (ends[2]);
  unit_check (children_count (children) == 3);
  unit_check (gather_all (children, pids[2], 0, 2) == 2);
  unit_check (children_count (children) == 1);
  unit_check (children_count_uid (children, 100) == 1);
  unit_check (children_count_uid (children, 101) == 0);
  unit_promise ("if there are few children, every end is found at once");

  for (int i = 3; i < MANY; i++)
    unit_check (start (children, &peer, i, 200));
  unit_check (children_count (children) == MANY - 2);
  close (ends[7]);
  close (ends[MANY - 1]);
  close (ends[MANY - 2]);
  unit_check (gather_all (children, pids[7], 1000, 1) == 1
              && has_ended[7]);
  unit_check (children_may_have_ended (children));
  unit_check (children_left (children, 1000) == 20);
  unit_check (children_left (children, 1015) == 5);
  unit_check (children_left (children, 1020) == 0);
  unit_check (gather (children, pids[7], 1010) == 0);
  unit_check (children_left (children, 1010) == 10);
  unit_promise ("if there are many children, only the one that SIGCHLD names"
                " is looked at, and the others after 20 ms");

  close (ends[3]);
  close (ends[150]);
  unit_check (gather_all (children, 0, 1020, 4) == 4);
  unit_check (has_ended[MANY - 1] && has_ended[MANY - 2] && has_ended[3]
              && has_ended[150]);
  unit_check (! children_may_have_ended (children));
  unit_promise ("after 20 ms every end is found");

  pid_t pid = 0;
  for (int i = 0; i < MANY; i++)
    if (! has_ended[i] && i != 1)
      close (ends[i]);
  unit_check (children_signal (children, SIGCONT, &pid) == 0);
  unit_check (gather_all (children, 0, 0, MANY - 8) == MANY - 8);
  unit_check (children_count (children) == 1);
  unit_promise ("children that have ended and are not yet reaped can be"
                " signaled");

  /* A child of another part of the server ends with the last child.  */
  struct timespec moment = { .tv_nsec = 1000000 };
  pid_t other = fork ();
  if (other == 0)
    _exit (0);
  unit_check (children_signal (children, SIGTERM, &pid) == 0);
#if HAVE_WAITID
  siginfo_t info;
  waitid (P_PID, other, &info, WEXITED | WNOWAIT);
  waitid (P_PID, pids[1], &info, WEXITED | WNOWAIT);
#endif
  bool found = false, found_other = false;
  int searches = 0;
  for (; ! (found && found_other) && searches < 30000; searches++)
    {
      struct child_end end;
      if (searches != 0)
        nanosleep (&moment, NULL);
      children_reap (children, 0, true, 0);
      while (children_next_end (children, &end))
        if (end.is_ours)
          {
            found = true;
            unit_check (end.pid == pids[1] && end.connection.pid == pids[1]);
            unit_check (WIFSIGNALED (end.status)
                        && WTERMSIG (end.status) == SIGTERM);
          }
        else
          {
            found_other = true;
            unit_check (end.pid == other);
          }
    }
  unit_check (found && found_other);
  unit_check (children_count (children) == 0);
  unit_promise ("the status of a child that a signal ended is reported");
#if HAVE_WAITID
  unit_check (searches == 1);
#endif
  unit_promise ("another child that has ended with the last one is found,"
                " too");
  return unit_end ();
}
