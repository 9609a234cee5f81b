/* acceptor.c -- unit test of src/serve/acceptor.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/acceptor.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/signals.h"
#include "unit.h"

static void
test_failures (void)
{
  struct acceptor a = { .fd = -1 };

  unit_check (acceptor_explain (&a, EINTR) == ACCEPTOR_NOBODY);
  unit_check (acceptor_explain (&a, EAGAIN) == ACCEPTOR_NOBODY);
  unit_check (acceptor_explain (&a, EWOULDBLOCK) == ACCEPTOR_NOBODY);
  unit_promise ("EAGAIN and EINTR mean that no client waits");

  unit_check (acceptor_explain (&a, EMFILE) == ACCEPTOR_SHORTAGE);
  unit_check (acceptor_explain (&a, ENFILE) == ACCEPTOR_SHORTAGE);
  unit_check (acceptor_explain (&a, ENOBUFS) == ACCEPTOR_SHORTAGE);
  unit_check (acceptor_explain (&a, ENOMEM) == ACCEPTOR_SHORTAGE);
  unit_promise ("errors of a shortage are recognized");

  unit_check (acceptor_explain (&a, EBADF) == ACCEPTOR_TROUBLE);
  unit_check (acceptor_explain (&a, EINVAL) == ACCEPTOR_TROUBLE);
  unit_promise ("other errors are trouble");

  for (int i = 0; i < 1024; i++)
    unit_check (acceptor_explain (&a, i % 2 ? ECONNABORTED : EPROTO)
                == ACCEPTOR_GONE);
  unit_check (acceptor_explain (&a, ECONNABORTED) == ACCEPTOR_GONE_OFTEN);
  unit_promise ("1024 clients that have left in a row are not yet too many");

  unit_check (acceptor_explain (&a, EAGAIN) == ACCEPTOR_NOBODY);
  unit_check (acceptor_explain (&a, ECONNABORTED) == ACCEPTOR_GONE);
  unit_promise ("an empty backlog restarts the count of clients that have"
                " left");

  a.is_hung_up = true;
  unit_check (acceptor_explain (&a, EAGAIN) == ACCEPTOR_SHUT_DOWN);
  unit_check (acceptor_explain (&a, ECONNABORTED) == ACCEPTOR_SHUT_DOWN);
  unit_check (acceptor_explain (&a, EMFILE) == ACCEPTOR_SHORTAGE);
  unit_promise ("a socket that was shut down is reported as such, except in"
                " a shortage");
}

static void
test_ends (void)
{
  struct acceptor a = { .fd = -1 };

  unit_check (acceptor_explain_end (&a, EAGAIN) == ACCEPTOR_EMPTY);
  unit_check (acceptor_explain_end (&a, EINVAL) == ACCEPTOR_EMPTY);
  unit_check (acceptor_explain_end (&a, ENOTCONN) == ACCEPTOR_EMPTY);
  unit_check (acceptor_explain_end (&a, EBADF) == ACCEPTOR_EMPTY);
  unit_promise ("an orderly stop ends with an empty backlog");

  unit_check (acceptor_explain_end (&a, EMFILE) == ACCEPTOR_MORE_LATER);
  unit_promise ("an orderly stop waits until a shortage is over");

  for (int i = 0; i < 1000; i++)
    unit_check (acceptor_explain_end (&a, i % 2 ? ECONNABORTED : EFAULT)
                == ACCEPTOR_MORE);
  unit_check (acceptor_explain_end (&a, ECONNABORTED) == ACCEPTOR_EMPTY);
  unit_check (acceptor_explain_end (&a, EFAULT) == ACCEPTOR_BROKEN);
  unit_promise ("an orderly stop ends if accept fails very often in a row");
}

/* Make a socket *FD that listens at PATH.  Store its address and the length of
   that.  Return whether this worked.  */
static bool
listening (int *fd, char const *path, union peer_address *address,
           socklen_t *len)
{
  *len = address_of_path (path, &address->local);
  unlink (path);
  *fd = socket (AF_UNIX, SOCK_STREAM, 0);
  return (0 <= *fd && bind (*fd, &address->any, *len) == 0
          && listen (*fd, 8) == 0);
}

static int
client_of (union peer_address const *address, socklen_t len)
{
  int fd = socket (AF_UNIX, SOCK_STREAM, 0);
  return 0 <= fd && connect (fd, &address->any, len) == 0 ? fd : -1;
}

/* Poll the sockets of SET.  Return the number of a socket where a client
   waits, or -1.  */
static int
poll_one (struct acceptors *set)
{
  bool signal;
  acceptors_watch (set);
  if (acceptors_poll (set, true, 0, &signal) < 0)
    return -1;
  struct acceptor *a = acceptors_next (set);
  if (! a)
    return -1;
  return a == acceptors_get (set, 0) ? 0 : 1;
}

static void
test_sockets (void)
{
  static int const wanted[] = { SIGCHLD };
  union peer_address address[2];
  socklen_t len[2];
  int fd[2];
  static struct peer peer;
  char const *refused;
  int null = open ("/dev/null", O_RDWR);
  int errnum = 0;
  long long int slowest = -1;
  struct closer closer;

  closer_init (&closer);

  unit_check (signals_init (wanted, 1) == 0);
  struct acceptors *set = acceptors_new (null, &refused);
  unit_check (set && ! refused);
  unit_check (listening (&fd[0], "s1", &address[0], &len[0]));
  unit_check (listening (&fd[1], "s2", &address[1], &len[1]));
  unit_check (peer_init (&peer, false) == 0);
  unit_check (acceptors_add (set, fd[0], false, "first") == 0);
  unit_check (acceptors_add (set, fd[1], true, "") == 0);
  unit_check (acceptors_count (set) == 2 && ! acceptors_are_closed (set));
  unit_check (fcntl (fd[0], F_GETFL) & O_NONBLOCK);
  unit_check (poll_one (set) == -1);
  unit_promise ("sockets are non-blocking, and without a client poll reports"
                " nothing");

  struct acceptor *first = acceptors_get (set, 0);
  unit_check (acceptor_accept (set, first, &peer) == -1);
  unit_check (acceptor_explain (first, errno) == ACCEPTOR_NOBODY);
  unit_check (peer.fd == -1);
  unit_promise ("accept does not block");

  int clients[6];
  for (int i = 0; i < 6; i++)
    {
      clients[i] = client_of (&address[i == 5], len[i == 5]);
      unit_check (0 <= clients[i]);
    }
  unit_check (poll_one (set) == 0);
  unit_check (acceptor_accept (set, first, &peer) == 0);
  unit_check (peer_is_open (&peer) && ! peer.known && ! peer.admitted);
  unit_check (peer.local_path_len == 5);
  unit_check (fcntl (peer.fd, F_GETFL) >= 0
              && ! (fcntl (peer.fd, F_GETFL) & O_NONBLOCK));
  unit_check (peer_set_cloexec (&peer) == 0
              && (fcntl (peer.fd, F_GETFD) & FD_CLOEXEC));
  peer_close (&peer, &closer);
  unit_check (! peer_is_open (&peer));
  unit_promise ("an accepted connection is blocking and close-on-exec");

  unit_check (poll_one (set) == 1);
  unit_check (poll_one (set) == 0);
  unit_promise ("sockets take turns");

  backoff_fail (&first->trouble, clock_milliseconds () + 60000);
  unit_check (0 < acceptors_watch (set));
  unit_check (poll_one (set) == 1 && poll_one (set) == 1);
  backoff_succeed (&first->trouble);
  unit_promise ("a socket is not used during its pause");

  unit_check (! acceptor_shut_down (acceptors_get (set, 1)));
  int late = client_of (&address[1], len[1]);
  unit_check (0 <= late);
  unit_promise ("a shared socket is never shut down");

  if (acceptor_shut_down (first))
    {
      unit_check (client_of (&address[0], len[0]) < 0);
      unit_check (acceptor_close_backlog (set, first, &closer, &errnum,
                                          &slowest)
                  == 4);
      unit_check (errnum == 0 && 0 <= slowest);
    }
  unit_promise ("after shutdown the backlog can be closed");

  acceptor_close (set, first);
  acceptor_close (set, first);
  unit_check (! acceptors_are_closed (set));
  acceptor_close (set, acceptors_get (set, 1));
  unit_check (acceptors_are_closed (set));
  unit_check (fcntl (fd[0], F_GETFD) == -1 && fcntl (fd[1], F_GETFD) == -1);
  unit_promise ("each socket is closed once");
  for (int i = 0; i < 6; i++)
    close (clients[i]);
  close (late);
  unlink ("s1");
  unlink ("s2");
}

int
main (void)
{
  test_failures ();
  test_ends ();
  test_sockets ();
  return unit_end ();
}
