/* cli.h -- what the command lines of all tools have in common.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CLI_H
#define CLI_H

#include "base/system.h"

#include <getopt.h>
#include <stdint.h>

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

/* The option that cli_option has returned last, as the user wrote it, but a
   long one in full: "option -b" or "option --backlog".  Valid until the next
   call.  */
char const *cli_this (void);

/* The first operand, a path, after the options of ARGV; optind then is the
   index of the next, the program.  It is a usage error if one of them is
   missing, or the path is empty.  Warn if the path looks like the value of the
   option before it.  */
char *cli_path (char **argv);

/* The first operand and all after it, for a tool that takes no path: it is a
   usage error if there is none.  Warn as cli_path does.  */
char **cli_program (char **argv);

/* The same for a server: an empty name of the program is a usage error.  */
char **cli_served_program (char **argv);

/* Warn if PROGRAM[0], which clients are to get, begins with '-', or cannot be
   found or run now.  The server starts all the same: the program may come
   later.  */
void cli_look_for_program (char **program);

/* The descriptor FD, which WHAT names and which must be a listening local
   stream socket.  Anything else is a usage error, with the advice HINT.  */
int cli_listening (char const *what, int fd, char const *hint);

/* The number ARG in BASE, as number_parse reads it, at most MAX.  Anything
   else is a usage error that names WHAT ("option -c"), ARG and what is
   possible.  */
uintmax_t cli_number (char const *what, char const *arg, int base,
                      uintmax_t max);

/* As cli_number, but the number is at least MIN.  */
uintmax_t cli_number_from (char const *what, char const *arg, int base,
                           uintmax_t min, uintmax_t max);

/* The value ARG in BASE of WHAT, how many clients may wait: more than an int
   can hold is as many as the system allows.  */
int cli_backlog (char const *what, char const *arg, int base);

/* The user or group id ARG in BASE.  Anything else is a usage error.  If ARG
   may be a name, the message tells what to write for that: NAMED, in which the
   name replaces '*'; null for no such advice.  */
uid_t cli_uid (char const *what, char const *arg, int base,
               char const *named);
gid_t cli_gid (char const *what, char const *arg, int base,
               char const *named);

/* The id of the user or group called NAME, the value of WHAT, or say that
   there is none, and exit.  NUMBERED is the option for a number.  */
uid_t cli_user (char const *what, char const *name, char const *numbered);
gid_t cli_group (char const *what, char const *name, char const *numbered);

/* The id of the user or group called NAME, the value of WHAT; if there is
   none, NAME may be an id in decimal.  What can be neither is a usage
   error.  */
uid_t cli_user_or_number (char const *what, char const *name);
gid_t cli_group_or_number (char const *what, char const *name);

/* Say that ARG is no list of group ids for WHAT, by the errno of
   number_gidlist, which had room for MAX ids, and exit.  */
_Noreturn void cli_bad_list (char const *what, char const *arg, size_t max);

/* Exit with STATUS and everything printed to standard output, or say that it
   could not be.  */
_Noreturn void cli_finish (int status);

/* Print HELP, in which each "%s" stands for the tool's name, or the version,
   and exit.  */
_Noreturn void cli_help (char const *help);
_Noreturn void cli_version (void);

#endif /* CLI_H */
