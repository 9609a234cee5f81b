/* acceptor.c -- the listening sockets of a server.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/acceptor.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/errors.h"
#include "base/signals.h"
#include "base/sockopt.h"
#include "serve/linger.h"

/* How many failures of accept in a row an orderly stop tolerates before it
   closes the socket.  On some systems accept on a socket that was shut down
   fails for ever.  */
enum { FAILURES_MAX = 1000 };

/* The number of clients in a row that may go away before they are accepted.
   For each client beyond these, serve_run counts the turn of its loop as one
   that found nothing to do, so it soon rests.  The number is larger than a
   backlog on the systems that report such clients.  So if it is exceeded and
   the backlog was never empty, accept may be reporting the same client for
   ever.  Up to this number, a user whose clients go away at once does not slow
   down other users.  */
enum { GONE_MAX = 1024 };

/* If poll waits this many milliseconds without a client, the backlogs are
   empty.  */
enum { QUIET_TIME = 20 };

/* Whether accept4 can make sockets close-on-exec at once.  */
#if defined HAVE_ACCEPT4 && defined SOCK_CLOEXEC
# define ACCEPTS_CLOEXEC 1
#else
# define ACCEPTS_CLOEXEC 0
#endif

struct acceptors
{
  struct acceptor *list;
  size_t count;
  size_t open_count;
  /* The number of the socket that acceptors_next looks at first.  */
  size_t turn;
  /* For poll: the first is for signals, the others for the sockets of
     LIST.  */
  struct pollfd *fds;
  /* True if accept4 exists and no filter of system calls refuses it.  */
  bool accepts_cloexec;
  /* Whether a connection inherits O_NONBLOCK from its listening socket: 1 or
     0, or -1 until the first connection shows it.  */
  int inherits_nonblock;
};

struct acceptors *
acceptors_new (int fd, char const **refused)
{
  union peer_address address;
  socklen_t len = sizeof address;
  struct acceptors *set = calloc (1, sizeof *set);
  struct pollfd *fds = calloc (1, sizeof *fds);

  *refused = NULL;
  if (! set || ! fds)
    {
      free (set);
      free (fds);
      return NULL;
    }
  set->fds = fds;
  set->inherits_nonblock = -1;
#if ACCEPTS_CLOEXEC
  set->accepts_cloexec = (0 <= accept4 (fd, &address.any, &len, SOCK_CLOEXEC)
                          || ! is_filtered (errno));
#endif
  len = sizeof address;
  if (! set->accepts_cloexec
      && accept (fd, &address.any, &len) < 0 && is_filtered (errno))
    *refused = "accept";
  else if (poll (NULL, 0, 0) < 0 && is_filtered (errno))
    *refused = "poll";
  if (! *refused)
    return set;
  int saved_errno = errno;
  free (fds);
  free (set);
  errno = saved_errno;
  return NULL;
}

/* Make FD non-blocking.  Return 0, or -1 with errno set.  */
static int
make_nonblocking (int fd)
{
  int flags = fcntl (fd, F_GETFL);
  if (0 <= flags && (flags & O_NONBLOCK))
    return 0;
  return flags < 0 ? -1 : fcntl (fd, F_SETFL, flags | O_NONBLOCK);
}

int
acceptors_add (struct acceptors *set, int fd, bool is_shared, char const *path)
{
  if (make_nonblocking (fd) != 0)
    return -1;

  size_t n = set->count;
  struct acceptor *list = reallocarray (set->list, n + 1, sizeof *list);
  if (! list)
    return -1;
  set->list = list;
  struct pollfd *fds = reallocarray (set->fds, n + 2, sizeof *fds);
  if (! fds)
    return -1;
  set->fds = fds;
  list[n] = (struct acceptor) { .fd = fd, .is_shared = is_shared,
                                .path = path, .path_len = strlen (path) };
  set->count++;
  set->open_count++;
  return 0;
}

size_t
acceptors_count (struct acceptors const *set)
{
  return set->count;
}

struct acceptor *
acceptors_get (struct acceptors *set, size_t i)
{
  return &set->list[i];
}

bool
acceptors_are_closed (struct acceptors const *set)
{
  return set->open_count == 0;
}

int
acceptors_watch (struct acceptors *set)
{
  int timeout = -1;

  for (size_t i = 0; i < set->count; i++)
    {
      struct acceptor const *acceptor = &set->list[i];
      int left = (acceptor->trouble.waits
                  ? backoff_left (&acceptor->trouble, clock_milliseconds ())
                  : 0);
      set->fds[1 + i] = (struct pollfd) { .fd = left ? -1 : acceptor->fd,
                                          .events = POLLIN };
      if (left)
        timeout = clock_sooner (timeout, left);
    }
  return timeout;
}

/* Return true if, at some socket, clients have gone away before they were
   accepted.  */
static bool
has_gone_clients (struct acceptors const *set)
{
  for (size_t i = 0; i < set->count; i++)
    if (set->list[i].gone != 0)
      return true;
  return false;
}

/* Note that the watched sockets had no client for QUIET_TIME.  */
static void
note_empty_backlogs (struct acceptors *set)
{
  for (size_t i = 0; i < set->count; i++)
    if (0 <= set->fds[1 + i].fd)
      set->list[i].gone = 0;
}

int
acceptors_poll (struct acceptors *set, bool watches, int timeout,
                bool *signal)
{
  struct timespec began = { .tv_sec = 0 };
  bool has_gone = watches && has_gone_clients (set);

  if (has_gone)
    began = clock_now ();
  int n = signals_poll (set->fds, watches ? 1 + set->count : 1, timeout);
  if (has_gone && QUIET_TIME <= clock_elapsed (began))
    note_empty_backlogs (set);
  *signal = 0 <= n && set->fds[0].revents;
  return n;
}

struct acceptor *
acceptors_next (struct acceptors *set)
{
  for (size_t i = 0; i < set->count; i++)
    {
      size_t n = (set->turn + i) % set->count;
      short int events = set->fds[1 + n].revents;
      if (events)
        {
          set->turn = n + 1;
          set->list[n].is_hung_up = (events & (POLLERR | POLLHUP)) != 0;
          return &set->list[n];
        }
    }
  return NULL;
}

/* Accept a connection from LISTEN_FD.  The connection is blocking, and
   close-on-exec if accept4 can be used.  Store the client's address in
   *ADDRESS and its length in *LEN.  Return the connection, or -1 with errno
   set.  */
static int
accept_connection (struct acceptors *set, int listen_fd,
                   union peer_address *address, socklen_t *len)
{
  *len = sizeof *address;
#if ACCEPTS_CLOEXEC
  int fd = (set->accepts_cloexec
            ? accept4 (listen_fd, &address->any, len, SOCK_CLOEXEC)
            : accept (listen_fd, &address->any, len));
#else
  int fd = accept (listen_fd, &address->any, len);
#endif

  /* Whether O_NONBLOCK is inherited depends on the system, not on the
     connection.  So once it is known that it is not inherited, do not check
     again.  */
  if (0 <= fd && set->inherits_nonblock != 0)
    {
      int flags = fcntl (fd, F_GETFL);
      if (0 <= flags)
        set->inherits_nonblock = (flags & O_NONBLOCK) != 0;
      if (0 < set->inherits_nonblock && 0 <= flags)
        fcntl (fd, F_SETFL, flags & ~O_NONBLOCK);
    }
  return fd;
}

int
acceptors_probe (void)
{
  int fd = fcntl (STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
  if (fd < 0)
    return errno == EMFILE ? -1 : 0;
  close (fd);
  return 0;
}

int
acceptor_accept (struct acceptors *set, struct acceptor *acceptor,
                 struct peer *peer)
{
  socklen_t len;

  /* Another process that shares this socket may have cleared O_NONBLOCK, and
     may take the client first. accept would then block and signals would not
     be handled.  So set the flag again.  */
  if (acceptor->is_shared)
    make_nonblocking (acceptor->fd);
  int fd = accept_connection (set, acceptor->fd, &peer->address, &len);
  if (fd < 0)
    return -1;
  backoff_succeed (&acceptor->trouble);
  acceptor->failures = acceptor->gone = acceptor->vain = 0;
  peer_begin (peer, fd, len, set->accepts_cloexec, acceptor->path,
              acceptor->path_len);
  return 0;
}

/* Return true if ERRNUM, from accept, means that no client waits.  */
static bool
is_no_client (int errnum)
{
  /* POSIX allows EAGAIN and EWOULDBLOCK to differ.  */
  if (errnum == EWOULDBLOCK)
    return true;
  return errnum == EAGAIN;
}

/* Return true if ACCEPTOR, on which accept has found no client, was shut down.
   Linux reports that by POLLHUP.  On NetBSD and OpenBSD, poll reports the
   socket as readable for ever, and accept fails with EAGAIN (NetBSD) or
   ECONNABORTED (OpenBSD).  There recv returns 0, but fails if the socket was
   not shut down (soreceive looks at SS_CANTRCVMORE before SS_ISCONNECTED).
   DragonFly does not report POLLHUP either.  There accept first returns the
   clients of the backlog and then fails with ECONNABORTED, as on OpenBSD
   (soaccept_predicate in sys/kern/uipc_syscalls.c).  On other systems recv
   always fails on a listening socket.

   If the socket is shared, accept often finds no client, because another
   process was faster.  So call recv only at every second failure.  */
static bool
is_shut_down (struct acceptor *acceptor)
{
  if (acceptor->is_hung_up)
    return true;
  if (++acceptor->vain < 2)
    return false;
  if (sockopt_peek (acceptor->fd) == 0)
    return true;
  acceptor->vain = 0;
  return false;
}

enum acceptor_failure
acceptor_explain (struct acceptor *acceptor, int errnum)
{
  if (errnum == EINTR)
    return ACCEPTOR_NOBODY;
  if (! is_no_client (errnum) && is_shortage (errnum))
    return ACCEPTOR_SHORTAGE;
  if (! is_no_client (errnum) && errnum != ECONNABORTED && errnum != EPROTO)
    return ACCEPTOR_TROUBLE;
  if (is_shut_down (acceptor))
    return ACCEPTOR_SHUT_DOWN;
  if (is_no_client (errnum))
    {
      /* The client has gone without an error from accept, or another process
         has accepted it.  */
      acceptor->gone = 0;
      return ACCEPTOR_NOBODY;
    }
  /* This accept should have removed the client from the backlog.  See GONE_MAX
     for the case that it has not.  */
  return acceptor->gone++ < GONE_MAX ? ACCEPTOR_GONE : ACCEPTOR_GONE_OFTEN;
}

enum acceptor_end
acceptor_explain_end (struct acceptor *acceptor, int errnum)
{
  /* The errors with which systems report an empty backlog of a socket that was
     shut down.  */
  if (is_no_client (errnum) || errnum == EINVAL || errnum == ENOTCONN
      || errnum == EBADF)
    return ACCEPTOR_EMPTY;
  if (errnum == EINTR)
    return ACCEPTOR_MORE;
  if (is_shortage (errnum))
    return ACCEPTOR_MORE_LATER;
  if (acceptor->failures++ < FAILURES_MAX)
    return ACCEPTOR_MORE;
  return errnum == ECONNABORTED ? ACCEPTOR_EMPTY : ACCEPTOR_BROKEN;
}

/* Return true if the socket FD, which has been shut down, refuses clients from
   now on.  Linux reports that by POLLHUP.  On NetBSD, OpenBSD and DragonFly,
   which do not report it, connect still succeeds, and the new connection is
   shut down from the start (sonewconn copies the state of the listening
   socket).  */
static bool
refuses_clients (int fd)
{
  struct pollfd state = { .fd = fd };
  return poll (&state, 1, 0) == 1 && (state.revents & POLLHUP) != 0;
}

/* On FreeBSD and macOS, shutdown of a listening socket fails with ENOTCONN.
   It may have had an effect all the same: on FreeBSD the next accept fails
   with ECONNABORTED.  That does not matter, because the caller closes the
   socket.  */
bool
acceptor_shut_down (struct acceptor *acceptor)
{
  return (! acceptor->is_shared && shutdown (acceptor->fd, SHUT_RDWR) == 0
          && refuses_clients (acceptor->fd));
}

size_t
acceptor_close_backlog (struct acceptors *set, struct acceptor *acceptor,
                        struct closer *closer, int *errnum,
                        long long int *slowest)
{
  union peer_address address;
  socklen_t len;
  size_t count = 0;

  *slowest = 0;
  for (;;)
    {
      int fd = accept_connection (set, acceptor->fd, &address, &len);
      if (0 <= fd)
        {
          long long int ms = closer_close (closer, fd);
          if (*slowest < ms)
            *slowest = ms;
          count++;
        }
      else if (errno != ECONNABORTED || FAILURES_MAX <= acceptor->failures++)
        break;
    }
  *errnum = ! is_no_client (errno) && is_shortage (errno) ? errno : 0;
  return count;
}

long long int
acceptor_close (struct acceptors *set, struct acceptor *acceptor)
{
  long long int ms = 0;
  if (0 <= acceptor->fd)
    {
      /* The backlog may hold clients that have sent descriptors.  Do not use a
         closer: the socket would seem to be in use until it has ended.  */
      ms = linger_close (acceptor->fd, LINGER_LIKELY);
      set->open_count--;
    }
  acceptor->fd = -1;
  return ms;
}
