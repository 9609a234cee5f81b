/* cli.h -- what the command lines of all tools have in common.

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

#ifndef CLI_H
#define CLI_H

#include "system.h"

#include <getopt.h>
#include <stdint.h>

#include "ratelimit.h"

/* Values of the long options that have no letter.  */
enum
{
  CLI_HELP = 256,
  CLI_VERSION,
  CLI_FIRST_OWN
};

#define CLI_LONG_OPTIONS \
  { "help", no_argument, NULL, CLI_HELP }, \
  { "version", no_argument, NULL, CLI_VERSION }

/* Say that the caller was wrong, in one line that ends in a hint at --help,
   and exit.  */
_Noreturn void cli_usage (char const *format, ...)
  __attribute__ ((__format__ (__printf__, 1, 2)));

/* The next option of ARGV by getopt_long, with SHORT_OPTIONS beginning with
   "+:".  Whatever getopt does not accept is a usage error.  */
int cli_option (int argc, char **argv, char const *short_options,
                struct option const *long_options);

/* The first operand, a path, after the options of ARGV; optind then is the
   index of the next, the program.  It is a usage error if one of them is
   missing, or the path is empty.  */
char *cli_path (char **argv);

/* The first operand and all after it, for a tool that takes no path: it is a
   usage error if there is none.  */
char **cli_program (char **argv);

/* The descriptor FD, which WHAT names and which must be a listening local
   stream socket.  Anything else is a usage error.  */
int cli_listening (char const *what, int fd);

/* The number ARG in BASE, as number_parse reads it, at most MAX.  Anything
   else is a usage error that names WHAT ("option -c") and ARG.  */
uintmax_t cli_number (char const *what, char const *arg, int base,
                      uintmax_t max);

/* Likewise a user or group id.  */
uid_t cli_uid (char const *what, char const *arg, int base);
gid_t cli_gid (char const *what, char const *arg, int base);

/* The id of the user or group called NAME, or say that there is none, and
   exit.  */
uid_t cli_user (char const *name);
gid_t cli_group (char const *name);

/* Likewise; if there is none, NAME may be an id in decimal.  One that is out
   of range is a usage error that names WHAT.  */
uid_t cli_user_or_number (char const *what, char const *name);
gid_t cli_group_or_number (char const *what, char const *name);

/* The rate ARG, "COUNT/SECONDS".  */
struct rate cli_rate (char const *what, char const *arg);

/* The value of --drain, ARG: -1 if it is NULL, that is, without end.  */
int cli_drain_seconds (char const *arg);

/* Say that ARG is no value for WHAT, by the errno of number_parse, and
   exit.  */
_Noreturn void cli_bad_value (char const *what, char const *arg);

/* Exit with STATUS and everything printed to standard output, or say that it
   could not be.  */
_Noreturn void cli_finish (int status);

/* Print HELP, in which each "%s" stands for the tool's name, or the version,
   and exit.  */
_Noreturn void cli_help (char const *help);
_Noreturn void cli_version (void);

#endif /* CLI_H */
