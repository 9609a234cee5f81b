/* rulekeys.h -- the names of the rules for a client, in their order.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef RULEKEYS_H
#define RULEKEYS_H

#include "base/system.h"

#include <stdint.h>

#include "intprops.h"

/* Room for a key.  */
enum { RULEKEYS_SIZE = sizeof "uid/" + INT_BUFSIZE_BOUND (uintmax_t) };

/* What a name is for: the uid ID, the gid ID, or every client.  */
enum rulekeys_kind
{
  RULEKEYS_UID,
  RULEKEYS_GID,
  RULEKEYS_DEFAULT
};

/* Of whom it is decided, for whom, and how far.  */
struct rulekeys
{
  uid_t uid;
  gid_t gid;
  /* "self".  */
  uid_t own_uid;
  gid_t own_gid;
  /* The client's other groups, in ascending order; see rulekeys_sort.  */
  gid_t const *groups;
  size_t group_count;
  /* 0 at first.  */
  int step;
  size_t group;
  /* Which of the client's ids the last name was for.  */
  enum rulekeys_kind kind;
  uintmax_t id;
};

/* Put the COUNT ids of GROUPS into ascending order.  */
void rulekeys_sort (gid_t *groups, size_t count);

/* Store in KEY the next of these names, the first one at first:

     uid/self   if the client's uid is our own
     uid/N
     gid/self   if the client's gid is our own
     gid/N
     gid/self and gid/N likewise for each other group
     uid/default

   Store in KEYS->kind and KEYS->id what the name is for.  Return
   false if there is none after the last.  */
bool rulekeys_next (struct rulekeys *keys, char key[RULEKEYS_SIZE]);

#endif /* RULEKEYS_H */
