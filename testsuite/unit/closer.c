/* closer.c -- unit test of src/serve/closer.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/closer.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

static struct closer closer;

/* Connect *CLIENT and return the server's descriptor.  If SENDS, the client
   has sent something.  */
static int
connection (int *client, bool sends)
{
  int ends[2];

  unit_check (socketpair (AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  if (sends)
    unit_check (send (ends[1], "x", 1, 0) == 1);
  *client = ends[1];
  return ends[0];
}

static bool
is_open (int fd)
{
  return 0 <= fcntl (fd, F_GETFD);
}

/* Return true if the connection of CLIENT ends, within a minute.  */
static bool
ends (int client)
{
  char byte;
  struct timeval limit = { .tv_sec = 60 };

  setsockopt (client, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ssize_t n = recv (client, &byte, 1, 0);
  return n == 0 || (n < 0 && errno == ECONNRESET);
}

static bool
is_childless (void)
{
  return waitpid (-1, NULL, WNOHANG) < 0 && errno == ECHILD;
}

/* Reap one closer, and tell CLOSER.  */
static void
reap_one (void)
{
  int status;
  pid_t pid = waitpid (-1, &status, 0);

  unit_check (0 < pid && WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
  closer_ended (&closer, pid);
}

static void
test_silent (void)
{
  int client;
  int fd = connection (&client, false);

  closer_init (&closer);
  unit_check (0 <= closer_close (&closer, fd) && ! is_open (fd));
  unit_check (ends (client) && is_childless () && closer.working == 0);
  close (client);
  unit_promise ("the connection of a client that has sent nothing is closed at"
                " once, without a closer");
}

static void
test_one (void)
{
  int client;
  int fd = connection (&client, true);

  closer_init (&closer);
  closer_close (&closer, fd);
  unit_check (! is_open (fd) && closer.working == 1);
  unit_check (ends (client));
  close (client);
  closer_ended (&closer, 1);
  unit_check (closer.working == 1);
  reap_one ();
  unit_check (closer.working == 0 && is_childless ());
  unit_promise ("the connection of a client that has sent something is closed"
                " by a closer");
}

/* Each connection gets a closer, until there are too many.  */
static void
test_bounds (void)
{
  int client, fd;

  closer_init (&closer);
  for (size_t i = 0; i < CLOSERS_MAX; i++)
    {
      unit_check (closer.working == i);
      fd = connection (&client, true);
      closer_close (&closer, fd);
      unit_check (! is_open (fd) && ends (client));
      close (client);
    }
  unit_check (closer_is_working (&closer) && closer.working == CLOSERS_MAX);
  unit_promise ("each connection gets a closer at once");

  fd = connection (&client, true);
  unit_check (0 <= closer_close (&closer, fd));
  unit_check (! is_open (fd) && closer.working == CLOSERS_MAX);
  close (client);
  for (int i = 0; i < CLOSERS_MAX; i++)
    reap_one ();
  unit_check (is_childless () && ! closer_is_working (&closer));
  unit_promise ("if too many closers are at work, the server closes the"
                " connection");
}

/* A connection that another process may have.  */
static void
test_leave (void)
{
  int clients[3];
  int fds[3];
  char byte;

  closer_init (&closer);
  for (int i = 0; i < 3; i++)
    fds[i] = connection (&clients[i], i != 0);
  int copy = fcntl (fds[2], F_DUPFD, 0);
  closer_leave (&closer, fds[0]);
  unit_check (! is_open (fds[0]) && is_childless () && ends (clients[0]));
  closer_leave (&closer, fds[1]);
  unit_check (! is_open (fds[1]) && closer.working == 1 && ends (clients[1]));
  closer_leave (&closer, fds[2]);
  unit_check (! is_open (fds[2]) && closer.working == 2);
  reap_one ();
  reap_one ();
  unit_check (send (clients[2], "y", 1, MSG_NOSIGNAL) == 1);
  unit_check (recv (copy, &byte, 1, 0) == 1 && send (copy, "z", 1, 0) == 1
              && recv (clients[2], &byte, 1, 0) == 1);
  close (copy);
  for (int i = 0; i < 3; i++)
    close (clients[i]);
  unit_promise ("a connection that another process has stays as it is, and is"
                " closed by a closer at once");
}

static void
test_finish (void)
{
  int client;

  closer_init (&closer);
  closer_finish (&closer);
  unit_check (is_childless ());
  closer_close (&closer, connection (&client, true));
  closer_finish (&closer);
  /* On a busy machine the closer needs longer.  */
  while (closer.working != 0)
    reap_one ();
  unit_check (is_childless ());
  close (client);
  unit_promise ("at the end the closers are reaped");
}

/* A closer ends when its server has gone.  */
static void
test_orphan (void)
{
  int alive[2];
  char byte;

  unit_check (pipe (alive) == 0);
  pid_t server = fork ();
  if (server == 0)
    {
      /* Let the closer live: SIGKILL is sent by the function that we leave
         out.  */
      pid_t self = getpid ();
      if (fork () == 0)
        {
          close (alive[0]);
          closer_work (self);
        }
      _exit (0);
    }
  close (alive[1]);
  unit_check (waitpid (server, NULL, 0) == server);
  /* The end of the file comes when the last process has ended.  */
  unit_check (read (alive[0], &byte, 1) == 0);
  close (alive[0]);
  unit_promise ("a closer ends if the server has gone");
}

int
main (void)
{
  test_silent ();
  test_one ();
  test_bounds ();
  test_leave ();
  test_finish ();
  test_orphan ();
  return unit_end ();
}
