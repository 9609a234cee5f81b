/* childenv.c -- the environment of a program that serves a client.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/childenv.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/address.h"
#include "base/envlist.h"
#include "base/number.h"
#include "intprops.h"
#include "inttostr.h"
#include "peer/peergroups.h"

enum variable
{
  LOCALPATH,
  REMOTEEUID,
  REMOTEEGID,
  REMOTEPATH,
  REMOTEPID,
  REMOTEPIDFD,
  REMOTEGROUPS,
  REMOTELABEL,
  CONNNUM,
  VARIABLES
};

static char const *const names[VARIABLES] =
{
  [LOCALPATH] = "LOCALPATH",
  [REMOTEEUID] = "REMOTEEUID",
  [REMOTEEGID] = "REMOTEEGID",
  [REMOTEPATH] = "REMOTEPATH",
  [REMOTEPID] = "REMOTEPID",
  [REMOTEPIDFD] = "REMOTEPIDFD",
  [REMOTEGROUPS] = "REMOTEGROUPS",
  [REMOTELABEL] = "REMOTELABEL",
  [CONNNUM] = "CONNNUM"
};

/* The string "NAME=VALUE", and where VALUE begins in it.  */
struct assignment
{
  char *text;
  char *value;
};

/* The environment of the children of one lane.  */
struct environment
{
  struct envlist list;
  struct assignment assignments[VARIABLES];
  /* The variables set for the present client.  */
  char *made[VARIABLES];
  size_t count;
};

struct childenv
{
  struct childenv_style const *style;
  struct environment *lanes;
};

/* Set VARIABLE to the LEN bytes of VALUE.  */
static void
set (struct environment *env, enum variable variable, char const *value,
     size_t len)
{
  struct assignment *a = &env->assignments[variable];
  memcpy (a->value, value, len);
  a->value[len] = '\0';
  env->made[env->count++] = a->text;
}

/* Set VARIABLE to the number VALUE.  */
static void
set_number (struct environment *env, enum variable variable, uintmax_t value)
{
  char text[INT_BUFSIZE_BOUND (uintmax_t)];
  char const *digits = umaxtostr (value, text);
  set (env, variable, digits, text + sizeof text - 1 - digits);
}

/* Allocate in *A a variable whose name is PREFIX followed by NAME, with room
   for a value of MAX bytes, and remove all variables of that name from LIST.
   Return false if out of memory.  */
static bool
make_assignment (struct envlist *list, struct assignment *a,
                 char const *prefix, char const *name, size_t max)
{
  size_t len = strlen (prefix) + strlen (name);

  a->text = malloc (len + 1 + max + 1);
  if (! a->text)
    return false;
  strcpy (stpcpy (a->text, prefix), name);
  envlist_unset (list, a->text);
  strcpy (a->text + len, "=");
  a->value = a->text + len + 1;
  return true;
}

/* Return true if programs of STYLE get VARIABLE.  */
static bool
has_variable (struct childenv_style const *style, enum variable variable)
{
  switch (variable)
    {
    case LOCALPATH:
      return style->has_local_path;
    case CONNNUM:
      return style->has_number;
    default:
      return true;
    }
}

/* Remove the variables that are meant for the server, and those of
   WITHHELD.  */
static void
remove_variables (struct envlist *list, char const *const *withheld)
{
  static char const *const never[] =
    {
      "LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "LISTEN_PIDFDID",
      "NOTIFY_SOCKET"
    };
  for (size_t i = 0; i < sizeof never / sizeof *never; i++)
    envlist_unset (list, never[i]);
  for (; *withheld; withheld++)
    envlist_unset (list, *withheld);
}

/* Return the greatest length of a value of VARIABLE.  */
static size_t
value_max (enum variable variable, size_t local_path_max, bool has_info)
{
  switch (variable)
    {
    case LOCALPATH:
      return local_path_max;
    case REMOTEGROUPS:
      return has_info ? (PEER_GROUPS_MAX
                         * INT_BUFSIZE_BOUND (uintmax_t)) : 0;
    case REMOTELABEL:
      return has_info ? PEER_LABEL_MAX : 0;
    case REMOTEPATH:
      return sizeof (union peer_address);
    default:
      return INT_BUFSIZE_BOUND (uintmax_t);
    }
}

/* Set REMOTEGROUPS to the COUNT ids in LIST.  */
static void
set_groups (struct environment *env, gid_t const *list, size_t count)
{
  struct assignment *a = &env->assignments[REMOTEGROUPS];

  number_format_gidlist (a->value, list, count);
  env->made[env->count++] = a->text;
}

/* Allocate each variable of STYLE in LANE.  Return false if out of memory.  */
static bool
make_assignments (struct environment *lane, struct childenv_style const *style,
                  size_t local_path_max, bool has_info)
{
  for (enum variable i = 0; i < VARIABLES; i++)
    if (has_variable (style, i)
        && ! make_assignment (&lane->list, &lane->assignments[i],
                              style->protocol, names[i],
                              value_max (i, local_path_max, has_info)))
      return false;
  return true;
}

struct childenv *
childenv_new (struct childenv_style const *style, char **variables,
              char const *const *withheld, size_t local_path_max,
              bool has_info, size_t lanes)
{
  struct childenv *env = calloc (1, sizeof *env);
  struct environment *first = calloc (lanes, sizeof *first);
  struct assignment proto;

  if (! env || ! first
      || envlist_init (&first->list, variables, VARIABLES) != 0)
    return NULL;
  env->style = style;
  env->lanes = first;
  remove_variables (&first->list, withheld);
  if (! make_assignments (first, style, local_path_max, has_info)
      || ! make_assignment (&first->list, &proto, "PROTO", "",
                            strlen (style->protocol)))
    return NULL;
  strcpy (proto.value, style->protocol);
  if (envlist_set (&first->list, proto.text) != 0)
    return NULL;
  for (size_t i = 1; i < lanes; i++)
    if (envlist_copy (&env->lanes[i].list, &first->list) != 0
        || ! make_assignments (&env->lanes[i], style, local_path_max,
                               has_info))
      return NULL;
  return env;
}

char **
childenv_for (struct childenv *environments, size_t lane,
              struct peer const *peer)
{
  struct childenv_style const *style = environments->style;
  struct environment *env = &environments->lanes[lane];

  env->count = 0;
  if (style->has_local_path && peer->local_path_len != 0)
    set (env, LOCALPATH, peer->local_path, peer->local_path_len);
  if (style->has_empty_path || peer->path_len != 0)
    set (env, REMOTEPATH, peer->path, peer->path_len);
  if (peer->known)
    {
      set_number (env, REMOTEEUID, peer->cred.uid);
      set_number (env, REMOTEEGID, peer->cred.gid);
      if (peer->cred.pid != 0)
        set_number (env, REMOTEPID, peer->cred.pid);
    }
  if (0 <= peer->pidfd)
    set_number (env, REMOTEPIDFD, peer->pidfd);
  if (peer->has_groups)
    set_groups (env, peer->groups, peer->group_count);
  if (peer->label_len != 0)
    set (env, REMOTELABEL, peer->label, peer->label_len);
  if (style->has_number && peer->known)
    set_number (env, CONNNUM, peer->number);
  else if (style->has_number)
    set (env, CONNNUM, "", 0);
  return envlist_with (&env->list, env->made, env->count);
}
