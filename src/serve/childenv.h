/* childenv.h -- the environment of a program that serves a client.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CHILDENV_H
#define CHILDENV_H

#include "serve/peer.h"

/* The conventions for names and values of variables.  */
struct childenv_style
{
  /* The value of PROTO, and the prefix of all other names.  */
  char const *protocol;
  /* True if REMOTEPATH is empty, rather than unset, for a client without a
     path.  */
  bool has_empty_path;
  /* True if CONNNUM is set; it is empty if the client's uid is unknown.  */
  bool has_number;
  /* True if LOCALPATH is set.  */
  bool has_local_path;
};

struct childenv;

/* Make LANES environments in STYLE from VARIABLES.  These variables are
   removed: those whose names are in WITHHELD, which ends with NULL; those
   meant for a server, such as LISTEN_FDS; and those that STYLE sets.
   LOCAL_PATH_MAX is the length of the longest path of a listening socket.
   There is room for groups and label only if HAS_INFO.  VARIABLES must outlive
   the result.  Return NULL with errno ENOMEM on failure.  Nothing is allocated
   afterwards.  */
struct childenv *childenv_new (struct childenv_style const *style,
                               char **variables,
                               char const *const *withheld,
                               size_t local_path_max, bool has_info,
                               size_t lanes);

/* Return the environment of LANE with the variables for the client of PEER.
   It is valid until the next call with the same LANE.  */
char **childenv_for (struct childenv *env, size_t lane,
                     struct peer const *peer);

#endif /* CHILDENV_H */
