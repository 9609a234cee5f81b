/* remote.c -- a client as its variables in the environment describe it.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "access/remote.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "intprops.h"
#include "peer/peergroups.h"

static char const *const protocols[] = { "IPC", "UNIX" };
enum { PROTOCOLS = sizeof protocols / sizeof *protocols };

/* What follows the protocol in the names of the variables.  */
static char const local_path[] = "LOCALPATH";
static char const *const names[] =
{
  local_path, "REMOTEEUID", "REMOTEEGID", "REMOTEPATH", "REMOTEPID",
  "REMOTEPIDFD", "REMOTEGROUPS", "REMOTELABEL", "CONNNUM"
};

char const *
remote_protocol (char const *name)
{
  if (! name)
    return protocols[0];
  for (int i = 0; i < PROTOCOLS; i++)
    if (strcmp (name, protocols[i]) == 0)
      return protocols[i];
  return NULL;
}

int
remote_format_groups (struct remote *remote)
{
  if (PEER_GROUPS_MAX < remote->group_count)
    return 0;
  remote->groups_text = reallocarray (NULL, remote->group_count + 1,
                                      INT_BUFSIZE_BOUND (uintmax_t));
  if (! remote->groups_text)
    return -1;
  number_format_gidlist (remote->groups_text, remote->groups,
                         remote->group_count);
  return 0;
}

/* Remove the variables of PROTOCOL from ENV.  Return 0, or -1 with errno
   ENOMEM.  */
static int
remove_variables (char const *protocol, struct envlist *env)
{
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (envlist_assign (env, protocol, names[i], NULL) != 0)
      return -1;
  return 0;
}

int
remote_describe (struct remote const *remote, struct envlist *env)
{
  char const *protocol = remote->protocol;

  for (int i = 0; i < PROTOCOLS; i++)
    if (remove_variables (protocols[i], env) != 0)
      return -1;
  if (envlist_assign (env, "", "PROTO", protocol) != 0
      || envlist_assign_number (env, protocol, "REMOTEEUID", remote->uid) != 0
      || envlist_assign_number (env, protocol, "REMOTEEGID", remote->gid) != 0
      || (remote->pid != 0
          && envlist_assign_number (env, protocol, "REMOTEPID",
                                    remote->pid) != 0))
    return -1;
  /* As with the servers, a client without a path has an empty one in the
     variables of IPC, and none in those of UNIX.  */
  if ((*remote->path != '\0' || protocol == protocols[0])
      && envlist_assign (env, protocol, "REMOTEPATH", remote->path) != 0)
    return -1;
  return envlist_assign (env, protocol, "REMOTEGROUPS", remote->groups_text);
}

int
remote_set_local_path (struct remote const *remote, struct envlist *env,
                       char const *path)
{
  return envlist_assign (env, remote->protocol, local_path, path);
}

int
remote_remove (struct remote const *remote, struct envlist *env)
{
  envlist_unset (env, "PROTO");
  return remove_variables (remote->protocol, env);
}
