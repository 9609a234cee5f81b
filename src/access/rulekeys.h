/* rulekeys.h -- the keys of the rules to try for a client, in order.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef RULEKEYS_H
#define RULEKEYS_H

#include "base/system.h"

#include <stdint.h>

#include "intprops.h"

/* Room for a key.  */
enum { RULEKEYS_SIZE = sizeof "uid/" + INT_BUFSIZE_BOUND (uintmax_t) };

/* Which clients a key is for: those with the uid ID, those with the gid ID, or
   all.  */
enum rulekeys_kind
{
  RULEKEYS_UID,
  RULEKEYS_GID,
  RULEKEYS_DEFAULT
};

/* An iterator over the keys for one client.  The caller sets UID, GID,
   OWN_UID, OWN_GID, GROUPS and GROUP_COUNT, and all other members to 0.  */
struct rulekeys
{
  uid_t uid;
  gid_t gid;
  /* Our own ids, which "self" stands for.  */
  uid_t own_uid;
  gid_t own_gid;
  /* The supplementary groups of the client, in ascending order; see
     rulekeys_sort.  */
  gid_t const *groups;
  size_t group_count;
  /* The next state and group.  */
  int step;
  size_t group;
  /* Which clients the last key was for.  ID has no meaning for
     RULEKEYS_DEFAULT.  */
  enum rulekeys_kind kind;
  uintmax_t id;
};

/* Put the COUNT ids of GROUPS into ascending order.  */
void rulekeys_sort (gid_t *groups, size_t count);

/* Store the next key in KEY.  The keys, in their order, are:

     uid/self   if the client's uid is our own
     uid/N
     gid/self   if the client's gid is our own
     gid/N
     gid/self and gid/N likewise for each other group
     uid/default

   Store in KEYS->kind and KEYS->id which clients the key is for.  Return false
   after the last key.  */
bool rulekeys_next (struct rulekeys *keys, char key[RULEKEYS_SIZE]);

#endif /* RULEKEYS_H */
