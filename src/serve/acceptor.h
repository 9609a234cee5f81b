/* acceptor.h -- the listening sockets of a server.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef ACCEPTOR_H
#define ACCEPTOR_H

#include "serve/backoff.h"
#include "serve/peer.h"

/* A listening socket.  Other modules only read the members, except that the
   loop passes TROUBLE to retry_later.  */
struct acceptor
{
  /* The socket, or -1 once it is closed.  */
  int fd;
  /* True if other processes may use this socket, so it is never shut down.  */
  bool is_shared;
  /* The path of the socket; empty if unknown.  */
  char const *path;
  size_t path_len;
  /* The pause after an error of accept that is not a shortage.  */
  struct backoff trouble;
  /* True if poll has reported that it was shut down.  */
  bool is_hung_up;
  /* How often accept has found no client since the last client, or since
     is_shut_down last looked.  */
  unsigned int vain;
  /* How many times in a row accept has failed in an orderly stop.  */
  unsigned int failures;
  /* How many clients in a row had gone before they were accepted, since the
     backlog was last known to be empty.  */
  unsigned int gone;
};

/* All listening sockets of a server.  */
struct acceptors;

/* Return an empty set, or NULL on failure.  If a filter refuses a system call
   that is needed, store the name of the call in *REFUSED, with errno set.
   Otherwise *REFUSED is NULL, and errno is ENOMEM after a failure.  FD is an
   open descriptor, not a listening socket, with which accept is tried.  */
struct acceptors *acceptors_new (int fd, char const **refused);

/* Add FD, a stream socket that need not listen yet, and make it non-blocking,
   because a client may go away between poll and accept, and accept must not
   block then.  PATH must outlive the set.  Return 0, or -1 with errno set.  */
int acceptors_add (struct acceptors *set, int fd, bool is_shared,
                   char const *path);

/* The number of sockets, and the socket with number I, counted from 0.  */
size_t acceptors_count (struct acceptors const *set);
struct acceptor *acceptors_get (struct acceptors *set, size_t i);

/* Return true if all sockets are closed.  */
bool acceptors_are_closed (struct acceptors const *set);

/* Prepare the next acceptors_poll to watch all sockets that are not paused.
   Return the milliseconds until the first pause ends, or -1 if there is
   none.  */
int acceptors_watch (struct acceptors *set);

/* Wait for a signal and, if WATCHES, for a client at the sockets that
   acceptors_watch has chosen.  Set *SIGNAL to whether a signal has come.
   TIMEOUT and the result are as for signals_poll.  */
int acceptors_poll (struct acceptors *set, bool watches, int timeout,
                    bool *signal);

/* Return a socket at which the last acceptors_poll has found a client, or
   NULL.  The sockets take turns, so that a busy one does not keep the others
   waiting.  */
struct acceptor *acceptors_next (struct acceptors *set);

/* Return 0 if a descriptor is free or that cannot be found out, or -1 with
   errno EMFILE.  Standard input must be open.  Call this before an accept
   that follows a shortage.  If no descriptor is free, macOS, Haiku and
   Cygwin take a client from the backlog and close its connection
   (accept_nocancel in xnu, common_accept in Haiku).  Other systems get a
   descriptor first.  A full table of all open files (ENFILE) is not
   noticed, because only a new file would show it.  */
int acceptors_probe (void);

/* Accept a connection from ACCEPTOR and store it in *PEER.  Return 0, or -1
   with errno set.  */
int acceptor_accept (struct acceptors *set, struct acceptor *acceptor,
                     struct peer *peer);

/* What a failure of accept means.  */
enum acceptor_failure
{
  /* No client waits, or a signal has interrupted accept: poll again.  */
  ACCEPTOR_NOBODY,
  /* The client went away before it was accepted.  Others may wait.  */
  ACCEPTOR_GONE,
  /* So many clients in a row had gone that accept may report the same one for
     ever: rest before the next accept.  */
  ACCEPTOR_GONE_OFTEN,
  /* Out of descriptors or memory.  */
  ACCEPTOR_SHORTAGE,
  /* The socket was shut down, so accept will always fail.  */
  ACCEPTOR_SHUT_DOWN,
  /* Another error.  */
  ACCEPTOR_TROUBLE
};

/* Return what ERRNUM, from acceptor_accept, means for ACCEPTOR, and count
   clients that had gone.  */
enum acceptor_failure acceptor_explain (struct acceptor *acceptor,
                                        int errnum);

/* What a failure of accept means during an orderly stop, when the backlog is
   to be emptied and no new clients come.  */
enum acceptor_end
{
  /* There may be more clients: accept again at once, or after a pause.  */
  ACCEPTOR_MORE,
  ACCEPTOR_MORE_LATER,
  /* The backlog is empty.  */
  ACCEPTOR_EMPTY,
  /* accept has failed too many times.  */
  ACCEPTOR_BROKEN
};
enum acceptor_end acceptor_explain_end (struct acceptor *acceptor, int errnum);

/* Make ACCEPTOR refuse new clients, while those in its backlog can still be
   accepted.  Return false if the system cannot do that, or if the socket is
   shared, because another server may be about to serve it.  */
bool acceptor_shut_down (struct acceptor *acceptor);

/* Accept all connections in the backlog of ACCEPTOR, which was shut down, and
   close them with CLOSER.  Return how many there were.  If a shortage has
   stopped this, store it in *ERRNUM, and otherwise 0.  Store in *SLOWEST the
   milliseconds that the longest close has taken.  */
size_t acceptor_close_backlog (struct acceptors *set,
                               struct acceptor *acceptor,
                               struct closer *closer, int *errnum,
                               long long int *slowest);

/* Close ACCEPTOR if it is open.  Return the milliseconds that the close has
   taken.  */
long long int acceptor_close (struct acceptors *set,
                              struct acceptor *acceptor);

#endif /* ACCEPTOR_H */
