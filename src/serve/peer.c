/* peer.c -- an accepted connection, and what the kernel says of its client.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/peer.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/errors.h"
#include "cloexec.h"
#include "peer/peergroups.h"
#include "peer/peerinfo.h"
#include "serve/linger.h"

int
peer_init (struct peer *peer, bool wants_details)
{
  peer->fd = peer->pidfd = -1;
  if (! wants_details)
    return 0;
  peer->groups = reallocarray (NULL, PEER_GROUPS_MAX, sizeof *peer->groups);
  return peer->groups ? 0 : -1;
}

void
peer_begin (struct peer *peer, int fd, socklen_t len, bool is_cloexec,
            char const *local_path, size_t local_len)
{
  peer->fd = fd;
  peer->local_path = local_path;
  peer->local_path_len = local_len;
  peer->path = address_peer_path (&peer->address, len, &peer->path_len);
  peer->is_cloexec = is_cloexec;
  peer->known = peer->admitted = peer->has_details = false;
}

void
peer_admit (struct peer *peer, size_t number)
{
  peer->admitted = true;
  peer->number = number;
}

bool
peer_is_open (struct peer const *peer)
{
  return 0 <= peer->fd;
}

int
peer_set_cloexec (struct peer *peer)
{
  if (! peer->is_cloexec)
    peer->is_cloexec = set_cloexec_flag (peer->fd, true) == 0;
  return peer->is_cloexec ? 0 : -1;
}

int
peer_identify (struct peer *peer)
{
  if (! peer->known)
    peer->known = peercred_get (peer->fd, &peer->cred) == 0;
  return peer->known ? 0 : -1;
}

int
peer_ask_details (struct peer *peer)
{
  if (peer->has_details)
    return 0;
  peer->has_groups = peergroups_get (peer->fd, peer->groups, PEER_GROUPS_MAX,
                                     &peer->group_count) == 0;
  if (! peer->has_groups && is_shortage (errno))
    return -1;
  peer->label_len = 0;
  if (peerinfo_label (peer->fd, peer->label, sizeof peer->label,
                      &peer->label_len) != 0
      && is_shortage (errno))
    return -1;
  peer->pidfd = peerinfo_pidfd (peer->fd);
  if (peer->pidfd < 0 && is_shortage (errno))
    return -1;
  peer->has_details = true;
  return 0;
}

/* Close everything but the connection.  */
static void
forget (struct peer *peer)
{
  if (0 <= peer->pidfd)
    close (peer->pidfd);
  peer->fd = peer->pidfd = -1;
}

long long int
peer_let_go (struct peer *peer, struct closer *closer)
{
  long long int ms = (closer ? closer_leave (closer, peer->fd)
                      : linger_close (peer->fd, LINGER_UNLIKELY));
  forget (peer);
  return ms;
}

long long int
peer_close (struct peer *peer, struct closer *closer)
{
  long long int ms = 0;
  if (0 <= peer->fd)
    ms = closer_close (closer, peer->fd);
  forget (peer);
  return ms;
}
