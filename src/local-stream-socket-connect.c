/* local-stream-socket-connect.c -- connect a socket, become the next.

   Copyright (C) 2026 The ucspi-local authors

   This program is free software: you can redistribute it and/or modify
   it under the terms of the GNU General Public License as published by
   the Free Software Foundation, either version 3 of the License, or
   (at your option) any later version.

   This program is distributed in the hope that it will be useful,
   but WITHOUT ANY WARRANTY; without even the implied warranty of
   MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
   GNU General Public License for more details.

   You should have received a copy of the GNU General Public License
   along with this program.  If not, see <https://www.gnu.org/licenses/>.  */


#include <config.h>

#include "cli.h"
#include "client.h"
#include "log.h"

/* Options without a letter.  */
enum
{
  VERBOSE = CLI_FIRST_OWN
};

static char const short_options[] = "+:";

static struct option const long_options[] =
{
  { "verbose", no_argument, NULL, VERBOSE },
  CLIENT_LONG_OPTIONS,
  CLI_LONG_OPTIONS,
  { NULL, 0, NULL, 0 }
};

static char const help[] = "\
Usage: %s [OPTION]... PATH NEXT-PROG [ARG]...\n\
Connect to the local stream socket at PATH, and become NEXT-PROG, which\n\
reads from the server on descriptor 6 and writes to it on descriptor 7.\n\
\n\
      --verbose             say when the connection is made\n\
      --local-path=PATH     bind the client's own end to this path first\n\
" CLIENT_HELP;

/* Take options and operands from the command line.  Return the program and
   its arguments.  */
static char **
parse (struct client_options *options, struct client_style *style, int argc,
       char **argv)
{
  int c;

  while ((c = cli_option (argc, argv, short_options, long_options)) != -1)
    switch (c)
      {
      case VERBOSE:
        log_set_level (LOG_VERBOSE);
        break;
      case CLI_HELP:
        cli_help (help);
      case CLI_VERSION:
        cli_version ();
      default:
        client_option (options, c, optarg);
      }
  style->local_path = options->local_path;
  return client_operands (options, argv);
}

int
main (int argc, char **argv)
{
  struct client_options options = CLIENT_DEFAULTS;
  struct client_style style = { .protocol = "UNIX" };

  log_init (argv[0], "local-stream-socket-connect");
  char **program = parse (&options, &style, argc, argv);
  client_run (&options, &style, program);
}
