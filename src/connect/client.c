/* client.c -- connect, and execute the next program: shared by the clients.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "connect/client.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/address.h"
#include "base/clock.h"
#include "base/envlist.h"
#include "base/fd.h"
#include "base/idmap.h"
#include "base/log.h"
#include "connect/connector.h"
#include "intprops.h"
#include "peer/peercred.h"
#include "sockfile/create.h"
#include "sockfile/probe.h"
#include "spawn/chain.h"
#include "xalloc.h"

enum
{
  /* The descriptors of the connection, by convention of UCSPI.  */
  FD_READ = 6,
  FD_WRITE = 7,
  TIMEOUT_MAX = 1000000,
  /* How often to check for pending signals while they are blocked, in
     milliseconds.  */
  SLICE = 100
};

/* The state of a client while it connects.  */
struct attempt
{
  struct client_options const *options;
  /* The socket, which is bound if there is a local path.  */
  struct endpoint endpoint;
  bool is_bound;
  /* True if connect was called, so that there may be a connection.  */
  bool has_tried;
  /* As in struct connector.  */
  bool is_stuck;
  /* The server's credentials if KNOWN; otherwise the errno value that says why
     they are unknown.  */
  bool known;
  struct peercred server;
  int unknown_errno;
};

bool
client_option (struct client_options *options, int c, char const *arg)
{
  switch (c)
    {
    case CLIENT_LOCAL_PATH:
      if (*arg == '\0')
        cli_usage ("%s: the path is empty", cli_this ());
      options->local_path = arg;
      break;
    case CLIENT_TIMEOUT:
      options->timeout = cli_number_from (cli_this (), arg, 10, 1,
                                          TIMEOUT_MAX);
      break;
    case CLIENT_EXPECT_UID:
      options->expected_uid = cli_uid ("option --expect-uid", arg, 10,
                                       "--expect-user=*");
      break;
    case CLIENT_EXPECT_USER:
      options->expected_user = arg;
      break;
    case CLIENT_LONG_PATH:
      options->long_path = true;
      break;
    case CLIENT_ABSTRACT:
      options->abstract = true;
      break;
    default:
      return false;
    }
  return true;
}

void
client_check_options (struct client_options *options)
{
  if (options->expected_user && options->expected_uid != (uid_t) -1)
    cli_usage ("options --expect-uid and --expect-user exclude each other");
  if (options->abstract && options->long_path && ! options->local_path)
    cli_usage ("option --abstract excludes --long-path");
  if (options->expected_user)
    options->expected_uid = cli_user ("option --expect-user",
                                      options->expected_user, "--expect-uid");
}

char **
client_operands (struct client_options *options, char **argv)
{
  options->path = cli_path (argv);
  client_check_options (options);
  return argv + optind;
}

/* Create the socket and move it to descriptors 6 and 7.  This comes first,
   because it closes whatever had these numbers.  */
static void
make_socket (struct attempt *a, struct sockfile_options const *local)
{
  create_socket (&a->endpoint, local);
  if (chain_place (a->endpoint.listener.fd, FD_READ) != 0)
    die (EXIT_SYSTEM, errno, "unable to move the socket to descriptor %d",
         FD_READ);
  if (fd_dup_to (FD_READ, FD_WRITE) < 0)
    die (EXIT_SYSTEM, errno, "unable to move the socket to descriptor %d",
         FD_WRITE);
  listener_set_fd (&a->endpoint.listener, FD_READ);
}

/* The attempt whose socket file must be removed if a signal ends the
   process.  */
static struct attempt const *guarded;

/* Return true if a signal is pending that will end the process when it is
   unblocked.  */
static bool
is_dying (void)
{
  return endpoint_is_dying (&guarded->endpoint);
}

/* If there is a local path, bind the socket to it; from then on, all signals
   are blocked.  */
static void
bind_socket (struct attempt *a, struct sockfile_options const *local)
{
  if (! local->path)
    return;
  /* create_file may log a line while signals are blocked, and standard error
     may be a full pipe. is_dying needs the signal mask as it was before.  */
  endpoint_note_signals (&a->endpoint);
  guarded = a;
  log_wait_unless (is_dying);
  create_file (&a->endpoint, local);
  a->is_bound = true;
}

/* Remove the socket file, if there is one, and unblock signals.  The caller
   then logs the reason.  */
static void
undo_and_report (struct attempt *a)
{
  if (a->is_bound)
    {
      endpoint_undo (&a->endpoint);
      endpoint_unblock_signals (&a->endpoint);
      endpoint_warn_of_left (&a->endpoint);
    }
}

/* Set up CONNECTOR for the server's path or name, or exit.  */
static void
find_server (struct attempt *a, struct connector *connector)
{
  struct client_options const *o = a->options;
  size_t len = strlen (o->path);

  if (o->abstract ? connector_find_abstract (connector, o->path) == 0
      : len <= ADDRESS_PATH_MAX ? connector_find (connector, o->path) == 0
      : o->long_path && connector_find_long (connector, o->path) == 0)
    return;
  if (ADDRESS_PATH_MAX < len && (o->abstract || ! o->long_path))
    die (EXIT_SYSTEM, ENAMETOOLONG, "unable to connect to %s, %zu bytes long"
         " where the limit is %zu%s", quoteaf (o->path), len, ADDRESS_PATH_MAX,
         o->abstract ? "" : " without --long-path");
  die (EXIT_SYSTEM, errno, "unable to connect to %s", quoteaf (o->path));
}

/* Return an explanation of ERRNUM, with which connect has failed, or "".  */
static char const *
explanation (struct attempt const *a, int errnum)
{
  struct client_options const *o = a->options;
  struct stat st;

  if (o->abstract)
    return errnum == ECONNREFUSED ? ", which no process listens on" : "";
  /* For a file that is not a socket, Linux returns ECONNREFUSED, the BSDs and
     illumos ENOTSOCK, Haiku EINVAL, and Cygwin EBADF.  */
  if (errnum != EACCES && stat (o->path, &st) == 0 && ! S_ISSOCK (st.st_mode))
    return ", which is not a socket";
  /* On the BSDs, macOS and illumos this is also the error for a full
     backlog.  */
  if (errnum == ECONNREFUSED && stat (o->path, &st) == 0)
    return (probe_path (-1, o->path) == PROBE_SOMEBODY
            ? ", a socket that does not listen or has no room for clients"
            : ", a socket that no process listens on");
  if (errnum == EACCES && a->is_stuck)
    return " (with --long-path this needs a working directory that can be"
      " opened)";
  if (errnum == EACCES)
    return " (this needs write permission on it, and search permission on"
      " its directories)";
  if (errnum == EPROTOTYPE)
    return ", which is not a stream socket";
  return "";
}

/* Remove the socket file, log that connect has failed with ERRNUM, and
   exit.  */
static _Noreturn void
give_up (struct attempt *a, int errnum)
{
  struct client_options const *o = a->options;
  char const *what = o->abstract ? "the abstract name " : "";

  undo_and_report (a);
  if (errnum == EAGAIN && o->timeout != 0)
    die (EXIT_SYSTEM, ETIMEDOUT,
         "unable to connect to %s%s within %u second%s", what,
         quoteaf (o->path), o->timeout, o->timeout == 1 ? "" : "s");
  die (EXIT_SYSTEM, errnum, "unable to connect to %s%s%s", what,
       quoteaf (o->path), explanation (a, errnum));
}

/* If a signal is pending that ends the process, remove the socket file and let
   the signal end the process.  The connection may or may not exist.  */
static void
die_if_signaled (struct attempt *a)
{
  if (a->is_bound && endpoint_is_dying (&a->endpoint))
    {
      /* Unblocking the signal kills us, unless we are PID 1 of a namespace,
         which the kernel spares.  */
      undo_and_report (a);
      die (EXIT_SYSTEM, 0, "ended by a signal, giving up the connection to %s",
           quoteaf (a->options->path));
    }
}

/* Limit the next connect to MS milliseconds, or remove the limit if MS is 0.
   On failure, exit.  A connection that the server has closed, perhaps after an
   answer, is no failure.  There macOS and illumos report EINVAL, which POSIX
   allows (xnu, sosetoptlock in bsd/kern/uipc_socket.c; illumos,
   sotpi_setsockopt in fs/sockfs/socktpi.c), and no limit is needed, because
   nothing waits for room in such a connection.  */
static void
set_limit (struct attempt *a, unsigned int ms)
{
  if (connector_limit (FD_READ, ms) == 0
      || (errno == EINVAL && a->has_tried))
    return;
  int errnum = errno;
  undo_and_report (a);
  die (EXIT_SYSTEM, errnum, "unable to %s the time limit",
       ms == 0 ? "remove" : "set");
}

/* Let the next connect wait until END, in milliseconds on the monotonic clock,
   or without limit if END is 0; but no longer than SLICE if signals are
   blocked.  */
static void
limit (struct attempt *a, intmax_t end)
{
  intmax_t ms = 0;

  if (end != 0)
    {
      ms = end - clock_milliseconds ();
      if (ms <= 0)
        give_up (a, EAGAIN);
    }
  if (a->is_bound && (ms == 0 || SLICE < ms))
    ms = SLICE;
  if (ms != 0)
    set_limit (a, ms);
}

/* Connect the socket, trying again until the time limit.  */
static void
connect_socket (struct attempt *a, struct connector *connector)
{
  unsigned int seconds = a->options->timeout;
  intmax_t end = (seconds == 0 ? 0
                  : clock_milliseconds () + seconds * (intmax_t) 1000);

  for (;;)
    {
      limit (a, end);
      a->has_tried = true;
      if (connector_connect (connector, FD_READ) == 0)
        break;
      /* With a time limit, connect fails with EINTR when the process is
         stopped and continued, even if no signal is caught.  */
      if (errno != EINTR
          && ! (errno == EAGAIN && (a->is_bound || end != 0)))
        {
          a->is_stuck = connector->is_stuck;
          give_up (a, errno);
        }
      die_if_signaled (a);
    }
  if (a->is_bound || end != 0)
    set_limit (a, 0);
  connector_release (connector);
}

/* Get the server's credentials, and exit if it is not the expected user.  */
static void
check_server (struct attempt *a)
{
  struct client_options const *o = a->options;

  a->known = peercred_get (FD_READ, &a->server) == 0;
  a->unknown_errno = errno;
  bool is_expected = a->known && a->server.uid == o->expected_uid;
  if (o->expected_uid == (uid_t) -1
      || (is_expected && ! idmap_uid_is_ambiguous (a->server.uid)))
    return;
  /* Nothing has been sent to the server yet.  */
  undo_and_report (a);
  if (! a->known)
    die (EXIT_SYSTEM, a->unknown_errno,
         "unable to get the user id of the server at %s", quoteaf (o->path));
  if (is_expected)
    die (EXIT_SYSTEM, 0, "refused the server at %s: its user id %ju may stand"
         " for any user that is unknown in this user namespace",
         quoteaf (o->path), (uintmax_t) a->server.uid);
  die (EXIT_SYSTEM, 0, "refused the server at %s: its user id is %ju, not %ju",
       quoteaf (o->path), (uintmax_t) a->server.uid,
       (uintmax_t) o->expected_uid);
}

/* Set the variable of STYLE whose name ends in NAME to VALUE in decimal, or
   remove it if VALUE is not KNOWN.  Return false if out of memory.  */
static bool
set_number (struct envlist *env, struct client_style const *style,
            char const *name, bool known, uintmax_t value)
{
  char const *protocol = style->protocol;
  return (known ? envlist_assign_number (env, protocol, name, value)
          : envlist_assign (env, protocol, name, NULL)) == 0;
}

/* Set the variables in ENV that describe the connection.  Return false if out
   of memory.  */
static bool
describe (struct envlist *env, struct attempt const *a,
          struct client_style const *style)
{
  /* Variables that only servers set.  */
  static char const *const others[] =
    { "CONNNUM", "REMOTEGROUPS", "REMOTELABEL", "REMOTEPIDFD" };
  char const *protocol = style->protocol;
  struct peercred const *server = &a->server;

  bool good
    = (envlist_assign (env, "", "PROTO", protocol) == 0
       && envlist_assign (env, protocol, "LOCALPATH", style->local_path) == 0
       && envlist_assign (env, protocol, "REMOTEPATH",
                          a->options->abstract ? NULL : a->options->path) == 0
       && set_number (env, style, "REMOTEEUID", a->known, server->uid)
       && set_number (env, style, "REMOTEEGID", a->known, server->gid)
       && set_number (env, style, "REMOTEPID", a->known && server->pid != 0,
                      server->pid));
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    good = good && envlist_assign (env, protocol, others[i], NULL) == 0;
  return good;
}

/* Log that the connection is made.  */
static void
report (struct attempt const *a)
{
  struct peercred const *server = &a->server;
  char pid[sizeof " pid " + INT_BUFSIZE_BOUND (intmax_t)] = "";

  if (! a->known)
    {
      log_info (LOG_VERBOSE, "connected to %s", quoteaf (a->options->path));
      return;
    }
  if (server->pid != 0)
    snprintf (pid, sizeof pid, " pid %jd", (intmax_t) server->pid);
  log_info (LOG_VERBOSE, "connected to %s,%s uid %ju gid %ju",
            quoteaf (a->options->path), pid, (uintmax_t) server->uid,
            (uintmax_t) server->gid);
}

/* Make the connection, or exit.  */
static void
make_connection (struct attempt *a)
{
  struct client_options const *o = a->options;
  struct connector connector;
  struct sockfile_options local =
    { .path = o->local_path, .long_path = o->long_path, .is_client = true,
      .replace = REPLACE_STALE, .mode = LISTENER_MODE_UMASK,
      .uid = (uid_t) -1, .gid = (gid_t) -1 };

  make_socket (a, &local);
  /* Find the server before making a file for the local path.  */
  find_server (a, &connector);
  bind_socket (a, &local);
  connect_socket (a, &connector);
  check_server (a);
}

void
client_run (struct client_options const *options,
            struct client_style const *style, char **program)
{
  struct attempt a = { .options = options };
  struct envlist env;

  if (envlist_init (&env, environ, 0) != 0)
    xalloc_die ();
  make_connection (&a);
  if (! describe (&env, &a, style))
    {
      undo_and_report (&a);
      xalloc_die ();
    }
  report (&a);
  die_if_signaled (&a);
  if (a.is_bound)
    endpoint_unblock_signals (&a.endpoint);
  int status = chain_exec (program, &env);
  int errnum = errno;
  if (a.is_bound)
    {
      endpoint_undo (&a.endpoint);
      endpoint_warn_of_left (&a.endpoint);
    }
  die (status, errnum, "unable to run %s", quoteaf (program[0]));
}
