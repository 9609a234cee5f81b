/* acceptor.h -- the listening sockets of a server.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef ACCEPTOR_H
#define ACCEPTOR_H

#include "serve/backoff.h"
#include "serve/peer.h"

/* A listening socket.  Other modules only read it.  */
struct acceptor
{
  /* -1: closed.  */
  int fd;
  /* True if other processes may use this socket, so it is never shut down.  */
  bool is_shared;
  /* Where clients find it; empty if that is unknown.  */
  char const *path;
  size_t path_len;
  /* Pauses while accept fails for another reason than a shortage.  */
  struct backoff trouble;
  /* True if poll has reported that it was shut down.  */
  bool is_hung_up;
  /* How many times in a row accept has failed during an orderly stop.  */
  unsigned int lost;
  /* How many clients in a row had gone before they were accepted, since the
     backlog was last known to be empty.  */
  unsigned int gone;
};

/* All listening sockets of a server.  */
struct acceptors;

/* Return a set without sockets, or NULL with errno set: ENOMEM, or the error
   of a filter of system calls; then *REFUSED is the name of the call, and NULL
   otherwise.  FD is a descriptor that is no listening socket.  */
struct acceptors *acceptors_new (int fd, char const **refused);

/* Add FD, a stream socket that need not listen yet, and make it non-blocking:
   a client may go away between poll and accept, which must not wait for the
   next one then.  PATH must outlive the set.  Return 0, or -1 with errno
   set.  */
int acceptors_add (struct acceptors *set, int fd, bool is_shared,
                   char const *path);

/* How many sockets there are, and the one with the number I, from 0 on.  */
size_t acceptors_count (struct acceptors const *set);
struct acceptor *acceptors_get (struct acceptors *set, size_t i);

/* Whether all of them are closed.  */
bool acceptors_are_closed (struct acceptors const *set);

/* Watch for clients at all sockets that do not pause.  Return the milliseconds
   until the next pause is over, or -1.  */
int acceptors_watch (struct acceptors *set);

/* As signals_poll: wait for a signal and, if WATCHES, for a client at the
   sockets of the last acceptors_watch.  Set *SIGNAL if a signal has come.  */
int acceptors_poll (struct acceptors *set, bool watches, int timeout,
                    bool *signal);

/* The next socket where the last acceptors_poll has found a client, or NULL.
   They take turns, so that a busy one does not keep the others waiting.  */
struct acceptor *acceptors_next (struct acceptors *set);

/* Accept a connection from ACCEPTOR, as *PEER.  Return 0, or -1 with errno
   set.  */
int acceptor_accept (struct acceptors *set, struct acceptor *acceptor,
                     struct peer *peer);

/* What a failure of accept means.  */
enum acceptor_failure
{
  /* Nobody waits there, or a signal has come: poll again.  */
  ACCEPTOR_NOBODY,
  /* The client had gone.  There may be more of them.  */
  ACCEPTOR_GONE,
  /* As above, but so many in a row had gone that accept may report the same
     client for ever: wait before the next.  */
  ACCEPTOR_GONE_OFTEN,
  /* Out of descriptors or memory.  */
  ACCEPTOR_SHORTAGE,
  /* The socket was shut down, so accept will always fail.  */
  ACCEPTOR_SHUT_DOWN,
  /* Another error.  */
  ACCEPTOR_TROUBLE
};

/* What ERRNUM, of acceptor_accept, means for ACCEPTOR.  Count it.  */
enum acceptor_failure acceptor_explain (struct acceptor *acceptor,
                                        int errnum);

/* The same during an orderly stop, when no new clients come.  */
enum acceptor_end
{
  /* There may be more clients: accept again, or do that after a shortage.  */
  ACCEPTOR_MORE,
  ACCEPTOR_MORE_LATER,
  /* The backlog is empty.  */
  ACCEPTOR_EMPTY,
  /* accept has failed too many times.  */
  ACCEPTOR_BROKEN
};
enum acceptor_end acceptor_explain_end (struct acceptor *acceptor, int errnum);

/* Let nobody else connect to ACCEPTOR, and keep the clients in its backlog.
   Return false if that cannot be done, or the socket is shared: another server
   may be about to serve it.  */
bool acceptor_shut_down (struct acceptor *acceptor);

/* Close the connections in the backlog of ACCEPTOR, which was shut down.
   Return how many there were; *ERRNUM is the shortage that ended this before
   the backlog was empty, or 0, and *SLOWEST how many milliseconds the longest
   close has taken.  */
size_t acceptor_close_backlog (struct acceptors *set,
                               struct acceptor *acceptor, int *errnum,
                               long long int *slowest);

/* Close ACCEPTOR, if it is not closed.  Return what linger_close does.  */
long long int acceptor_close (struct acceptors *set,
                              struct acceptor *acceptor);

#endif /* ACCEPTOR_H */
