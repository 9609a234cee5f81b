/* childenv.h -- the environment of a program that serves a client.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CHILDENV_H
#define CHILDENV_H

#include "serve/peer.h"

/* Whose conventions the variables follow.  */
struct childenv_style
{
  /* The value of PROTO, and what the names of the others begin with.  */
  char const *protocol;
  /* Whether REMOTEPATH is empty, rather than unset, for a client without a
     path.  */
  bool has_empty_path;
  /* Whether there is CONNNUM, empty for an unknown client.  */
  bool has_number;
  /* Whether there is LOCALPATH.  */
  bool has_local_path;
};

/* Write the COUNT ids of LIST to TEXT, separated by commas.  TEXT has room for
   INT_BUFSIZE_BOUND (uintmax_t) bytes for each id, and for one byte if there
   is none.  */
void childenv_write_groups (char *text, gid_t const *list, size_t count);

struct childenv;

/* Make environments in STYLE from VARIABLES, which must outlive the result,
   without those called as in WITHHELD, which ends with NULL, those that are
   meant for a server, and all that are called like one of STYLE's.  No path of
   a server's end is longer than LOCAL_PATH_MAX.  There is room for groups and
   label only if HAS_INFO.  LANES environments can be in use at a time.  Return
   NULL with errno ENOMEM on failure.  Nothing is allocated afterwards.  */
struct childenv *childenv_new (struct childenv_style const *style,
                               char **variables,
                               char const *const *withheld,
                               size_t local_path_max, bool has_info,
                               size_t lanes);

/* The environment in which the client of PEER is served.  Valid until the next
   call for the same LANE.  */
char **childenv_for (struct childenv *env, size_t lane,
                     struct peer const *peer);

#endif /* CHILDENV_H */
