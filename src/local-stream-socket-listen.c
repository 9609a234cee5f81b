/* local-stream-socket-listen.c -- make a socket, and execute the next program.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/envlist.h"
#include "base/inherited.h"
#include "base/log.h"
#include "base/number.h"
#include "cli/cli.h"
#include "full-write.h"
#include "sockfile/create.h"
#include "spawn/chain.h"
#include "xalloc.h"

enum
{
  BACKLOG_DEFAULT = 5,
  FDNAME_MAX = 255,
  /* How often to check for pending signals while they are blocked, in
     milliseconds.  */
  SLICE = 100
};

/* The socket; static because is_dying has no argument.  */
static struct endpoint endpoint;

/* Long options without a letter.  */
enum
{
  PASS_CREDENTIALS = CLI_FIRST_OWN,
  PASS_SECURITY,
  UPSTART_COMPATIBILITY,
  SYSTEMD_COMPATIBILITY,
  FDNAME,
  NOTIFY_FD,
  USER,
  GROUP
};

static char const short_options[] = "+:b:u:g:m:";

static struct option const long_options[] =
{
  { "backlog", required_argument, NULL, 'b' },
  { "uid", required_argument, NULL, 'u' },
  { "gid", required_argument, NULL, 'g' },
  { "mode", required_argument, NULL, 'm' },
  { "user", required_argument, NULL, USER },
  { "group", required_argument, NULL, GROUP },
  SOCKFILE_LONG_OPTIONS,
  { "pass-credentials", no_argument, NULL, PASS_CREDENTIALS },
  { "pass-security", no_argument, NULL, PASS_SECURITY },
  { "upstart-compatibility", no_argument, NULL, UPSTART_COMPATIBILITY },
  { "systemd-compatibility", no_argument, NULL, SYSTEMD_COMPATIBILITY },
  { "fdname", required_argument, NULL, FDNAME },
  { "notify-fd", required_argument, NULL, NOTIFY_FD },
  CLI_LONG_OPTIONS,
  { NULL, 0, NULL, 0 }
};

static char const help[] = "\
Usage: %s [OPTION]... PATH NEXT-PROG [ARG]...\n\
Make a listening local stream socket at PATH, as descriptor 3 or the\n\
next after those already in LISTEN_FDS, and execute NEXT-PROG.\n\
\n\
  -b, --backlog=NUMBER         let NUMBER clients wait (default 5)\n\
  -u, --uid=NUMBER             give the socket to this user id\n\
  -g, --gid=NUMBER             give the socket to this group id\n\
  -m, --mode=NUMBER            the mode of the socket, such as 0660\n\
                               (default: what the umask makes of 0777)\n\
      --user=NAME              as --uid, with the id of this account\n\
      --group=NAME             as --gid, with the id of this group\n\
      --no-clobber             replace only a socket that no process has\n\
                               open; refuse if anything else is at PATH\n\
      --replace-live           replace without a moment in which clients are\n\
                               refused; getsockname does not return PATH\n\
      --long-path              let PATH be longer than an address can hold\n\
      --abstract               PATH is an abstract name\n\
      --pass-credentials       set SO_PASSCRED on the socket\n\
      --pass-security          set SO_PASSSEC on the socket\n\
      --pass-pidfd             set SO_PASSPIDFD on the socket\n\
      --no-pass-rights         clear SO_PASSRIGHTS on the socket\n\
      --upstart-compatibility  set UPSTART_FDS and UPSTART_EVENTS\n\
      --systemd-compatibility  set LISTEN_FDS, LISTEN_PID, LISTEN_PIDFDID;\n\
                               sockets already in LISTEN_FDS stay there\n\
      --fdname=NAME            call the socket NAME in LISTEN_FDNAMES\n\
      --notify-fd=NUMBER       when clients can connect, write a newline to\n\
                               this descriptor and close it\n\
      --help                   print this text and exit\n\
      --version                print version and features and exit\n\
\n\
A NUMBER with a leading 0 is octal, with 0x hexadecimal, otherwise decimal.\n\
By default, whatever is at PATH, unless it is a directory, is replaced.\n\
Exit status: 100 wrong usage, 111 the system refused, 126 NEXT-PROG cannot\n\
be run, 127 NEXT-PROG was not found; otherwise that of NEXT-PROG.\n\
";

struct options
{
  bool upstart;
  bool systemd;
  /* These are null if the option is not given.  */
  char const *fdname;
  char const *user;
  char const *group;
  /* -1 if the option is not given.  */
  int notify_fd;
  struct sockfile_options socket;
  char **program;
};

static struct options const defaults =
{
  .notify_fd = -1,
  .socket = { .replace = REPLACE_ALL, .mode = LISTENER_MODE_UMASK,
              .uid = (uid_t) -1, .gid = (gid_t) -1, .keeps_signals = true,
              .backlog = BACKLOG_DEFAULT }
};

/* The variables that tell a program about listening descriptors.  */
static char const names_variable[] = "LISTEN_FDNAMES";
static char const *const listen_variables[] =
{
  "LISTEN_PID", "LISTEN_FDS", names_variable, "LISTEN_PIDFDID"
};

/* Return the mode ARG, the value of WHAT.  */
static mode_t
parse_mode (char const *what, char const *arg)
{
  uintmax_t mode;
  if (number_parse (arg, 0, 0777, &mode) == 0)
    return mode;
  int errnum = errno;
  if (arg[0] != '0' && number_parse (arg, 8, 0777, &mode) == 0)
    cli_usage ("%s: %s is out of range; did you mean octal 0%s?", what,
               quoteaf (arg), arg);
  cli_usage ("%s: %s is %s 0 to 0777, such as 0660", what, quoteaf (arg),
             errnum == ERANGE ? "out of range, which is"
             : "not an octal number from");
}

/* Check that ARG is a valid name in LISTEN_FDNAMES, as defined by
   sd_listen_fds_with_names(3), and return it.  */
static char const *
parse_fdname (char const *arg)
{
  size_t len = strlen (arg);
  bool good = 0 < len && len <= FDNAME_MAX;
  for (char const *p = arg; *p; p++)
    good &= ' ' <= *p && *p <= '~' && *p != ':';
  if (! good)
    cli_usage ("option --fdname: %s is not 1 to %d printable ASCII characters"
               " without ':'", quoteaf (arg), FDNAME_MAX);
  return arg;
}

/* Store the option C, whose value is OPTARG.  */
static void
parse_option (struct options *o, int c)
{
  switch (c)
    {
    case 'b':
      o->socket.backlog = cli_backlog (cli_this (), optarg, 0);
      break;
    case 'u':
      o->socket.uid = cli_uid (cli_this (), optarg, 0, "--user=*");
      break;
    case 'g':
      o->socket.gid = cli_gid (cli_this (), optarg, 0, "--group=*");
      break;
    case 'm':
      o->socket.mode = parse_mode (cli_this (), optarg);
      break;
    case USER:
      o->user = optarg;
      break;
    case GROUP:
      o->group = optarg;
      break;
    case PASS_CREDENTIALS:
      o->socket.pass_credentials = true;
      break;
    case PASS_SECURITY:
      o->socket.pass_security = true;
      break;
    case FDNAME:
      o->fdname = parse_fdname (optarg);
      break;
    case NOTIFY_FD:
      o->notify_fd = cli_number ("option --notify-fd", optarg, 0, INT_MAX);
      break;
    case UPSTART_COMPATIBILITY:
      o->upstart = true;
      break;
    case SYSTEMD_COMPATIBILITY:
      o->systemd = true;
      break;
    case CLI_HELP:
      cli_help (help);
    case CLI_VERSION:
      cli_version ();
    default:
      sockfile_option (&o->socket, c);
    }
}

/* Check that the options do not contradict each other.  */
static void
check_options (struct options const *o)
{
  char const *conflict = sockfile_conflict (&o->socket);

  if (o->user && o->socket.uid != (uid_t) -1)
    cli_usage ("options --uid and --user exclude each other");
  if (o->group && o->socket.gid != (gid_t) -1)
    cli_usage ("options --gid and --group exclude each other");
  if (conflict)
    cli_usage ("option --abstract excludes %s", conflict);
  if (o->socket.abstract && (o->user || o->group))
    cli_usage ("option --abstract excludes options for owner and mode, which"
               " an abstract name does not have");
  if (o->fdname && ! o->systemd)
    cli_usage ("option --fdname needs --systemd-compatibility");
}

/* Parse the command line.  */
static void
parse (struct options *o, int argc, char **argv)
{
  int c;

  *o = defaults;
  while ((c = cli_option (argc, argv, short_options, long_options)) != -1)
    parse_option (o, c);
  o->socket.path = cli_path (argv);
  o->program = argv + optind;
  check_options (o);
  if (o->user)
    o->socket.uid = cli_user ("option --user", o->user, "--uid");
  if (o->group)
    o->socket.gid = cli_group ("option --group", o->group, "--gid");
}

/* Set the variable NAME in ENV to VALUE.  */
static void
set_variable (struct envlist *env, char const *name, char const *value)
{
  if (envlist_assign (env, "", name, value) != 0)
    xalloc_die ();
}

/* Set the variable NAME in ENV to the number VALUE.  */
static void
set_number (struct envlist *env, char const *name, uintmax_t value)
{
  if (envlist_assign_number (env, "", name, value) != 0)
    xalloc_die ();
}

/* Update LISTEN_FDNAMES in ENV for the socket that follows INHERITED others.
   If ENV has a list of names, extend it in any case, because a list shorter
   than LISTEN_FDS is an error for programs that read it.  Do not shorten a
   longer list: a script may set all names before it makes the first of several
   sockets.  */
static void
name_socket (struct envlist *env, char const *fdname, int inherited)
{
  char const *names = envlist_get (env, names_variable);
  if (! names && ! fdname)
    return;
  char *value = chain_names (names, inherited, fdname);
  if (! value)
    xalloc_die ();
  set_variable (env, names_variable, value);
  free (value);
}

/* Set the variables in ENV that tell the next program about its socket FD,
   which follows INHERITED others.  CONTINUES is true if ENV counts those
   already.  */
static void
describe (struct envlist *env, struct options const *o, int fd, int inherited,
          bool continues)
{
  uintmax_t id;
  /* LISTEN_FDNAMES alone is meant for the sockets that this and the next
     programs make.  */
  bool keeps_names = (o->systemd && ! envlist_get (env, "LISTEN_PID")
                      && ! envlist_get (env, "LISTEN_FDS"));

  if (! continues)
    for (size_t i = 0;
         i < sizeof listen_variables / sizeof *listen_variables; i++)
      if (! keeps_names || strcmp (listen_variables[i], names_variable) != 0)
        envlist_unset (env, listen_variables[i]);
  if (o->systemd)
    {
      set_number (env, "LISTEN_FDS", inherited + 1);
      set_number (env, "LISTEN_PID", getpid ());
      if (chain_pidfd_id (&id) == 0)
        set_number (env, "LISTEN_PIDFDID", id);
      else
        envlist_unset (env, "LISTEN_PIDFDID");
      name_socket (env, o->fdname, inherited);
    }
  if (o->upstart)
    {
      set_number (env, "UPSTART_FDS", fd);
      set_variable (env, "UPSTART_EVENTS", "socket");
    }
}

/* Report that no descriptor can be added to those of LISTEN_FDS in ENV: only
   the first COUNT of them are open or, if errno is ERANGE, there are too
   many.  */
static _Noreturn void
bad_count (struct envlist const *env, int count)
{
  char const *fds = quoteaf (envlist_get (env, "LISTEN_FDS"));

  if (errno == ERANGE)
    die (EXIT_USAGE, 0, "unable to add to the descriptors of LISTEN_FDS %s:"
         " no descriptor number is left after so many", fds);
  die (EXIT_USAGE, 0, "unable to add to the descriptors of LISTEN_FDS %s:"
       " descriptor %d is not open", fds, CHAIN_FIRST_FD + count);
}

/* Warn if the descriptor TARGET, which the socket replaces, is a listening
   socket, because it may be meant for the next program.  */
static void
warn_of_loss (int target, struct options const *o)
{
  if (! inherited_listens (target))
    return;
  if (o->systemd)
    log_warn (0, "closing the listening socket at descriptor %d, which"
              " LISTEN_FDS and LISTEN_PID do not give to this process %jd"
              " (run programs that fork, such as runuser or timeout, before"
              " the first program that makes a socket)", target,
              (intmax_t) getpid ());
  else
    log_warn (0, "closing the listening socket at descriptor %d (to keep"
              " several sockets, give --systemd-compatibility to each program"
              " that makes one)", target);
}

/* Check that the descriptor FD of --notify-fd can be written to, and that it
   is not a listening socket, such as those before TARGET.  Return a duplicate
   above TARGET.  */
static int
reserve_notify_fd (int fd, int target)
{
  /* A listening socket never becomes writable, so poll would wait for
     ever.  */
  if ((CHAIN_FIRST_FD <= fd && fd < target) || inherited_listens (fd))
    cli_usage ("option --notify-fd: descriptor %d is a listening socket,"
               " choose another", fd);
  int flags = fcntl (fd, F_GETFL);
  if (0 <= flags && (flags & O_ACCMODE) == O_RDONLY)
    die (EXIT_USAGE, EBADF, "unable to write to descriptor %d of option"
         " --notify-fd", fd);
  int reserved = fcntl (fd, F_DUPFD_CLOEXEC, target + 1);
  if (reserved < 0)
    die (errno == EBADF ? EXIT_USAGE : EXIT_SYSTEM, errno,
         "unable to use descriptor %d of option --notify-fd", fd);
  return reserved;
}

/* Return true if a signal is pending that will end the process when it is
   unblocked.  */
static bool
is_dying (void)
{
  return endpoint_is_dying (&endpoint);
}

/* If a signal is pending that ends the process, remove the socket and let the
   signal end the process.  */
static void
die_if_signaled (void)
{
  if (! is_dying ())
    return;
  endpoint_undo (&endpoint);
  /* Unblocking the signal ends the process, unless it is process 1 of a
     namespace, which the kernel spares.  */
  endpoint_unblock_signals (&endpoint);
  die (EXIT_SYSTEM, EINTR, "unable to make the socket %s",
       quoteaf (endpoint.path));
}

/* Wait until a write to FD does not block, or poll fails.  All signals are
   blocked, so check for signals that end the process.  */
static void
wait_to_write (int fd)
{
  for (;;)
    {
      struct pollfd ready = { .fd = fd, .events = POLLOUT };
      int n = poll (&ready, 1, SLICE);
      if (0 < n || (n < 0 && errno != EINTR))
        return;
      die_if_signaled ();
    }
}

/* Write a newline to RESERVED, a duplicate of FD, now that clients can
   connect, and close both descriptors; but do not close FD if it is TARGET,
   because then it is the socket.  Return 0, or -1 with errno set.  */
static int
notify (int fd, int reserved, int target)
{
  sigset_t pipe_only, pending;
  int sig;

  wait_to_write (reserved);
  sigpending (&pending);
  bool was_pending = sigismember (&pending, SIGPIPE) == 1;
  bool written = full_write (reserved, "\n", 1) == 1;
  int saved_errno = errno;
  /* All signals are blocked, so a SIGPIPE from this write is pending.  Discard
     it, unless one was pending before, which is for the next program.  Where
     SIGPIPE is ignored, some systems leave none pending.  */
  sigpending (&pending);
  if (! written && saved_errno == EPIPE && ! was_pending
      && sigismember (&pending, SIGPIPE) == 1)
    {
      sigemptyset (&pipe_only);
      sigaddset (&pipe_only, SIGPIPE);
      sigwait (&pipe_only, &sig);
    }
  close (reserved);
  if (fd != target)
    close (fd);
  errno = saved_errno;
  return written ? 0 : -1;
}

int
main (int argc, char **argv)
{
  struct options o;
  struct envlist env;
  int inherited = 0;
  bool counted = false;

  log_init (argv[0], "local-stream-socket-listen");
  parse (&o, argc, argv);
  if (envlist_init (&env, environ, 0) != 0)
    xalloc_die ();
  if (o.systemd
      && chain_inherited (&env, getpid (), &inherited, &counted) != 0)
    bad_count (&env, inherited);

  /* Move the socket to its number before another descriptor gets this number,
     because dup2 would close it.  */
  int target = CHAIN_FIRST_FD + inherited;
  int reserved = (o.notify_fd < 0 ? -1
                  : reserve_notify_fd (o.notify_fd, target));
  warn_of_loss (target, &o);
  create_socket (&endpoint, &o.socket);
  if (chain_place (endpoint.listener.fd, target) != 0)
    die (EXIT_SYSTEM, errno, "unable to move the socket to descriptor %d",
         target);
  listener_set_fd (&endpoint.listener, target);
  describe (&env, &o, target, inherited, counted && 0 < inherited);

  log_wait_unless (is_dying);
  create_file (&endpoint, &o.socket);
  if (0 <= reserved && notify (o.notify_fd, reserved, target) != 0)
    {
      int errnum = errno;
      endpoint_undo (&endpoint);
      endpoint_unblock_signals (&endpoint);
      endpoint_warn_of_left (&endpoint);
      die (EXIT_SYSTEM, errnum, "unable to write to descriptor %d",
           o.notify_fd);
    }
  die_if_signaled ();
  endpoint_unblock_signals (&endpoint);
  int status = chain_exec (o.program, &env);
  int errnum = errno;
  endpoint_undo (&endpoint);
  endpoint_warn_of_left (&endpoint);
  die (status, errnum, "unable to run %s", quoteaf (o.program[0]));
}
