/* remote.h -- a client as its variables in the environment describe it.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef REMOTE_H
#define REMOTE_H

#include "base/envlist.h"

/* A client, that is, the remote end of a connection.  */
struct remote
{
  /* The value of PROTO, with which the names of its variables begin, or NULL
     if there is no client.  */
  char const *protocol;
  uid_t uid;
  gid_t gid;
  /* Its supplementary groups, if they are known.  */
  gid_t *groups;
  size_t group_count;
  /* The members below are for remote_describe: the client's path, or "" if it
     has none; its process id, or 0 if that is unknown; and its groups as
     remote_format_groups writes them, or NULL.  */
  char const *path;
  pid_t pid;
  char *groups_text;
};

/* Return the protocol called NAME ("IPC"), one of those that remote_describe
   knows, or the first of them if NAME is NULL.  Return NULL if it is
   unknown.  */
char const *remote_protocol (char const *name);

/* Set REMOTE->groups_text to REMOTE's groups, unless they are so many that no
   server would pass them on in a variable.  Return 0, or -1 with errno
   ENOMEM.  */
int remote_format_groups (struct remote *remote);

/* Set the variables of REMOTE's protocol in ENV, as a server with this
   protocol would have set them.  Remove all other variables, of each protocol,
   that describe a client or its connection.  Return 0, or -1 with errno
   ENOMEM.  */
int remote_describe (struct remote const *remote, struct envlist *env);

/* Set REMOTE's variable for the local path of the connection to PATH.  Return
   0, or -1 with errno ENOMEM.  */
int remote_set_local_path (struct remote const *remote, struct envlist *env,
                           char const *path);

/* Remove PROTO and all variables of REMOTE's protocol from ENV.  Return 0, or
   -1 with errno ENOMEM.  */
int remote_remove (struct remote const *remote, struct envlist *env);

#endif /* REMOTE_H */
