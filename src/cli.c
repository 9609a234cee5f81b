/* cli.c -- what the command lines of all tools have in common.

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

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "account.h"
#include "inherited.h"
#include "log.h"
#include "number.h"
#include "peercred.h"
#include "signals.h"

/* A line of --version, where configure was told of the packager.  gnulib's
   version_etc would print it, too, but with a notice that is not ours.  */
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

int
cli_option (int argc, char **argv, char const *short_options,
            struct option const *long_options)
{
  /* Behind no argument at all stands the environment, on some systems.  */
  if (argc < 1)
    cli_usage ("missing name of the tool");
  opterr = 0;
  int c = getopt_long (argc, argv, short_options, long_options, NULL);
  if (c != '?' && c != ':')
    return c;

  /* A letter is in optopt, negative if it is not ASCII and char is signed; of
     a long option, the whole argument has been read.  */
  char letter[] = { '-', optopt, '\0' };
  bool is_letter = (optopt != 0
                    && CHAR_MIN <= optopt && optopt <= UCHAR_MAX);
  char const *name = is_letter ? letter : argv[optind - 1];
  if (c == ':' && strncmp (argv[optind - 1], "--", 2) == 0)
    name = argv[optind - 1];
  if (c == ':')
    cli_usage ("option %s needs a value", quoteaf (name));
  cli_usage ("invalid option %s", quoteaf (name));
}

char *
cli_path (char **argv)
{
  char *path = argv[optind];
  if (! path)
    cli_usage ("missing path");
  if (*path == '\0')
    cli_usage ("the path is empty");
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
  return argv + optind;
}

int
cli_listening (char const *what, int fd)
{
  if (inherited_check (fd) != 0)
    cli_usage ("%s: descriptor %d is not %s", what, fd,
               errno == EBADF ? "open" : "a listening local stream socket");
  return fd;
}

void
cli_bad_value (char const *what, char const *arg)
{
  cli_usage ("%s: %s %s", what, quoteaf (arg),
             errno == ERANGE ? "is out of range"
             : errno == E2BIG ? "is a list of too many ids"
             : "is not a number");
}

uintmax_t
cli_number (char const *what, char const *arg, int base, uintmax_t max)
{
  uintmax_t value;
  if (number_parse (arg, base, max, &value) != 0)
    cli_bad_value (what, arg);
  return value;
}

uid_t
cli_uid (char const *what, char const *arg, int base)
{
  uid_t uid;
  if (number_uid (arg, base, &uid) != 0)
    cli_bad_value (what, arg);
  return uid;
}

gid_t
cli_gid (char const *what, char const *arg, int base)
{
  gid_t gid;
  if (number_gid (arg, base, &gid) != 0)
    cli_bad_value (what, arg);
  return gid;
}

/* Say that the KIND of account NAME cannot be found, because of errno.  */
static _Noreturn void
unknown_account (char const *kind, char const *name)
{
  if (errno == ENOENT)
    die (EXIT_SYSTEM, 0, "unable to find the %s %s: there is none", kind,
         quoteaf (name));
  die (EXIT_SYSTEM, errno, "unable to find the %s %s", kind, quoteaf (name));
}

uid_t
cli_user (char const *name)
{
  uid_t uid;
  if (account_uid (name, &uid) != 0)
    unknown_account ("user", name);
  return uid;
}

gid_t
cli_group (char const *name)
{
  gid_t gid;
  if (account_gid (name, &gid) != 0)
    unknown_account ("group", name);
  return gid;
}

/* Whether NAME can only be meant as a number.  */
static bool
is_number (char const *name)
{
  return name[strspn (name, "0123456789")] == '\0';
}

uid_t
cli_user_or_number (char const *what, char const *name)
{
  uid_t uid;
  if (is_number (name) && account_uid (name, &uid) != 0)
    return cli_uid (what, name, 10);
  return cli_user (name);
}

gid_t
cli_group_or_number (char const *what, char const *name)
{
  gid_t gid;
  if (is_number (name) && account_gid (name, &gid) != 0)
    return cli_gid (what, name, 10);
  return cli_group (name);
}

struct rate
cli_rate (char const *what, char const *arg)
{
  struct rate rate;
  if (ratelimit_parse (arg, &rate) != 0)
    {
      if (errno == EINVAL)
        cli_usage ("%s: %s is not COUNT/SECONDS", what, quoteaf (arg));
      cli_bad_value (what, arg);
    }
  return rate;
}

int
cli_drain_seconds (char const *arg)
{
  /* In milliseconds still a timeout for poll.  */
  return arg ? (int) cli_number ("option --drain", arg, 10, 1000000) : -1;
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
          "Children: %s\n",
          log_name (), PACKAGE_NAME, PACKAGE_VERSION, PACKAGED_BY,
          peercred_method, signals_method, SPAWN_METHOD);
  cli_finish (EXIT_SUCCESS);
}
