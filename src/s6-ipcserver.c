/* s6-ipcserver.c -- a super-server for local stream sockets.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/inherited.h"
#include "base/log.h"
#include "base/number.h"
#include "base/privs.h"
#include "cli/announce.h"
#include "cli/cli.h"
#include "cli/serve-options.h"
#include "serve/serve.h"
#include "sockfile/create.h"
#include "sockfile/undo-helper.h"
#include "xalloc.h"

enum
{
  MODE_DEFAULT = 0777,
  LIMIT_DEFAULT = 40,
  LIMIT_MAX = 1000,
  LOST_SECONDS_DEFAULT = 60,
  LOST_SECONDS_MAX = 1000000
};

/* Options without a letter.  */
enum
{
  SOCKET_MODE = CLI_FIRST_OWN,
  SOCKET_USER,
  SOCKET_GROUP,
  LISTEN_FD,
  UNLINK_ON_EXIT,
  STOP_WHEN_LOST
};

static char const short_options[] = "+:1qQvdDPpc:C:b:a:G:g:u:U";

static struct option const long_options[] =
{
  { "socket-mode", required_argument, NULL, SOCKET_MODE },
  { "socket-user", required_argument, NULL, SOCKET_USER },
  { "socket-group", required_argument, NULL, SOCKET_GROUP },
  SOCKFILE_LONG_OPTIONS,
  SERVE_LONG_OPTIONS,
  { "listen-fd", required_argument, NULL, LISTEN_FD },
  { "unlink-on-exit", no_argument, NULL, UNLINK_ON_EXIT },
  { "stop-when-lost", optional_argument, NULL, STOP_WHEN_LOST },
  CLI_LONG_OPTIONS,
  { NULL, 0, NULL, 0 }
};

static struct childenv_style const style =
{
  .protocol = "IPC", .has_empty_path = true, .has_number = true
};

static char const help[] = "\
Usage: %s [OPTION]... PATH PROG [ARG]...\n\
  or:  %s [OPTION]... --listen-fd=N PROG [ARG]...\n\
Listen on the local stream socket PATH and run PROG for each client, with\n\
the connection as its standard input and output.  The client's ids, which\n\
the kernel reports, are in its environment.\n\
\n\
  -1           print PATH and a newline when clients can connect\n\
  -q           log only fatal errors\n\
  -Q           log also warnings and denials (default)\n\
  -v           log everything, such as each connection\n\
  -d           replace what is at PATH (default)\n\
  -D           refuse if anything is at PATH\n\
  -P           do not ask the kernel who the clients are\n\
  -p           ask the kernel who the clients are (default)\n\
  -c MAX       at most MAX clients at a time, 1 to 1000 (default 40)\n\
  -C MAX       at most MAX clients at a time with the same uid (default 40)\n\
  -b BACKLOG   let BACKLOG clients wait (default SOMAXCONN)\n\
  -a PERMS     the mode of the socket, octal (default 0777)\n\
      --socket-mode=PERMS   as -a PERMS\n\
      --socket-user=USER    give the socket to this user, by name or number\n\
      --socket-group=GROUP  give the socket to this group, by name or number\n\
      --no-clobber          replace only a socket that no process has open;\n\
                            refuse if anything else is at PATH\n\
      --replace-live        replace without a moment in which clients are\n\
                            refused; getsockname does not return PATH\n\
      --unlink-on-exit      remove the socket at exit, if it is still ours\n\
      --stop-when-lost[=SECONDS]\n\
                            check every SECONDS (default 60) that the\n\
                            socket is still at PATH; if not, stop as on\n\
                            SIGTERM, with status 111\n\
      --long-path           let PATH be longer than an address can hold\n\
      --abstract            PATH is an abstract name\n\
      --pass-pidfd          set SO_PASSPIDFD on the socket\n\
      --no-pass-rights      clear SO_PASSRIGHTS on the socket\n\
  -G GID,...   set exactly these supplementary groups\n\
  -g GID       change to this group id\n\
  -u UID       change to this user id\n\
  -U           change to the ids in UID, GID and GIDLIST in the environment\n\
      --rate=COUNT/SECONDS\n\
               accept on average at most COUNT clients in SECONDS\n\
      --rate-per-user=COUNT/SECONDS\n\
               deny clients whose uid exceeds this rate\n\
      --peer-info\n\
               tell PROG the client's groups, security label and process\n\
      --drain[=SECONDS]\n\
               on SIGTERM, wait until all connections have ended; after\n\
               SECONDS, end the programs that still run\n\
      --listen-fd=N\n\
               serve the listening socket that is descriptor N\n\
      --help     print this text and exit\n\
      --version  print version and features and exit\n\
\n\
-G, -g, -u and -U act after the socket was made.  They need root, except for\n\
-g and -u with ids that the process has already.\n\
SIGTERM ends the server.  SIGHUP ends its children, by SIGTERM and SIGCONT.\n\
SIGQUIT ends both.  SIGABRT kills the children, by SIGKILL, and ends the\n\
server.  SIGUSR1 logs the connections.\n\
Exit status: 0 stopped by a signal, 100 wrong usage, 111 the system refused\n\
or, with --stop-when-lost, the socket was lost.\n\
";

struct options
{
  bool announce;
  enum log_level level;
  bool has_limit_per_uid;
  bool ids_from_environment;
  struct identity identity;
  /* How to make the socket.  SOCKET_USER and SOCKET_GROUP are accounts for it,
     or null.  */
  struct sockfile_options socket;
  char const *socket_user;
  char const *socket_group;
  bool unlink_on_exit;
  /* What to serve.  configure_serve sets the members that no option sets.  */
  struct serve_config serve;
  /* The listening socket that was inherited, or -1.  */
  int listen_fd;
  /* The name of an option that was given and is about making a socket, or
     null.  */
  char const *making;
};

/* The signals that stop the server.  They also do so before serve_run: while
   the server waits for another process that makes or removes a socket at the
   same path, and while it waits to print the path.  */
static int const stops[] = { SIGTERM, SIGQUIT, SIGABRT, 0 };

static struct options const defaults =
{
  .level = LOG_NORMAL,
  .serve = { .lookup = LOOKUP_NEED, .limit = LIMIT_DEFAULT,
             .limit_per_uid = LIMIT_DEFAULT },
  .socket = { .replace = REPLACE_ALL, .mode = LISTENER_MODE_UMASK,
              .uid = (uid_t) -1, .gid = (gid_t) -1, .backlog = SOMAXCONN,
              .stops = stops },
  .listen_fd = -1
};

/* Set the supplementary groups of IDENTITY to the list ARG, the value of
   WHAT.  */
static void
parse_groups (struct identity *identity, char const *what, char const *arg)
{
  size_t room = privs_groups_max ();
  size_t commas = 0;
  for (char const *p = arg; *p; p++)
    commas += *p == ',';
  if (commas + 1 < room)
    room = commas + 1;

  free (identity->groups);
  identity->groups = xnmalloc (room, sizeof *identity->groups);
  if (number_gidlist (arg, identity->groups, room, &identity->ngroups) != 0)
    cli_bad_list (what, arg, room);
  identity->set_groups = true;
}

/* Return the limit ARG, the value of OPTION.  reconcile brings it into its
   range.  */
static uintmax_t
parse_limit (char const *option, char const *arg)
{
  uintmax_t limit;
  if (number_parse (arg, 10, UINT_MAX, &limit) == 0)
    return limit;
  return cli_number_from (option, arg, 10, 1, LIMIT_MAX);
}

/* Return the value of the environment variable NAME, which -U needs.  If it is
   not set, exit with a usage error that ends with SOURCE, a sentence about
   what sets it.  */
static char const *
needed_variable (char const *name, char const *source)
{
  char const *value = getenv (name);
  if (! value)
    cli_usage ("option -U needs the environment variable %s, which is not set"
               " (%s)", name, source);
  return value;
}

/* Set IDENTITY from the environment.  */
static void
parse_environment (struct identity *identity)
{
  char const *both = "s6-envuidgid and envuidgid set it";

  identity->uid = cli_uid ("environment variable UID",
                           needed_variable ("UID", both), 10, NULL);
  identity->gid = cli_gid ("environment variable GID",
                           needed_variable ("GID", both), 10, NULL);
  parse_groups (identity, "environment variable GIDLIST",
                needed_variable ("GIDLIST", "s6-envuidgid sets it; after"
                                 " envuidgid, write env GIDLIST= for an empty"
                                 " list"));
  identity->set_uid = identity->set_gid = true;
}

/* Return the seconds of --stop-when-lost from its value ARG, which may be
   null.  */
static int
parse_lost_seconds (char const *arg)
{
  return (arg ? (int) cli_number_from ("option --stop-when-lost", arg, 10, 1,
                                       LOST_SECONDS_MAX)
          : LOST_SECONDS_DEFAULT);
}

/* Set in O what the option C with the value OPTARG says.  */
static void
parse_option (struct options *o, int c)
{
  switch (c)
    {
    case '1':
      o->announce = true;
      break;
    case 'q':
      o->level = LOG_QUIET;
      break;
    case 'Q':
      o->level = LOG_NORMAL;
      break;
    case 'v':
      o->level = LOG_VERBOSE;
      break;
    case 'd':
      o->socket.replace = REPLACE_ALL;
      o->making = "-d";
      break;
    case 'D':
      o->socket.replace = REPLACE_NOTHING;
      o->making = "-D";
      break;
    case 'P':
      o->serve.lookup = LOOKUP_NEVER;
      break;
    case 'p':
      o->serve.lookup = LOOKUP_NEED;
      break;
    case 'c':
      o->serve.limit = parse_limit ("option -c", optarg);
      break;
    case 'C':
      o->serve.limit_per_uid = parse_limit ("option -C", optarg);
      o->has_limit_per_uid = true;
      break;
    case 'b':
      o->socket.backlog = cli_backlog ("option -b", optarg, 10);
      o->making = "-b";
      break;
    case 'a':
      o->socket.mode = cli_number ("option -a", optarg, 8, 0777);
      o->making = "-a";
      break;
    case SOCKET_MODE:
      o->socket.mode = cli_number ("option --socket-mode", optarg, 8, 0777);
      o->making = "--socket-mode";
      break;
    case SOCKET_USER:
      o->socket_user = optarg;
      o->making = "--socket-user";
      break;
    case SOCKET_GROUP:
      o->socket_group = optarg;
      o->making = "--socket-group";
      break;
    case 'G':
      parse_groups (&o->identity, "option -G", optarg);
      break;
    case 'g':
      o->identity.gid = cli_gid ("option -g", optarg, 10, "-g \"$(getent"
                                 " group * | cut -d: -f3)\", or use -U");
      o->identity.set_gid = true;
      break;
    case 'u':
      o->identity.uid = cli_uid ("option -u", optarg, 10,
                                 "-u \"$(id -u *)\", or use -U");
      o->identity.set_uid = true;
      break;
    case 'U':
      parse_environment (&o->identity);
      o->ids_from_environment = true;
      break;
    case LISTEN_FD:
      o->listen_fd = cli_number ("option --listen-fd", optarg, 10, INT_MAX);
      break;
    case UNLINK_ON_EXIT:
      o->unlink_on_exit = true;
      o->making = "--unlink-on-exit";
      break;
    case STOP_WHEN_LOST:
      o->serve.stop_when_lost = parse_lost_seconds (optarg);
      o->making = "--stop-when-lost";
      break;
    case CLI_HELP:
      cli_help (help);
    case CLI_VERSION:
      cli_version ();
    default:
      if (! serve_option (&o->serve, c, optarg))
        o->making = sockfile_option (&o->socket, c);
    }
}

/* Complete the options of the socket, and refuse those that contradict each
   other.  */
static void
complete_socket_options (struct options *o)
{
  if (o->socket_user)
    o->socket.uid = cli_user_or_number ("option --socket-user",
                                        o->socket_user);
  if (o->socket_group)
    o->socket.gid = cli_group_or_number ("option --socket-group",
                                         o->socket_group);
  char const *conflict = sockfile_conflict (&o->socket);
  if (o->socket.abstract && o->unlink_on_exit)
    conflict = "--unlink-on-exit";
  if (o->socket.abstract && o->serve.stop_when_lost != 0)
    conflict = "--stop-when-lost";
  if (conflict)
    cli_usage ("option --abstract excludes %s", conflict);
  if (o->socket.mode == LISTENER_MODE_UMASK)
    o->socket.mode = MODE_DEFAULT;
}

/* Return true if this process can change to IDENTITY: root can, and others if
   IDENTITY changes nothing.  */
static bool
may_become (struct identity const *identity)
{
  if (geteuid () == 0)
    return true;
  return (! identity->set_groups
          && (! identity->set_uid || (identity->uid == getuid ()
                                      && identity->uid == geteuid ()))
          && (! identity->set_gid || (identity->gid == getgid ()
                                      && identity->gid == getegid ())));
}

/* Parse the command line.  */
static void
parse (struct options *o, int argc, char **argv)
{
  int c;

  *o = defaults;
  while ((c = cli_option (argc, argv, short_options, long_options)) != -1)
    parse_option (o, c);
  log_set_level (o->level);
  if (o->listen_fd == STDERR_FILENO)
    cli_usage ("option --listen-fd: descriptor %d is standard error",
               o->listen_fd);
  if (0 <= o->listen_fd)
    {
      cli_listening ("option --listen-fd", o->listen_fd,
                     "local-stream-socket-listen makes one at descriptor 3");
      if (o->making)
        cli_usage ("option %s is about a new socket, not for --listen-fd",
                   o->making);
    }
  else
    o->socket.path = cli_path (argv);
  o->serve.program = cli_served_program (argv);
  if (! may_become (&o->identity))
    cli_usage ("options -G, -g, -u and -U: only root can take other ids than"
               " uid %ju and gid %ju, or set groups", (uintmax_t) getuid (),
               (uintmax_t) getgid ());
  complete_socket_options (o);
}

/* Return VALUE or, with a warning, the bound of 1 to MAX that is nearest.  */
static uintmax_t
clamp (char const *option, uintmax_t value, uintmax_t max)
{
  uintmax_t nearest = value < 1 ? 1 : max < value ? max : value;
  if (nearest != value)
    log_warn (0, "option %s: %ju is not between 1 and %ju, using %ju",
              option, value, max, nearest);
  return nearest;
}

/* Adjust options that depend on each other, and warn if the result is not what
   the user asked for.  */
static void
reconcile (struct options *o)
{
  struct serve_config *serve = &o->serve;
  bool knows_users = serve->lookup != LOOKUP_NEVER;

  serve->limit = clamp ("-c", serve->limit, LIMIT_MAX);
  if (o->has_limit_per_uid && knows_users)
    serve->limit_per_uid = clamp ("-C", serve->limit_per_uid, serve->limit);
  else
    serve->limit_per_uid = (serve->limit < LIMIT_DEFAULT ? serve->limit
                            : LIMIT_DEFAULT);
  if (o->has_limit_per_uid && ! knows_users)
    log_warn (0, "option -C is ignored: with -P the users of connections are"
              " unknown");
  if (! knows_users && serve->peer_info)
    {
      log_warn (0, "option --peer-info is ignored because of -P");
      serve->peer_info = false;
    }
  if (! knows_users && serve->rate_per_uid.count != 0)
    log_warn (0, "option --rate-per-user is ignored: with -P the users of"
              " connections are unknown");
  if (o->identity.set_uid && o->identity.uid != 0
      && ! o->identity.set_groups && geteuid () == 0)
    log_warn (0, "option -u without -G: root's supplementary groups stay");
}

/* Remove the socket of ENDPOINT, a struct endpoint, and warn if it stays.
   Preserve errno.  */
static void
undo_socket (void *endpoint)
{
  endpoint_undo (endpoint);
  endpoint_warn_of_left (endpoint);
}

/* Do the same in a child that has closed the socket.  */
static void
undo_in_helper (void *arg)
{
  struct endpoint *endpoint = arg;

  listener_set_fd (&endpoint->listener, -1);
  errno = 0;
  undo_socket (endpoint);
}

/* Do what endpoint_check_path does for ENDPOINT, a struct endpoint.  */
static int
find_socket (void const *endpoint)
{
  return endpoint_check_path (endpoint);
}

/* Print the path of the socket as announce_path does.  */
static int
print_path (struct options const *o)
{
  union peer_address addr;
  size_t len;

  if (o->listen_fd < 0)
    return announce_path (o->socket.path, strlen (o->socket.path), stops);
  char const *path = inherited_path (o->listen_fd, &addr, &len);
  return announce_path (path, len, stops);
}

/* Do the last steps before serving: change the ids, and print the path.  If a
   step fails, remove the socket of ENDPOINT, which may be null, and exit.  The
   removal works even if this process no longer has the right to do it, because
   *HELPER does it.  On return, *HELPER has a child only if the socket is to be
   removed when the server ends.  */
static void
get_ready (struct options const *o, struct endpoint *endpoint,
           struct undo_helper *helper)
{
  bool drops = privs_wanted (&o->identity);
  char const *step = NULL;

  if (drops && endpoint
      && undo_helper_begin (helper, undo_in_helper, endpoint,
                            endpoint->listener.fd) != 0)
    step = "make a process";
  else if (drops)
    step = privs_drop (&o->identity);
  if (! step)
    cli_check_program (o->serve.program);
  if (! step && o->announce && print_path (o) != 0)
    step = "write to standard output";
  if (step)
    {
      /* The child, if there is one, has the right to remove the socket.  */
      if (helper->pid != 0)
        undo_helper_run (helper);
      else if (endpoint)
        undo_socket (endpoint);
      if (errno == EINTR)
        exit (EXIT_SUCCESS);
      die (EXIT_SYSTEM, errno, "unable to %s", step);
    }
  if (! o->unlink_on_exit)
    undo_helper_end (helper);
}

/* Set the members of O->serve that no option sets, for ENDPOINT, which has not
   been made yet.  */
static void
configure_serve (struct options *o, struct endpoint *endpoint)
{
  static char const *const withheld[] = { "UID", "GID", "GIDLIST", NULL };
  struct serve_config *config = &o->serve;
  bool has_file = o->listen_fd < 0 && ! o->socket.abstract;

  config->path = o->socket.path;
  config->find_file = has_file ? find_socket : NULL;
  config->file = endpoint;
  config->style = &style;
  /* Without -U, withhold nothing: begin the list at its end.  */
  config->withheld = &withheld[o->ids_from_environment ? 0 : 3];
}

int
main (int argc, char **argv)
{
  /* static, so that leak checkers still find these at exit.  */
  static struct options o;
  static struct server *server;
  struct endpoint endpoint;
  struct undo_helper helper = { .pid = 0 };

  log_init (argv[0], "s6-ipcserver");
  parse (&o, argc, argv);
  if (o.announce)
    announce_check ();
  /* Signals are going to be read by the loop, so nothing else may block.  */
  log_never_wait ();
  reconcile (&o);

  bool inherits = 0 <= o.listen_fd;
  /* Do this before serve_prepare, which replaces descriptor 0.  */
  if (inherits && (o.listen_fd = inherited_take (o.listen_fd)) < 0)
    die (EXIT_SYSTEM, errno, "unable to take over the listening socket");
  configure_serve (&o, &endpoint);
  server = serve_prepare (&o.serve, environ);

  if (! inherits)
    create_socket (&endpoint, &o.socket);
  if (serve_attach (server, inherits ? o.listen_fd : endpoint.listener.fd,
                    inherits, "") != 0)
    die (EXIT_SYSTEM, errno, "unable to make the listening socket"
         " non-blocking");
  if (! inherits)
    create_file (&endpoint, &o.socket);
  get_ready (&o, inherits ? NULL : &endpoint, &helper);
  if (! inherits && (helper.pid != 0 || ! o.unlink_on_exit))
    endpoint_let_go (&endpoint);

  bool was_told = serve_run (server);
  errno = 0;
  if (helper.pid != 0)
    undo_helper_run (&helper);
  else if (o.unlink_on_exit)
    undo_socket (&endpoint);
  if (! was_told)
    die (EXIT_SYSTEM, 0, "the socket %s was lost", quoteaf (o.socket.path));
  return EXIT_SUCCESS;
}
