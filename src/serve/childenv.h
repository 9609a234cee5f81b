/* childenv.h -- the environment of a program that serves a client.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CHILDENV_H
#define CHILDENV_H

#include "base/system.h"

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

/* What is known of a client.  */
struct childenv_client
{
  /* The path of the server's end and that of the client's.  A LENgth of 0:
     it has none.  */
  char const *local_path;
  size_t local_path_len;
  char const *path;
  size_t path_len;
  /* Whether what follows is known; PID may still be 0.  */
  bool known;
  uid_t uid;
  gid_t gid;
  pid_t pid;
  /* How many connections the client's uid has with this one.  */
  size_t number;
  /* Its groups; NULL: unknown.  */
  gid_t const *groups;
  size_t group_count;
  /* Its security label.  A length of 0: unknown.  */
  char const *label;
  size_t label_len;
  /* A descriptor of its process, or -1.  */
  int pidfd;
};

/* What of a client can be put into the environment, which must not be longer
   than a system will pass on.  */
enum
{
  CHILDENV_GROUPS_MAX = 8192,
  CHILDENV_LABEL_MAX = 4096
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

/* The environment in which *CLIENT is served.  Valid until the next call for
   the same LANE.  */
char **childenv_for (struct childenv *env, size_t lane,
                     struct childenv_client const *client);

#endif /* CHILDENV_H */
