/* s6-ipcclient.c -- connect, and execute the next program, as s6 does.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "base/log.h"
#include "cli/cli.h"
#include "connect/client.h"

static char const short_options[] = "+:qQvp:l:";

static struct option const long_options[] =
{
  CLIENT_LONG_OPTIONS,
  CLI_LONG_OPTIONS,
  { NULL, 0, NULL, 0 }
};

static char const help[] = "\
Usage: %s [OPTION]... PATH NEXT-PROG [ARG]...\n\
Connect to the local stream socket at PATH, and execute NEXT-PROG, which\n\
reads from the server on descriptor 6 and writes to it on descriptor 7.\n\
\n\
  -q                        log only fatal errors\n\
  -Q                        log also warnings (default)\n\
  -v                        log also the connection\n\
  -p, --local-path=PATH     bind the client's own end to this path first\n\
  -l NAME                   set IPCLOCALPATH to NAME instead of that path\n\
" CLIENT_HELP;

/* Parse the command line.  Return the program and its arguments.  */
static char **
parse (struct client_options *options, struct client_style *style, int argc,
       char **argv)
{
  int c;

  while ((c = cli_option (argc, argv, short_options, long_options)) != -1)
    switch (c)
      {
      case 'q':
        log_set_level (LOG_QUIET);
        break;
      case 'Q':
        log_set_level (LOG_NORMAL);
        break;
      case 'v':
        log_set_level (LOG_VERBOSE);
        break;
      case 'p':
        client_option (options, CLIENT_LOCAL_PATH, optarg);
        break;
      case 'l':
        style->local_path = optarg;
        break;
      case CLI_HELP:
        cli_help (help);
      case CLI_VERSION:
        cli_version ();
      default:
        client_option (options, c, optarg);
      }
  /* IPCLOCALPATH is always set, because existing programs expect that.  */
  if (! style->local_path)
    style->local_path = options->local_path ? options->local_path : "";
  return client_operands (options, argv);
}

int
main (int argc, char **argv)
{
  struct client_options options = CLIENT_DEFAULTS;
  struct client_style style = { .protocol = "IPC" };

  log_init (argv[0], "s6-ipcclient");
  char **program = parse (&options, &style, argc, argv);
  client_run (&options, &style, program);
}
