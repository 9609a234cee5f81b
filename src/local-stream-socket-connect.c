/* local-stream-socket-connect.c -- connect, and execute the next program.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/address.h"
#include "base/idmap.h"
#include "base/log.h"
#include "cli/cli.h"
#include "connect/client.h"
#include "sockfile/probe.h"
#include "unistd-safer.h"

/* Long options without a letter.  */
enum
{
  VERBOSE = CLI_FIRST_OWN,
  PROBE
};

/* The exit status of --probe if no process has the socket open.  */
enum { EXIT_NOBODY = 1 };

static char const short_options[] = "+:";

static struct option const long_options[] =
{
  { "verbose", no_argument, NULL, VERBOSE },
  { "probe", no_argument, NULL, PROBE },
  CLIENT_LONG_OPTIONS,
  CLI_LONG_OPTIONS,
  { NULL, 0, NULL, 0 }
};

static char const help[] = "\
Usage: %s [OPTION]... PATH NEXT-PROG [ARG]...\n\
  or:  %s [OPTION]... --probe PATH\n\
Connect to the local stream socket at PATH, and execute NEXT-PROG, which\n\
reads from the server on descriptor 6 and writes to it on descriptor 7.\n\
\n\
      --verbose             log the connection\n\
      --probe               do not connect, but exit with 0 if a process has\n\
                            the socket at PATH open, with 1 if none has, and\n\
                            with 111 if that cannot be known\n\
      --local-path=PATH     bind the client's own end to this path first\n\
" CLIENT_HELP;

/* Parse the operand of --probe, and refuse options that have a meaning only
   for a connection.  */
static void
take_probed (struct client_options *options, char **argv)
{
  options->path = argv[optind];
  if (! options->path)
    cli_usage ("missing path");
  if (*options->path == '\0')
    cli_usage ("the path is empty");
  if (argv[optind + 1])
    cli_usage ("option --probe runs no program: %s must not follow the path",
               quoteaf (argv[optind + 1]));
  char const *conflict = (options->abstract ? "--abstract"
                          : options->local_path ? "--local-path"
                          : options->timeout != 0 ? "a time limit"
                          : NULL);
  if (conflict)
    cli_usage ("option --probe excludes %s", conflict);
  client_check_options (options);
}

/* Log that no process listens at PATH, with the reason WHY, and exit.  */
static _Noreturn void
exit_nobody (char const *path, char const *why)
{
  log_info (LOG_VERBOSE, "nobody listens at %s: %s", quoteaf (path), why);
  exit (EXIT_NOBODY);
}

/* Open PATH with O_PATH, where the system can do that, so that later calls see
   the same file, and store its status in *ST.  Return the descriptor or -1;
   exit if the file cannot be examined.  */
static int
open_path (char const *path, struct stat *st)
{
#if HAVE_DECL_O_PATH
  int fd = fd_safer_flag (open (path, O_PATH | O_CLOEXEC), O_CLOEXEC);
  if ((fd < 0 ? -1 : fstat (fd, st)) == 0)
    return fd;
  /* Some systems cannot open a socket with O_PATH.  */
  if (fd < 0 && (errno == EOPNOTSUPP || errno == ENXIO))
#endif
    if (stat (path, st) == 0)
      return -1;
  if (errno == ENOENT || errno == ENOTDIR)
    exit_nobody (path, "nothing is there");
  die (EXIT_SYSTEM, errno, "unable to examine %s", quoteaf (path));
}

/* Find out whether a process has the socket at the path open, and exit.  */
static _Noreturn void
probe (struct client_options const *o)
{
  struct stat st;

  if (! o->long_path && ADDRESS_PATH_MAX < strlen (o->path))
    die (EXIT_SYSTEM, ENAMETOOLONG, "unable to probe %s, %zu bytes long where"
         " the limit is %zu without --long-path", quoteaf (o->path),
         strlen (o->path), ADDRESS_PATH_MAX);
  int held = open_path (o->path, &st);
  if (! S_ISSOCK (st.st_mode))
    exit_nobody (o->path, "it is not a socket");
  enum probe_result use = probe_path (held, o->path);
  if (use == PROBE_NOBODY)
    exit_nobody (o->path, "no process has the socket open");
  if (use != PROBE_SOMEBODY)
    die (EXIT_SYSTEM, errno, "unable to find out whether a process has the"
         " socket %s open", quoteaf (o->path));
  bool is_expected = st.st_uid == o->expected_uid;
  if (o->expected_uid == (uid_t) -1
      || (is_expected && ! idmap_uid_is_ambiguous (st.st_uid)))
    {
      log_info (LOG_VERBOSE, "a process has the socket %s open, which is owned"
                " by uid %ju", quoteaf (o->path), (uintmax_t) st.st_uid);
      exit (EXIT_SUCCESS);
    }
  if (is_expected)
    die (EXIT_SYSTEM, 0, "refused the socket %s: its owner, uid %ju, may stand"
         " for any user that is unknown in this user namespace",
         quoteaf (o->path), (uintmax_t) st.st_uid);
  die (EXIT_SYSTEM, 0, "refused the socket %s: its owner is uid %ju, not %ju",
       quoteaf (o->path), (uintmax_t) st.st_uid, (uintmax_t) o->expected_uid);
}

/* Parse the command line.  Return the program and its arguments, or NULL for
   --probe.  */
static char **
parse (struct client_options *options, struct client_style *style, int argc,
       char **argv)
{
  int c;
  bool probes = false;

  while ((c = cli_option (argc, argv, short_options, long_options)) != -1)
    switch (c)
      {
      case VERBOSE:
        log_set_level (LOG_VERBOSE);
        break;
      case PROBE:
        probes = true;
        break;
      case CLI_HELP:
        cli_help (help);
      case CLI_VERSION:
        cli_version ();
      default:
        client_option (options, c, optarg);
      }
  style->local_path = options->local_path;
  if (! probes)
    return client_operands (options, argv);
  take_probed (options, argv);
  return NULL;
}

int
main (int argc, char **argv)
{
  struct client_options options = CLIENT_DEFAULTS;
  struct client_style style = { .protocol = "UNIX" };

  log_init (argv[0], "local-stream-socket-connect");
  char **program = parse (&options, &style, argc, argv);
  if (! program)
    probe (&options);
  client_run (&options, &style, program);
}
