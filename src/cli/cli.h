/* cli.h -- command lines: what all tools share.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CLI_H
#define CLI_H

#include "base/system.h"

#include <getopt.h>
#include <stdint.h>

/* The values of long options without a letter.  */
enum
{
  CLI_HELP = 256,
  CLI_VERSION,
  CLI_FIRST_OWN
};

#define CLI_LONG_OPTIONS \
  { "help", no_argument, NULL, CLI_HELP }, \
  { "version", no_argument, NULL, CLI_VERSION }

/* Report a usage error in one line that ends in a hint at --help, and
   exit.  */
_Noreturn void cli_usage (char const *format, ...)
  __attribute__ ((__format__ (__printf__, 1, 2)));

/* Return the next option of ARGV, as getopt_long does.  SHORT_OPTIONS begins
   with "+:".  An invalid option is a usage error.  */
int cli_option (int argc, char **argv, char const *short_options,
                struct option const *long_options);

/* Return the option that cli_option has returned last, for a message: "option
   -b", or "option --backlog" with the full name.  Valid until the next
   call.  */
char const *cli_this (void);

/* Return the path, the first operand after the options of ARGV, and set optind
   to the program after it.  It is a usage error if one of them is missing or
   the path is empty.  Warn if the path looks like the value of the option
   before it.  */
char *cli_path (char **argv);

/* Return the program and its arguments, for a tool without a path.  It is a
   usage error if there is none.  Warn as cli_path does.  */
char **cli_program (char **argv);

/* As cli_program, for a server: an empty name of the program is a usage error,
   too.  */
char **cli_served_program (char **argv);

/* Warn if PROGRAM[0], which a server will start for its clients, begins with
   '-', or cannot be found or run now.  This is not an error, because the
   program may be installed later.  */
void cli_check_program (char **program);

/* Return the descriptor FD if it is a listening local stream socket.
   Otherwise report a usage error that names WHAT and ends in HINT.  */
int cli_listening (char const *what, int fd, char const *hint);

/* Return the number ARG in BASE, as number_parse reads it, if it is at most
   MAX.  Otherwise report a usage error that names WHAT ("option -c"), ARG and
   the range.  */
uintmax_t cli_number (char const *what, char const *arg, int base,
                      uintmax_t max);

/* As cli_number, for a number of at least MIN.  */
uintmax_t cli_number_from (char const *what, char const *arg, int base,
                           uintmax_t min, uintmax_t max);

/* Return the backlog ARG in BASE, the value of WHAT.  A number that an int
   cannot hold becomes INT_MAX; the system uses the most that it allows.  */
int cli_backlog (char const *what, char const *arg, int base);

/* Return the user or group id ARG in BASE.  Anything else is a usage error.
   If ARG may be a name, the message suggests NAMED with ARG instead of its
   '*', unless NAMED is null.  */
uid_t cli_uid (char const *what, char const *arg, int base,
               char const *named);
gid_t cli_gid (char const *what, char const *arg, int base,
               char const *named);

/* Return the id of the user or group NAME, the value of WHAT.  If there is
   none, log it and exit with EXIT_SYSTEM; if NAME may be a number, the message
   suggests the option NUMBERED.  */
uid_t cli_user (char const *what, char const *name, char const *numbered);
gid_t cli_group (char const *what, char const *name, char const *numbered);

/* Return the id of the user or group NAME, the value of WHAT.  If there is
   none, NAME may be an id in decimal.  If it is neither, report a usage error
   if NAME is empty or begins like a number; otherwise log that there is no
   such account and exit with EXIT_SYSTEM.  */
uid_t cli_user_or_number (char const *what, char const *name);
gid_t cli_group_or_number (char const *what, char const *name);

/* Report the usage error that ARG is not a list of group ids for WHAT. errno
   is from number_gidlist, which had room for MAX ids.  */
_Noreturn void cli_bad_list (char const *what, char const *arg, size_t max);

/* Write what was printed to standard output and exit with STATUS.  If that
   fails, log it and exit with EXIT_SYSTEM.  */
_Noreturn void cli_finish (int status);

/* Print HELP, with the tool's name instead of each "%s", or the version, and
   exit.  */
_Noreturn void cli_help (char const *help);
_Noreturn void cli_version (void);

#endif /* CLI_H */
