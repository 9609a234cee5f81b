/* create.c -- making the socket and its file, or exiting with the reason.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "sockfile/create.h"

#include <string.h>

#include "base/address.h"
#include "base/fd.h"
#include "base/log.h"
#include "sockfile/boundfile.h"
#include "sockfile/occupant.h"
#include "sockfile/owner.h"

/* Set OPTION of LISTENER to ON if WANTED.  */
static void
set_option (struct listener const *listener, bool wanted,
            enum listener_option option, bool on)
{
  if (wanted && listener_set (listener, option, on) != 0)
    die (EXIT_SYSTEM, errno, "unable to %s %s on the socket",
         on ? "set" : "clear", listener_option_name (option));
}

void
create_socket (struct endpoint *endpoint,
               struct sockfile_options const *options)
{
  struct listener *listener = &endpoint->listener;

  endpoint_init (endpoint, options->path);
  if (listener_open (listener) != 0)
    die (EXIT_SYSTEM, errno, "unable to make a socket");
  set_option (listener, options->pass_credentials,
              LISTENER_PASS_CREDENTIALS, true);
  set_option (listener, options->pass_security, LISTENER_PASS_SECURITY, true);
  set_option (listener, options->pass_pidfd, LISTENER_PASS_PIDFD, true);
  set_option (listener, options->no_pass_rights, LISTENER_PASS_RIGHTS, false);
}

/* Bind the socket to the path, or to the name of WHERE in its directory if
   BY_NAME, and find the file that was made.  */
static void
bind_to (struct endpoint *endpoint, mode_t mode, struct entry const *where,
         bool by_name)
{
  struct listener *listener = &endpoint->listener;

  if ((by_name ? listener_bind_in (listener, where, mode)
       : listener_bind (listener, endpoint->path, mode)) != 0
      || listener_identify (listener, boundfile_open (listener->fd),
                            where) != 0)
    endpoint_give_up (endpoint, "bind to");
}

/* Let clients connect.  Owner and mode are final.  */
static void
start_listening (struct endpoint *endpoint, struct sockfile_options const *o)
{
  if (! o->is_client
      && listener_listen (&endpoint->listener, o->backlog) != 0)
    endpoint_give_up (endpoint, "listen on");
}

/* Make the socket in the private directory, let it listen, and then move it to
   the path in one step.  */
static void
create_staged (struct endpoint *endpoint, struct sockfile_options const *o)
{
  struct entry const *where = &endpoint->stage.inside;
  struct owner_plan plan = owner_plan (o, where, false);

  bind_to (endpoint, plan.first, where, true);
  owner_set (endpoint, o, &plan);
  start_listening (endpoint, o);
  occupant_replace (endpoint, o);
  /* Clients may have connected, so it is too late to give up if this fails.
     The failure is noted for a warning.  */
  endpoint_unstage (endpoint);
}

/* Remove the file at the path, and make the socket there.  BY_NAME: the path
   is too long for an address.  */
static void
create_in_place (struct endpoint *endpoint, struct sockfile_options const *o,
                 bool by_name)
{
  struct entry *entry = &endpoint->entry;
  struct listener *listener = &endpoint->listener;

  occupant_remove (endpoint, o);
  if (entry->shared && listener_can_mark (entry->dir))
    {
      listener_mark (listener);
      /* The private directory tells other processes why the socket has mode 0.
         Go on without it if somebody prevents it.  */
      endpoint_stage (endpoint, false);
    }
  struct owner_plan plan = owner_plan (o, entry, listener->marked);
  bind_to (endpoint, plan.first, entry, by_name);
  owner_set (endpoint, o, &plan);
  if (endpoint_unstage (endpoint) != 0)
    {
      int errnum = errno;
      endpoint_undo_and_report (endpoint);
      die (EXIT_SYSTEM, errnum,
           "unable to remove the private directory %s beside %s",
           endpoint->stage.name, quoteaf (endpoint->path));
    }
  start_listening (endpoint, o);
}

/* Make the socket at a path.  */
static void
create_at_path (struct endpoint *endpoint, struct sockfile_options const *o)
{
  bool is_long = ADDRESS_PATH_MAX < strlen (o->path);

  if (is_long && ! o->long_path)
    {
      endpoint_undo_and_report (endpoint);
      die (EXIT_SYSTEM, ENAMETOOLONG, "unable to bind to %s, %zu bytes long"
           " where the limit is %zu without --long-path", quoteaf (o->path),
           strlen (o->path), ADDRESS_PATH_MAX);
    }
  if (endpoint_find_entry (endpoint) != 0)
    endpoint_give_up (endpoint, "bind to");
  stagedir_set_wait (&endpoint->stage, &endpoint->mask, o->stops);
  if (is_long && endpoint->entry.dir == FD_CWD)
    {
      errno = EACCES;
      endpoint_give_up (endpoint, "bind to");
    }

  /* If even the last component is too long for an address, make the socket
     under the short name that it has in the private directory.  */
  bool staged = (o->replace == REPLACE_LIVE
                 || ADDRESS_PATH_MAX < strlen (endpoint->entry.name));
  if (staged || o->replace == REPLACE_STALE
      || stagedir_has_leftover (&endpoint->stage))
    endpoint_stage (endpoint, true);
  if (staged)
    create_staged (endpoint, o);
  else
    create_in_place (endpoint, o, is_long);
}

/* Make the socket with an abstract name.  */
static void
create_abstract (struct endpoint *endpoint, struct sockfile_options const *o)
{
  if (ADDRESS_PATH_MAX < strlen (o->path))
    {
      endpoint_undo_and_report (endpoint);
      die (EXIT_SYSTEM, ENAMETOOLONG, "unable to bind to the abstract name %s,"
           " %zu bytes long where the limit is %zu", quoteaf (o->path),
           strlen (o->path), ADDRESS_PATH_MAX);
    }
  if (listener_bind_abstract (&endpoint->listener, o->path) != 0)
    endpoint_give_up (endpoint, "bind to the abstract name");
  if (listener_listen (&endpoint->listener, o->backlog) != 0)
    endpoint_give_up (endpoint, "listen on the abstract name");
}

void
create_file (struct endpoint *endpoint,
             struct sockfile_options const *options)
{
  /* A signal that ended the process between two of these steps would leave
     files behind.  */
  endpoint_block_signals (endpoint);
  if (options->abstract)
    create_abstract (endpoint, options);
  else
    create_at_path (endpoint, options);
  if (endpoint_is_dying (endpoint))
    {
      /* Unblocking the signal ends the process, unless it is process 1 of a
         namespace, which the kernel spares.  */
      endpoint_undo_and_report (endpoint);
      die (EXIT_SYSTEM, EINTR, "unable to make the socket %s",
           quoteaf (endpoint->path));
    }
  if (! options->is_client && ! options->keeps_signals)
    endpoint_unblock_signals (endpoint);
  endpoint_report (endpoint);
}
