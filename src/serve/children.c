/* children.c -- the processes that serve clients, from start to end.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/children.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "base/clock.h"

/* With up to FEW_CHILDREN children, a SIGCHLD makes us look for all that have
   ended.  With more, we check immediately only the child that the signal
   reports.  We look for all others REAP_DELAY milliseconds later.  If waitpid
   fails, we look again after REAP_DELAY_FAILED milliseconds.  */
enum
{
  FEW_CHILDREN = 32,
  REAP_DELAY = 20,
  REAP_DELAY_FAILED = 100
};

/* With at least MANY_CHILDREN children, once a search for missed children has
   found one that has ended, it goes on with the YOUNG_CHILDREN youngest, one
   by one, which is faster (see find_any).  After YOUNG_PATIENCE in a row that
   have not ended, it looks for any child again.  */
enum
{
  MANY_CHILDREN = 256,
  YOUNG_CHILDREN = 256,
  YOUNG_PATIENCE = 32
};

/* Where children_next_end looks next.  */
enum search
{
  SEARCH_NONE,
  /* The child that a SIGCHLD has reported.  */
  SEARCH_SENDER,
  /* Any child.  */
  SEARCH_ANY,
  /* The youngest children, and then any child.  */
  SEARCH_YOUNG
};

struct children
{
  struct conntable *table;
  struct spawn *spawn;
  struct childenv *env;
  /* True if children may have ended that are not reaped yet, and when to look
     for them.  */
  bool unreaped;
  long long int reap_due;
  /* The search that children_reap has begun, and when.  */
  enum search search;
  bool expects_others;
  long long int began;
  pid_t sender;
  /* Whether to look at the youngest children once one child has been
     found.  */
  bool searches_young;
  /* How many of the youngest have been looked at, and how many of them in a
     row have not ended.  */
  unsigned int asked;
  unsigned int living;
  /* A ring of the children that were started last, and where the next one is
     put.  Many of them may have been reaped; 0 is an empty place.  */
  pid_t young[YOUNG_CHILDREN];
  unsigned int young_next;
};

struct children *
children_new (size_t capacity, struct spawn *spawn, struct childenv *env)
{
  struct children *children = calloc (1, sizeof *children);
  if (! children)
    return NULL;
  children->table = conntable_new (capacity);
  if (! children->table)
    {
      free (children);
      return NULL;
    }
  children->spawn = spawn;
  children->env = env;
  return children;
}

size_t
children_count (struct children const *children)
{
  return conntable_count (children->table);
}

size_t
children_count_uid (struct children const *children, uid_t uid)
{
  return conntable_count_uid (children->table, uid);
}

pid_t
children_start (struct children *children, struct peer const *peer,
                bool *found_process)
{
  size_t lane = spawn_lane (children->spawn);
  pid_t pid = spawn_start (children->spawn, lane, peer->fd, peer->pidfd,
                           childenv_for (children->env, lane, peer),
                           found_process);
  if (pid < 0)
    return -1;

  struct connection connection = { .pid = pid, .known = peer->known,
                                   .uid = peer->cred.uid,
                                   .gid = peer->cred.gid,
                                   .began = clock_now () };
  conntable_add (children->table, &connection);
  children->young[children->young_next] = pid;
  children->young_next = (children->young_next + 1) % YOUNG_CHILDREN;
  return pid;
}

bool
children_is_over (struct children const *children, pid_t pid)
{
#if HAVE_WAITID
  /* WNOWAIT leaves the child to children_reap.  */
  siginfo_t info = { .si_signo = 0 };
  return (! spawn_is_held (children->spawn)
          && waitid (P_PID, pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0
          && info.si_signo != 0);
#else
  (void) children;
  (void) pid;
  return false;
#endif
}

void
children_let_run (struct children *children)
{
  spawn_let_run (children->spawn);
}

int
children_shortage (struct children *children)
{
  return spawn_shortage (children->spawn);
}

void
children_reap (struct children *children, pid_t sender, bool expects_others,
               long long int now)
{
  size_t count = children_count (children);

  children->began = now;
  children->expects_others = expects_others;
  if (0 < sender && FEW_CHILDREN < count)
    {
      children->search = SEARCH_SENDER;
      children->sender = sender;
      return;
    }
  children->search = SEARCH_ANY;
  /* If one child was missed, others may have been missed, too.  */
  children->searches_young = children->unreaped && MANY_CHILDREN <= count;
}

/* If the child WHICH has ended, reap it.  If WHICH is -1, reap any child that
   has ended.  Return what waitpid returns.  If it is a pid, store the end of
   the child in *END.  */
static pid_t
wait_for (struct children *children, pid_t which, struct child_end *end)
{
  pid_t pid = waitpid (which, &end->status, WNOHANG);

  end->pid = pid;
  end->is_ours = 0 < pid && conntable_remove (children->table, pid,
                                              &end->connection);
  if (end->is_ours)
    end->spawn_errno = spawn_end (children->spawn, pid);
  return pid;
}

/* Reap the child that a SIGCHLD has reported.  It may have been reaped
   already.  */
static bool
find_sender (struct children *children, struct child_end *end)
{
  pid_t pid = wait_for (children, children->sender, end);

  if (! children->unreaped)
    children->reap_due = children->began + REAP_DELAY;
  children->unreaped = true;
  children->search = SEARCH_NONE;
  return 0 < pid;
}

/* Go on with the search among the youngest children.  Return true if one has
   ended.  */
static bool
find_young (struct children *children, struct child_end *end)
{
  while (children->asked < YOUNG_CHILDREN
         && children->living < YOUNG_PATIENCE)
    {
      unsigned int i = children->young_next + YOUNG_CHILDREN
                       - ++children->asked;
      pid_t pid = children->young[i % YOUNG_CHILDREN];

      if (! conntable_has (children->table, pid))
        continue;
      pid_t ended = wait_for (children, pid, end);
      if (ended < 0)
        break;
      children->living = ended == 0 ? children->living + 1 : 0;
      if (0 < ended)
        return true;
    }
  children->search = SEARCH_ANY;
  return false;
}

/* Reap any child that has ended.  Return true if there was one.  */
static bool
find_any (struct children *children, struct child_end *end)
{
  pid_t pid = wait_for (children, -1, end);

  if (0 < pid
      && (0 < children_count (children) || children->expects_others))
    {
      if (children->searches_young && end->is_ours)
        {
          /* To find any child that has ended, Linux looks at all of them, the
             oldest first, each time.  It finds a child with a given pid at
             once, at least since version 5.13.  */
          children->searches_young = false;
          children->asked = children->living = 0;
          children->search = SEARCH_YOUNG;
        }
      return true;
    }
  children->search = SEARCH_NONE;
  /* The table holds children that are not reaped, so waitpid should not
     fail.  */
  children->unreaped = pid < 0 && 0 < children_count (children);
  if (children->unreaped)
    children->reap_due = children->began + REAP_DELAY_FAILED;
  return 0 < pid;
}

bool
children_next_end (struct children *children, struct child_end *end)
{
  for (;;)
    switch (children->search)
      {
      case SEARCH_NONE:
        return false;
      case SEARCH_SENDER:
        if (find_sender (children, end))
          return true;
        break;
      case SEARCH_YOUNG:
        if (find_young (children, end))
          return true;
        break;
      case SEARCH_ANY:
        if (find_any (children, end))
          return true;
        break;
      }
}

bool
children_may_have_ended (struct children const *children)
{
  return children->unreaped;
}

int
children_left (struct children const *children, long long int now)
{
  if (! children->unreaped)
    return -1;
  long long int left = children->reap_due - now;
  return left < 0 ? 0 : left;
}

size_t
children_signal (struct children const *children, int sig, pid_t *pid)
{
  size_t position = 0;
  struct connection const *connection;
  size_t failures = 0;
  int errnum = 0;

  /* These children have not been reaped, so no other process can have their
     pids.  */
  while ((connection = conntable_next (children->table, &position)))
    {
      if (kill (connection->pid, sig) != 0 && failures++ == 0)
        {
          errnum = errno;
          *pid = connection->pid;
        }
      if (sig != SIGKILL)
        kill (connection->pid, SIGCONT);
    }
  if (failures != 0)
    errno = errnum;
  return failures;
}

struct connection const *
children_next (struct children const *children, size_t *position)
{
  return conntable_next (children->table, position);
}
