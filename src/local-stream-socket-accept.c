/* local-stream-socket-accept.c -- serve inherited sockets.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/inherited.h"
#include "base/log.h"
#include "base/number.h"
#include "cli/cli.h"
#include "cli/serve-options.h"
#include "serve/linger.h"
#include "serve/serve.h"
#include "spawn/chain.h"
#include "xalloc.h"

enum
{
  LIMIT_DEFAULT = 40,
  LIMIT_MAX = 100000
};

/* Long options without a letter.  */
enum
{
  VERBOSE = CLI_FIRST_OWN,
  CONNECTION_LIMIT,
  CONNECTION_LIMIT_PER_USER,
  LOCALNAME
};

static char const short_options[] = "+:";

static struct option const long_options[] =
{
  { "verbose", no_argument, NULL, VERBOSE },
  { "connection-limit", required_argument, NULL, CONNECTION_LIMIT },
  { "connection-limit-per-user", required_argument, NULL,
    CONNECTION_LIMIT_PER_USER },
  { "localname", required_argument, NULL, LOCALNAME },
  SERVE_LONG_OPTIONS,
  CLI_LONG_OPTIONS,
  { NULL, 0, NULL, 0 }
};

static struct childenv_style const style =
{
  .protocol = "UNIX", .has_local_path = true
};

static char const help[] = "\
Usage: %s [OPTION]... PROG [ARG]...\n\
Run PROG for each client of the listening local stream sockets that\n\
LISTEN_FDS and LISTEN_PID name, or of descriptor 3, with the connection as\n\
its standard input and output.  The client's ids, which the kernel reports,\n\
are in its environment.\n\
\n\
      --verbose                  log everything, such as each connection\n\
      --connection-limit=NUMBER  at most NUMBER clients at a time, 1 to\n\
                                 100000 (default 40)\n\
      --connection-limit-per-user=NUMBER\n\
                                 at most NUMBER at a time with the same uid\n\
      --rate=COUNT/SECONDS       accept on average at most COUNT clients in\n\
                                 SECONDS\n\
      --rate-per-user=COUNT/SECONDS\n\
                                 deny clients whose uid exceeds this rate\n\
      --peer-info                tell PROG the client's groups, security\n\
                                 label and process\n\
      --localname=PATH           tell PROG that the sockets are at PATH\n\
      --drain[=SECONDS]          on SIGTERM, wait until all connections have\n\
                                 ended; after SECONDS, end the programs that\n\
                                 still run\n\
      --help                     print this text and exit\n\
      --version                  print version and features and exit\n\
\n\
NUMBERs with a leading 0 are octal, with 0x hexadecimal, otherwise decimal.\n\
SIGTERM ends the server.  SIGHUP ends its children, by SIGTERM and SIGCONT.\n\
SIGQUIT ends both.  SIGABRT kills the children, by SIGKILL, and ends the\n\
server.  SIGUSR1 logs the connections.\n\
Exit status: 0 stopped by a signal, 100 wrong usage, 111 the system refused.\n\
";

struct options
{
  enum log_level level;
  /* Its limit_per_uid is 0 if the option was not given.  configure_serve sets
     the members that no option sets.  */
  struct serve_config serve;
  /* The value of --localname, or NULL for the path from getsockname.  */
  char const *local_path;
};

static struct options const defaults =
{
  .level = LOG_NORMAL,
  .serve = { .limit = LIMIT_DEFAULT }
};

/* Return the limit ARG, the value of OPTION.  */
static uintmax_t
parse_limit (char const *option, char const *arg)
{
  return cli_number_from (option, arg, 0, 1, LIMIT_MAX);
}

/* Store the option C, whose value is OPTARG.  */
static void
parse_option (struct options *o, int c)
{
  switch (c)
    {
    case VERBOSE:
      o->level = LOG_VERBOSE;
      break;
    case CONNECTION_LIMIT:
      o->serve.limit = parse_limit ("option --connection-limit", optarg);
      break;
    case CONNECTION_LIMIT_PER_USER:
      o->serve.limit_per_uid
        = parse_limit ("option --connection-limit-per-user", optarg);
      break;
    case LOCALNAME:
      o->local_path = optarg;
      break;
    case CLI_HELP:
      cli_help (help);
    case CLI_VERSION:
      cli_version ();
    default:
      serve_option (&o->serve, c, optarg);
    }
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
  o->serve.program = cli_served_program (argv);
}

/* Report a usage error in LISTEN_FDS of ENV: only the first COUNT of its
   descriptors are open or, if errno is ERANGE, it is too large.  */
static _Noreturn void
bad_count (struct envlist const *env, int count)
{
  char const *fds = quoteaf (envlist_get (env, "LISTEN_FDS"));

  if (errno == ERANGE)
    cli_usage ("LISTEN_FDS: %s is too large for a number of descriptors", fds);
  cli_usage ("LISTEN_FDS: it is %s, but descriptor %d is not open", fds,
             CHAIN_FIRST_FD + count);
}

/* LISTEN_FDS in ENV is not for this process, so only descriptor 3 is served.
   Warn, and return how many descriptors that follow it LISTEN_FDS means.  */
static int
find_uncounted (struct envlist const *env)
{
  char const *fds = envlist_get (env, "LISTEN_FDS");
  char const *pid = envlist_get (env, "LISTEN_PID");
  uintmax_t count, value;
  int closed = 0;
  int found = 0;

  if (! fds)
    return 0;
  if (number_parse (fds, 10, INT_MAX - CHAIN_FIRST_FD, &count) != 0)
    {
      log_warn (0, "LISTEN_FDS %s is not a number of descriptors: serving"
                " descriptor 3 alone", quoteaf (fds));
      return 0;
    }
  while (found + 1 < (int) count
         && 0 <= fcntl (CHAIN_FIRST_FD + found + 1, F_GETFD))
    {
      found++;
      closed += inherited_listens (CHAIN_FIRST_FD + found);
    }
  bool is_number = pid && number_parse (pid, 10, UINTMAX_MAX, &value) == 0;
  log_warn (0, "LISTEN_FDS %s is not for this process %jd, as LISTEN_PID is"
            " %s: serving descriptor 3 alone, closing other listening sockets:"
            " %d (run programs that fork, such as runuser or timeout, before"
            " the program that sets these variables)", quoteaf (fds),
            (intmax_t) getpid (),
            is_number ? quoteaf_n (1, pid) : pid ? "not a number" : "not set",
            closed);
  return found;
}

/* Close the listening sockets among the COUNT descriptors that follow
   descriptor 3, so that no program inherits them.  A client in the backlog can
   make a close block, so serve_prepare must have been called.  */
static void
close_uncounted (int count)
{
  for (int i = 1; i <= count; i++)
    if (inherited_listens (CHAIN_FIRST_FD + i))
      linger_close (CHAIN_FIRST_FD + i, LINGER_LIKELY);
}

/* Return the number of sockets to serve, from descriptor 3 on, after checking
   each of them.  Store in *UNCOUNTED the number for close_uncounted.  */
static int
count_sockets (int *uncounted)
{
  static char const start[] = "start this tool as the next program of"
    " local-stream-socket-listen, or from a service manager that passes"
    " sockets";
  struct envlist env;
  int count;
  bool counted;

  if (envlist_init (&env, environ, 0) != 0)
    xalloc_die ();
  if (chain_inherited (&env, getpid (), &count, &counted) != 0)
    bad_count (&env, count);
  if (counted && count == 0)
    cli_usage ("LISTEN_FDS: it is 0, so there is no socket to serve");
  if (! counted)
    count = 1;
  for (int i = 0; i < count; i++)
    cli_listening (counted ? "LISTEN_FDS" : "no socket to serve",
                   CHAIN_FIRST_FD + i, start);
  *uncounted = counted ? 0 : find_uncounted (&env);
  free (env.vector);
  return count;
}

/* Return the path of --localname or of the socket FD, in memory that is never
   freed.  */
static char const *
path_of (struct options const *o, int fd)
{
  union peer_address addr;
  size_t len;

  if (o->local_path)
    return o->local_path;
  char const *path = inherited_path (fd, &addr, &len);
  return ximemdup0 (path, len);
}

/* Set the members of O->serve that options do not set.  */
static void
configure_serve (struct options *o)
{
  static char const *const withheld[] = { NULL };
  struct serve_config *config = &o->serve;
  bool counts_users = (config->limit_per_uid != 0
                       || config->rate_per_uid.count != 0);

  config->style = &style;
  config->withheld = withheld;
  config->local_path_max = (o->local_path ? strlen (o->local_path)
                            : sizeof (union peer_address));
  if (config->limit_per_uid == 0)
    config->limit_per_uid = config->limit;
  config->lookup = counts_users ? LOOKUP_NEED : LOOKUP_TRY;
}

int
main (int argc, char **argv)
{
  /* static, so that leak checkers still find these at exit.  */
  static struct options o;
  static struct server *server;

  log_init (argv[0], "local-stream-socket-accept");
  parse (&o, argc, argv);
  /* Signals will be read in the loop, so writing to the log must not
     block.  */
  log_never_wait ();
  int uncounted;
  int count = count_sockets (&uncounted);

  configure_serve (&o);
  server = serve_prepare (&o.serve, environ);
  close_uncounted (uncounted);

  for (int i = 0; i < count; i++)
    {
      int fd = inherited_take (CHAIN_FIRST_FD + i);
      if (fd < 0)
        die (EXIT_SYSTEM, errno, "unable to take over the listening socket");
      if (serve_attach (server, fd, true, path_of (&o, fd)) != 0)
        die (EXIT_SYSTEM, errno, "unable to make the listening socket"
             " non-blocking");
    }
  cli_check_program (o.serve.program);
  serve_run (server);
  return EXIT_SUCCESS;
}
