/* cli.c -- command lines: what all tools share.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "cli/cli.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/account.h"
#include "base/inherited.h"
#include "base/log.h"
#include "base/number.h"
#include "base/signals.h"
#include "peer/peercred.h"
#include "spawn/program.h"

/* A line of --version, if configure was told of a packager. gnulib's
   version_etc prints it, too, but with a copyright notice that is not
   ours.  */
#if defined PACKAGE_PACKAGER && defined PACKAGE_PACKAGER_VERSION
# define PACKAGED_BY \
    "Packaged by " PACKAGE_PACKAGER " (" PACKAGE_PACKAGER_VERSION ")\n"
#elif defined PACKAGE_PACKAGER
# define PACKAGED_BY "Packaged by " PACKAGE_PACKAGER "\n"
#else
# define PACKAGED_BY ""
#endif

void
cli_usage (char const *format, ...)
{
  char sentence[8192];
  va_list args;

  va_start (args, format);
  vsnprintf (sentence, sizeof sentence, format, args);
  va_end (args);
  die (EXIT_USAGE, 0, "%s (see '%s --help')", sentence, log_name ());
}

/* The option that was read last: the name of a long option, or null and the
   letter of a short one.  */
static char const *this_name;
static char this_letter;

/* The name of the last option if its optional value was left out and the next
   word is not "--"; otherwise null.  */
static char const *without_value;

char const *
cli_this (void)
{
  /* This is longer than any option.  */
  static char text[64];

  if (this_name)
    snprintf (text, sizeof text, "option --%s", this_name);
  else
    snprintf (text, sizeof text, "option -%c", this_letter);
  return text;
}

/* Report a usage error in ARG, which is "--" followed by a name.  The name is
   not the beginning of any of LONG_OPTIONS, or it is that of several, or it
   means an option that takes no value, and ARG has one.  */
static _Noreturn void
bad_long_option (char const *arg, struct option const *long_options)
{
  size_t len = strcspn (arg + 2, "=");
  char list[1024] = "";
  size_t used = 0;
  size_t count = 0;
  bool is_exact = false;

  for (struct option const *o = long_options; o->name; o++)
    if (strncmp (o->name, arg + 2, len) == 0)
      {
        is_exact |= strlen (o->name) == len;
        count++;
        int n = snprintf (list + used, sizeof list - used, "%s --%s",
                          count == 1 ? "" : ",", o->name);
        used += n;
        if (sizeof list <= used)
          used = sizeof list - 1;
      }
  if (count == 0)
    cli_usage ("invalid option %s", quoteaf (arg));
  if (1 < count && ! is_exact)
    cli_usage ("option %s is ambiguous: it can be%s", quoteaf (arg), list);
  cli_usage ("option %s takes no value", quoteaf (arg));
}

int
cli_option (int argc, char **argv, char const *short_options,
            struct option const *long_options)
{
  int index = -1;

  /* With argc == 0, argv[1] is envp[0] on some systems (CVE-2021-4034).  */
  if (argc < 1)
    cli_usage ("missing name of the tool");
  opterr = 0;
  int c = getopt_long (argc, argv, short_options, long_options, &index);
  if (c == -1)
    {
      if (argv[optind - 1] && strcmp (argv[optind - 1], "--") == 0)
        without_value = NULL;
      return c;
    }
  if (c != '?' && c != ':')
    {
      this_name = 0 <= index ? long_options[index].name : NULL;
      this_letter = c;
      without_value = (this_name && ! optarg
                       && long_options[index].has_arg == optional_argument
                       ? this_name : NULL);
      return c;
    }

  /* optopt is the letter of a short option, negative if it is not ASCII and
     char is signed.  A long option has been read to the end of its argument,
     which is argv[optind - 1].  */
  char letter[] = { '-', optopt, '\0' };
  bool is_letter = (optopt != 0
                    && CHAR_MIN <= optopt && optopt <= UCHAR_MAX);
  bool is_long = strncmp (argv[optind - 1], "--", 2) == 0;
  if (c == ':')
    cli_usage ("option %s needs a value",
               quoteaf (is_long ? argv[optind - 1] : letter));
  if (is_letter)
    cli_usage ("invalid option %s", quoteaf (letter));
  bad_long_option (argv[optind - 1], long_options);
}

/* Warn if OPERAND, the first one, may be meant as the value of the option
   before it, whose optional value must follow '='.  */
static void
warn_of_value (char const *operand)
{
  if (without_value && *operand
      && operand[strspn (operand, "0123456789")] == '\0')
    log_warn (0, "%s is not taken as the value of option --%s (for that, write"
              " --%s=%s)", quoteaf (operand), without_value, without_value,
              operand);
}

char *
cli_path (char **argv)
{
  char *path = argv[optind];
  if (! path)
    cli_usage ("missing path");
  if (*path == '\0')
    cli_usage ("the path is empty");
  warn_of_value (path);
  without_value = NULL;
  optind++;
  if (! argv[optind])
    cli_usage ("missing program after the path %s", quoteaf (path));
  return path;
}

char **
cli_program (char **argv)
{
  if (! argv[optind])
    cli_usage ("missing program");
  warn_of_value (argv[optind]);
  return argv + optind;
}

char **
cli_served_program (char **argv)
{
  char **program = cli_program (argv);
  if (*program[0] == '\0')
    cli_usage ("the name of the program is empty");
  return program;
}

void
cli_check_program (char **program)
{
  char const *name = program[0];

  if (name[0] == '-')
    log_warn (0, "program %s begins with '-': options come before all"
              " operands", quoteaf (name));
  int errnum = program_find (program, getenv ("PATH"));
  /* With EACCES, the program may exist in a directory that we cannot
     search.  */
  if (errnum)
    log_warn (errnum, "unable to %s the program %s%s",
              errnum == EACCES ? "run" : "find", quoteaf (name),
              strchr (name, '/') ? "" : " in PATH");
}

int
cli_listening (char const *what, int fd, char const *hint)
{
  if (inherited_check (fd) != 0)
    cli_usage ("%s: descriptor %d is not %s; %s", what, fd,
               errno == EBADF ? "open" : "a listening local stream socket",
               hint);
  return fd;
}

/* Return true if C is a decimal digit.  */
static bool
is_digit (char c)
{
  return '0' <= c && c <= '9';
}

/* Report the usage error that ARG, in BASE, is not a number from MIN to MAX.
   WHAT is the option.  ERRNUM is from number_parse.  HINT follows the
   message.  */
static _Noreturn void
bad_number (char const *what, char const *arg, int base, uintmax_t min,
            uintmax_t max, int errnum, char const *hint)
{
  char const *octal = (base == 0 && arg[0] == '0' && is_digit (arg[1])
                       ? " (a leading 0 makes it octal)" : "");

  if (base == 8)
    cli_usage ("%s: %s is %s%04jo to %04jo%s", what, quoteaf (arg),
               errnum == ERANGE ? "out of range, which is "
               : "not an octal number from ", min, max, hint);
  if (errnum == ERANGE)
    cli_usage ("%s: %s is out of range, which is %ju to %ju%s", what,
               quoteaf (arg), min, max, hint);
  cli_usage ("%s: %s is not a number from %ju to %ju%s%s", what,
             quoteaf (arg), min, max, octal, hint);
}

void
cli_bad_list (char const *what, char const *arg, size_t max)
{
  if (errno == E2BIG)
    cli_usage ("%s: %s is a list of too many ids: the system allows %zu", what,
               quoteaf (arg), max);
  cli_usage ("%s: %s is not a list of numbers from 0 to %ju with commas"
             " between them", what, quoteaf (arg), number_gid_max);
}

uintmax_t
cli_number_from (char const *what, char const *arg, int base, uintmax_t min,
                 uintmax_t max)
{
  uintmax_t value;
  int errnum = 0;

  if (number_parse (arg, base, max, &value) != 0)
    errnum = errno;
  else if (value < min)
    errnum = ERANGE;
  if (errnum)
    bad_number (what, arg, base, min, max, errnum, "");
  return value;
}

uintmax_t
cli_number (char const *what, char const *arg, int base, uintmax_t max)
{
  return cli_number_from (what, arg, base, 0, max);
}

int
cli_backlog (char const *what, char const *arg, int base)
{
  uintmax_t backlog = cli_number (what, arg, base, UINT32_MAX);
  return INT_MAX < backlog ? INT_MAX : backlog;
}

/* Return true if ARG may be the name of an account and needs no quotes.  */
static bool
may_be_name (char const *arg)
{
  return (*arg && ! is_digit (*arg) && *arg != '-' && *arg != '.'
          && strlen (arg) <= 64
          && arg[strspn (arg, "abcdefghijklmnopqrstuvwxyz"
                         "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-")] == '\0');
}

/* Report the usage error that ARG is not an id up to MAX, as errno of
   number_parse says.  If ARG may be a name and NAMED is not null, the message
   suggests NAMED, with ARG instead of its '*'.  */
static _Noreturn void
bad_id (char const *what, char const *arg, int base, uintmax_t max,
        char const *named)
{
  char hint[256] = "";
  int errnum = errno;

  if (errnum == EINVAL && named && may_be_name (arg))
    {
      int before = strcspn (named, "*");
      snprintf (hint, sizeof hint, "; for a name, write %.*s%s%s", before,
                named, arg, named + before + 1);
    }
  bad_number (what, arg, base, 0, max, errnum, hint);
}

uid_t
cli_uid (char const *what, char const *arg, int base, char const *named)
{
  uid_t uid;
  if (number_uid (arg, base, &uid) != 0)
    bad_id (what, arg, base, number_uid_max, named);
  return uid;
}

gid_t
cli_gid (char const *what, char const *arg, int base, char const *named)
{
  gid_t gid;
  if (number_gid (arg, base, &gid) != 0)
    bad_id (what, arg, base, number_gid_max, named);
  return gid;
}

/* Report that the KIND of account NAME, the value of WHAT, was not found, with
   errno from the lookup.  If NAME may be a number, suggest the option
   NUMBERED.  */
static _Noreturn void
unknown_account (char const *what, char const *kind, char const *name,
                 char const *numbered)
{
  if (errno == ENOENT)
    die (EXIT_SYSTEM, 0, "%s: there is no such %s: %s%s%s", what, kind,
         quoteaf (name), numbered && is_digit (*name)
         ? "; for a number, use " : "",
         numbered && is_digit (*name) ? numbered : "");
  die (EXIT_SYSTEM, errno, "%s: unable to look up the %s %s", what, kind,
       quoteaf (name));
}

uid_t
cli_user (char const *what, char const *name, char const *numbered)
{
  uid_t uid;
  if (account_uid (name, &uid) != 0)
    unknown_account (what, "user", name, numbered);
  return uid;
}

gid_t
cli_group (char const *what, char const *name, char const *numbered)
{
  gid_t gid;
  if (account_gid (name, &gid) != 0)
    unknown_account (what, "group", name, numbered);
  return gid;
}

/* Return true if NAME, which is not the name of an account, was meant as a
   number.  */
static bool
is_number (char const *name)
{
  return (*name == '\0' || is_digit (*name) || *name == '-' || *name == '+'
          || *name == ' ' || *name == '\t' || *name == '\n');
}

uid_t
cli_user_or_number (char const *what, char const *name)
{
  uid_t uid;
  if (account_uid (name, &uid) == 0)
    return uid;
  if (is_number (name))
    return cli_uid (what, name, 10, NULL);
  unknown_account (what, "user", name, NULL);
}

gid_t
cli_group_or_number (char const *what, char const *name)
{
  gid_t gid;
  if (account_gid (name, &gid) == 0)
    return gid;
  if (is_number (name))
    return cli_gid (what, name, 10, NULL);
  unknown_account (what, "group", name, NULL);
}

void
cli_finish (int status)
{
  if (ferror (stdout) || fclose (stdout) != 0)
    die (EXIT_SYSTEM, errno, "unable to write to standard output");
  exit (status);
}

void
cli_help (char const *help)
{
  for (char const *mark; (mark = strstr (help, "%s")); help = mark + 2)
    printf ("%.*s%s", (int) (mark - help), help, log_name ());
  fputs (help, stdout);
#ifdef PACKAGE_PACKAGER_BUG_REPORTS
  printf ("\nReport %s bugs to: %s\n", PACKAGE_PACKAGER,
          PACKAGE_PACKAGER_BUG_REPORTS);
#endif
  cli_finish (EXIT_SUCCESS);
}

void
cli_version (void)
{
  printf ("%s (%s) %s\n"
          "%s"
          "Copyright (C) 2026 The ucspi-local authors\n"
          "License GPLv3+: GNU GPL version 3 or later"
          " <https://gnu.org/licenses/gpl.html>\n"
          "This is free software: you are free to change and redistribute"
          " it.\n"
          "There is NO WARRANTY, to the extent permitted by law.\n"
          "\n"
          "Peer credentials: %s\n"
          "Signals: %s\n"
          "Children: %s\n"
          "Rules in cdb files: %s\n",
          log_name (), PACKAGE_NAME, PACKAGE_VERSION, PACKAGED_BY,
          peercred_method, signals_method (), SPAWN_METHOD,
          CDBFILE_METHOD);
  cli_finish (EXIT_SUCCESS);
}
