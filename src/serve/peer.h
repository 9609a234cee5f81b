/* peer.h -- an accepted connection, and what the kernel says of its client.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PEER_H
#define PEER_H

#include "base/address.h"
#include "peer/peercred.h"
#include "serve/linger.h"

/* How much of a client's groups and label is asked for.  More would not fit
   into the environment that a system passes on.  */
enum
{
  PEER_GROUPS_MAX = 8192,
  PEER_LABEL_MAX = 4096
};

/* A client, from accept until its program has the connection.  The functions
   below fill in one part each; each does nothing if its part is filled in, so
   a caller that has to wait can begin again from the first.  */
struct peer
{
  /* The connection, or -1 if there is none.  */
  int fd;
  /* The path of the listening socket; not ours to free.  A length of 0: it is
     unknown.  */
  char const *local_path;
  size_t local_path_len;
  /* The client's address, and the path in it.  */
  union peer_address address;
  char const *path;
  size_t path_len;
  /* True if the connection is close-on-exec.  */
  bool is_cloexec;
  /* Whether CRED is known.  */
  bool known;
  struct peercred cred;
  /* True if the client has been counted by the limits.  */
  bool admitted;
  /* How many connections its uid has, with this one.  */
  size_t number;
  /* True if the kernel has been asked for what follows.  */
  bool has_details;
  bool has_groups;
  gid_t *groups;
  size_t group_count;
  /* The security label.  A length of 0: unknown.  */
  char label[PEER_LABEL_MAX];
  size_t label_len;
  /* A descriptor of the client's process, close-on-exec, or -1.  */
  int pidfd;
};

/* Set up *PEER, all zero before, without a connection, and with memory for
   groups if WANTS_DETAILS.  Return 0, or -1 with errno ENOMEM.  */
int peer_init (struct peer *peer, bool wants_details);

/* Let PEER be the connection FD, which is closed by peer_close.  Its client's
   address, of LEN bytes, is in PEER->address.  */
void peer_begin (struct peer *peer, int fd, socklen_t len, bool is_cloexec);

/* Whether there is a connection.  */
bool peer_is_here (struct peer const *peer);

/* These return 0, or -1 with errno set.  */

/* Make the connection close-on-exec.  */
int peer_set_cloexec (struct peer *peer);

/* Ask the kernel for the credentials of the client.  */
int peer_identify (struct peer *peer);

/* Ask the kernel for groups, label and process.  What it does not know is left
   out.  Only a shortage is a failure.  */
int peer_ask_details (struct peer *peer);

/* Close the connection, if there is one, and what belongs to it.  RISK and the
   result are as for linger_close.  */
long long int peer_close (struct peer *peer, enum linger_risk risk);

#endif /* PEER_H */
