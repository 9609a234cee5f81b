/* peer.h -- an accepted connection, and what the kernel says of its client.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PEER_H
#define PEER_H

#include "base/address.h"
#include "peer/peercred.h"
#include "serve/closer.h"

/* The longest label that a client can have here.  A longer one would not fit
   into the environment of a program.  */
enum { PEER_LABEL_MAX = 4096 };

/* A client, from accept until its program has the connection.
   peer_set_cloexec, peer_identify and peer_ask_details each fill in one part,
   and do nothing if they have done so before.  So a caller that was stopped by
   a shortage can start again with peer_set_cloexec.  */
struct peer
{
  /* The connection, or -1 if there is none.  */
  int fd;
  /* The path of the listening socket, which the caller of acceptors_add owns.
     A length of 0 means unknown.  */
  char const *local_path;
  size_t local_path_len;
  /* The client's address, and the path in it.  */
  union peer_address address;
  char const *path;
  size_t path_len;
  /* True if the connection is close-on-exec.  */
  bool is_cloexec;
  /* True if CRED is known.  */
  bool known;
  struct peercred cred;
  /* True if the client has been counted by the limits, and then the number of
     connections of its uid, including this one.  */
  bool admitted;
  size_t number;
  /* True if the kernel has been asked for the members below.  */
  bool has_details;
  bool has_groups;
  gid_t *groups;
  size_t group_count;
  /* The security label.  A length of 0 means unknown.  */
  char label[PEER_LABEL_MAX];
  size_t label_len;
  /* A close-on-exec descriptor of the client's process, or -1.  */
  int pidfd;
};

/* Set up *PEER, which is all zero, without a connection.  If WANTS_DETAILS,
   allocate memory for groups.  Return 0, or -1 with errno ENOMEM.  */
int peer_init (struct peer *peer, bool wants_details);

/* Store the connection FD in *PEER, which then owns it until peer_let_go or
   peer_close.  The caller has stored the client's address, of LEN bytes, in
   PEER->address.  LOCAL_PATH, of LOCAL_LEN bytes, is the path of the listening
   socket.  */
void peer_begin (struct peer *peer, int fd, socklen_t len, bool is_cloexec,
                 char const *local_path, size_t local_len);

/* Record that the client has passed the limits, and that its uid has NUMBER
   connections, including this one.  */
void peer_admit (struct peer *peer, size_t number);

/* Return true if there is a connection.  */
bool peer_is_open (struct peer const *peer);

/* These functions return 0, or -1 with errno set.  */

/* Make the connection close-on-exec.  */
int peer_set_cloexec (struct peer *peer);

/* Get the client's credentials from the kernel.  */
int peer_identify (struct peer *peer);

/* Get the client's groups, label and process from the kernel.  What the kernel
   does not know is left out.  The only failure is a shortage.  */
int peer_ask_details (struct peer *peer);

/* A child has or had the connection: close our descriptors of it and of the
   client's process.  If the child may have ended, CLOSER is used for that, and
   otherwise it is null.  The result is as for linger_close.  */
long long int peer_let_go (struct peer *peer, struct closer *closer);

/* Close the connection, if there is one, with CLOSER, and the descriptor of
   the client's process.  The result is as for closer_close.  */
long long int peer_close (struct peer *peer, struct closer *closer);

#endif /* PEER_H */
