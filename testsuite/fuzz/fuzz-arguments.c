/* fuzz-arguments.c -- try arbitrary command lines and environments on a tool.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Each line of an input is an argument.  After a NUL byte follows the
   environment, one variable on each line.  FUZZ_TOOL, one of the numbers
   below, selects the tool, whose source file is included.  Its main is not
   called, but the functions that read the command line and the environment
   are.

   When the tool would exit, control returns here with the exit status.  Each
   message must be one line of printable characters.  The options that the tool
   has understood are checked against the promises of the manual; a broken
   promise aborts.  */

#include <config.h>

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/account.h"
#include "base/inherited.h"
#include "base/log.h"
#include "xalloc.h"

#define FUZZ_CHOICE 0
#include "fuzz.h"

enum { ARGUMENTS_MAX = 64, VARIABLES_MAX = 16, TAKEN_MAX = 4 };

/* Where to continue instead of exiting, and the exit status.  */
static jmp_buf end_of_tool;
static int end_status;

_Noreturn static void
end_tool (int status)
{
  end_status = status;
  longjmp (end_of_tool, 1);
}

/* These functions replace those of base/log.c. They write nothing.  */

static enum log_level level;

/* Check that FORMAT with ARGS makes one line.  */
static void __attribute__ ((__format__ (__printf__, 1, 0)))
hear (char const *format, va_list args)
{
  static char line[128 * 1024];
  int len = vsnprintf (line, sizeof line, format, args);
  MUST (0 < len && (size_t) len < sizeof line);
  for (char const *p = line; *p; p++)
    MUST (' ' <= *p && *p <= '~');
}

void
log_init (char const *argv0, char const *name)
{
  (void) argv0;
  (void) name;
}

char const *
log_name (void)
{
  return "tool";
}

void
log_set_level (enum log_level new_level)
{
  MUST (new_level <= LOG_VERBOSE);
  level = new_level;
}

bool
log_is_enabled (enum log_level line_level)
{
  return line_level <= level;
}

void
log_never_wait (void)
{
}

void
log_sigpipe_is_blocked (void)
{
}

void
log_write_nothing (void)
{
}

void
log_wait_unless (bool (*condition) (void))
{
  (void) condition;
}

bool
log_has_lost (void)
{
  return false;
}

void
log_report_lost (void)
{
}

void
log_warn (int errnum, char const *format, ...)
{
  (void) errnum;
  va_list args;
  va_start (args, format);
  hear (format, args);
  va_end (args);
}

void
log_info (enum log_level line_level, char const *format, ...)
{
  (void) line_level;
  va_list args;
  va_start (args, format);
  hear (format, args);
  va_end (args);
}

void
die (int status, int errnum, char const *format, ...)
{
  (void) errnum;
  va_list args;
  va_start (args, format);
  hear (format, args);
  va_end (args);
  MUST (status == EXIT_USAGE || status == EXIT_SYSTEM);
  end_tool (status);
}

void
xalloc_die (void)
{
  abort ();
}

/* Do not query the account database.  Some accounts exist, those that begin
   with "e" cannot be looked up, and the others do not exist.  */
static int
find_account (char const *name, unsigned int *id)
{
  if (strcmp (name, "root") == 0 || strcmp (name, "0") == 0)
    return *id = 0, 0;
  if (strcmp (name, "example") == 0)
    return *id = 1000, 0;
  errno = *name == 'e' ? EIO : ENOENT;
  return -1;
}

int
account_uid (char const *name, uid_t *uid)
{
  unsigned int id;
  if (find_account (name, &id) != 0)
    return -1;
  *uid = id;
  return 0;
}

int
account_gid (char const *name, gid_t *gid)
{
  unsigned int id;
  if (find_account (name, &id) != 0)
    return -1;
  *gid = id;
  return 0;
}

/* Descriptors that are divisible by 3 are listening sockets.  */
int
inherited_check (int fd)
{
  if (fd % 3 == 0)
    return 0;
  errno = fd % 3 == 1 ? EBADF : EINVAL;
  return -1;
}

bool
inherited_listens (int fd)
{
  return fd % 3 == 0;
}

int
inherited_check_connection (int fd, union peer_address *peer,
                            socklen_t *peerlen)
{
  (void) fd;
  (void) peer;
  (void) peerlen;
  abort ();
}

int
inherited_take (int fd)
{
  (void) fd;
  abort ();
}

char const *
inherited_path (int fd, union peer_address *addr, size_t *pathlen)
{
  (void) fd;
  (void) addr;
  (void) pathlen;
  abort ();
}

/* Memory that the tool never frees.  */
static void *taken[TAKEN_MAX];
static int taken_count;

/* Discard the output of --help and --version.  */
static int __attribute__ ((__format__ (__printf__, 1, 2)))
print_nothing (char const *format, ...)
{
  va_list args;
  va_start (args, format);
  char text[4096];
  int len = vsnprintf (text, sizeof text, format, args);
  va_end (args);
  return len;
}

#undef exit
#define exit end_tool
#undef printf
#define printf print_nothing
#undef fputs
#define fputs(Text, Stream) ((void) (Text))
#undef fclose
#define fclose(Stream) 0
#include "cli/cli.c"
#undef printf
#undef fclose

#define S6_IPCSERVER 1
#define S6_IPCSERVER_ACCESS 2
#define S6_IPCCLIENT 3
#define LOCAL_STREAM_SOCKET_ACCEPT 4
#define LOCAL_STREAM_SOCKET_CONNECT 5
#define LOCAL_STREAM_SOCKET_LISTEN 6

#define main tool_main
int tool_main (int argc, char **argv);

/* For each tool: understand parses ARGV as main does, checks the result with
   MUST, and returns the program to run, or NULL. forget frees the memory.  */

#if FUZZ_TOOL == S6_IPCSERVER || FUZZ_TOOL == LOCAL_STREAM_SOCKET_ACCEPT
# include "serve/serve.h"

static void
check_rate (struct rate const *rate)
{
  MUST (rate->count <= RATELIMIT_COUNT_MAX);
  MUST (rate->seconds <= RATELIMIT_SECONDS_MAX);
  MUST ((rate->count == 0) == (rate->seconds == 0));
}

/* Check the options that both servers have.  */
static void
check_shared (struct serve_config const *config)
{
  check_rate (&config->rate);
  check_rate (&config->rate_per_uid);
  MUST (! config->drain || (-1 <= config->drain_seconds
                            && config->drain_seconds <= 1000000));
}
#endif

#if FUZZ_TOOL == S6_IPCSERVER || FUZZ_TOOL == LOCAL_STREAM_SOCKET_LISTEN
# include "sockfile/listener.h"
# include "sockfile/options.h"

/* Check the options for a socket.  UNSAID is the mode if no option sets
   it.  */
static void
check_socket (struct sockfile_options const *s, mode_t unsaid)
{
  MUST (s->mode <= 0777 || s->mode == unsaid);
  MUST (0 <= s->backlog);
  if (s->abstract)
    MUST (s->replace != REPLACE_LIVE && ! s->long_path
          && s->mode == unsaid
          && s->uid == (uid_t) -1 && s->gid == (gid_t) -1);
}
#endif

#if FUZZ_TOOL == S6_IPCSERVER
# include "s6-ipcserver.c"

static struct options options;

static char **
understand (int argc, char **argv)
{
  struct options *o = &options;
  struct sockfile_options const *s = &o->socket;

  parse (o, argc, argv);
  MUST (o->level <= LOG_VERBOSE);
  MUST (o->serve.limit <= UINT_MAX && o->serve.limit_per_uid <= UINT_MAX);
  check_shared (&o->serve);
  MUST (! o->identity.set_uid || o->identity.uid != (uid_t) -1);
  MUST (! o->identity.set_gid || o->identity.gid != (gid_t) -1);
  MUST (o->identity.ngroups <= privs_groups_max ());
  MUST (may_become (&o->identity));
  MUST (! o->ids_from_environment
        || (getenv ("UID") && getenv ("GID") && getenv ("GIDLIST")));
  check_socket (s, MODE_DEFAULT);
  if (o->listen_fd == -1)
    MUST (s->path == o->serve.program[-1] && *s->path);
  else
    MUST (o->listen_fd != STDERR_FILENO && o->listen_fd % 3 == 0
          && ! o->making && ! s->abstract && ! o->unlink_on_exit
          && o->serve.stop_when_lost == 0);
  MUST (! s->abstract
        || (! o->unlink_on_exit && o->serve.stop_when_lost == 0));
  MUST (0 <= o->serve.stop_when_lost && o->serve.stop_when_lost <= 1000000);

  size_t limit = o->serve.limit;
  reconcile (o);
  MUST (1 <= o->serve.limit && o->serve.limit <= LIMIT_MAX);
  MUST (limit < 1 || LIMIT_MAX < limit || o->serve.limit == limit);
  MUST (1 <= o->serve.limit_per_uid
        && o->serve.limit_per_uid <= o->serve.limit);
  MUST (o->serve.lookup != LOOKUP_NEVER || ! o->serve.peer_info);
  return o->serve.program;
}

static void
forget (void)
{
  free (options.identity.groups);
  options.identity.groups = NULL;
}

#elif FUZZ_TOOL == LOCAL_STREAM_SOCKET_LISTEN
# include "local-stream-socket-listen.c"

static char **
understand (int argc, char **argv)
{
  struct options o;

  parse (&o, argc, argv);
  check_socket (&o.socket, LISTENER_MODE_UMASK);
  MUST (o.socket.path == o.program[-1] && *o.socket.path);
  MUST (-1 <= o.notify_fd);
  MUST (! o.fdname || o.systemd);
  if (o.fdname)
    {
      size_t len = strlen (o.fdname);
      MUST (1 <= len && len <= 255 && ! strchr (o.fdname, ':'));
      for (size_t i = 0; i < len; i++)
        MUST (' ' <= o.fdname[i] && o.fdname[i] <= '~');
    }
  /* The id of an account is never the value that stands for no change.  */
  MUST (! o.user || o.socket.uid == 0 || o.socket.uid == 1000);
  MUST (! o.group || o.socket.gid == 0 || o.socket.gid == 1000);
  return o.program;
}

static void
forget (void)
{
}

#elif FUZZ_TOOL == LOCAL_STREAM_SOCKET_ACCEPT
# include "local-stream-socket-accept.c"

static char **
understand (int argc, char **argv)
{
  struct options o;

  parse (&o, argc, argv);
  MUST (o.level == LOG_NORMAL || o.level == LOG_VERBOSE);
  MUST (1 <= o.serve.limit && o.serve.limit <= 100000);
  MUST (o.serve.limit_per_uid <= 100000);
  check_shared (&o.serve);
  return o.serve.program;
}

static void
forget (void)
{
}

#elif FUZZ_TOOL == S6_IPCSERVER_ACCESS

static void *
take (size_t size)
{
  MUST (taken_count < TAKEN_MAX);
  return taken[taken_count++] = xmalloc (size);
}

# define xmalloc take
# include "s6-ipcserver-access.c"
# undef xmalloc

static struct remote client;

static char **
understand (int argc, char **argv)
{
  struct options o;

  client = (struct remote) { .groups = NULL };
  parse (&o, argc, argv);
  MUST (o.check ? o.rules && ! o.program : o.program && *o.program);
  MUST (! o.rules || *o.rules);
  MUST (! o.is_file || o.rules);
  if (o.check)
    {
      char *copy = strcpy (take (strlen (o.check) + 1), o.check);
      o.check = copy;
      invent_client (&client, &o);
      MUST (client.group_count < GROUPS_MAX);
      MUST (client.group_count == 0 || o.supplementary);
      MUST (! o.identify);
    }
  else if (o.identify)
    /* The environment is not used.  */
    MUST (strcmp (o.identify, "IPC") == 0 || strcmp (o.identify, "UNIX") == 0);
  else
    {
      take_client (&client);
      MUST (*client.protocol
            && ! strpbrk (client.protocol, "=/.- \n")
            && strlen (client.protocol) == strlen (getenv ("PROTO")));
    }
  MUST (client.uid != (uid_t) -1 && client.gid != (gid_t) -1);
  return o.program;
}

static void
forget (void)
{
  free (client.groups);
  client.groups = NULL;
}

#elif FUZZ_TOOL == S6_IPCCLIENT || FUZZ_TOOL == LOCAL_STREAM_SOCKET_CONNECT
# if FUZZ_TOOL == S6_IPCCLIENT
#  include "s6-ipcclient.c"
# else
#  include "local-stream-socket-connect.c"
# endif

static char **
understand (int argc, char **argv)
{
  struct client_options o = CLIENT_DEFAULTS;
  struct client_style style = { .protocol = "TEST" };

  char **program = parse (&o, &style, argc, argv);
# if FUZZ_TOOL == LOCAL_STREAM_SOCKET_CONNECT
  if (! program)
    MUST (*o.path && ! o.abstract && ! o.local_path && o.timeout == 0);
  else
# endif
  MUST (o.path == program[-1] && *o.path);
  MUST (! o.local_path || *o.local_path);
  MUST (o.timeout <= 1000000);
  MUST (! o.abstract || ! o.long_path || o.local_path);
  MUST (! o.expected_user || o.expected_uid == 0 || o.expected_uid == 1000);
# if FUZZ_TOOL == S6_IPCCLIENT
  MUST (style.local_path);
# else
  MUST (style.local_path == o.local_path);
# endif
  return program;
}

static void
forget (void)
{
}
#endif

#undef main
#undef fputs

/* Let the tool read ARGV and the environment VARIABLES.  Return the program to
   run, or NULL.  Store in end_status the exit status, or -1 if the tool would
   go on.  */
static char **
run_tool (int argc, char **argv, char **variables)
{
  static char **program;
  char **own = environ;

  program = NULL;
  end_status = -1;
  level = LOG_NORMAL;
  /* Make getopt_long start from the beginning.  */
  optind = 0;
  environ = variables;
  if (setjmp (end_of_tool) == 0)
    program = understand (argc, argv);
  environ = own;
  forget ();
  while (taken_count)
    free (taken[--taken_count]);
  MUST (end_status == -1 || end_status == EXIT_SUCCESS
        || end_status == EXIT_USAGE || end_status == EXIT_SYSTEM);
  MUST (end_status == -1 || ! program);
  return program;
}

int
LLVMFuzzerTestOneInput (uint8_t const *data, size_t size)
{
  /* Leave room for the name, two more arguments and the final NULL.  */
  char *argv[1 + ARGUMENTS_MAX + 3] = { NULL };
  char *given[1 + ARGUMENTS_MAX + 3];
  char *variables[VARIABLES_MAX + 1] = { NULL };
  static char name[] = "tool", option[] = "--help", no_option[] = "--no";
  int argc = 0;

  fuzz_watch_time ();
  /* glibc's getenv reads two bytes of each variable, even of an empty one.  It
     may do so because the environment of a process is followed by other data;
     so add a byte.  */
  char *text = calloc (1, size + 2);
  MUST (text);
  if (size != 0)
    memcpy (text, data, size);
  size_t len = strlen (text);
  if (len < size)
    split_lines (text + len + 1, variables, VARIABLES_MAX);
  /* An empty input stands for argc == 0.  */
  if (size != 0)
    {
      argv[0] = name;
      argc = 1 + split_lines (text, argv + 1, ARGUMENTS_MAX);
    }
  char *copy = malloc (size + 1);
  MUST (copy);
  memcpy (copy, text, size + 1);
  memcpy (given, argv, sizeof given);

  char **program = run_tool (argc, argv, variables);
  MUST (memcmp (given, argv, sizeof given) == 0);
  MUST (memcmp (copy, text, size + 1) == 0);
  if (program)
    {
      /* Arguments after the program belong to it, whatever they are.  */
      MUST (argv < program && program < argv + argc && *program);
      program[1] = option;
      program[2] = no_option;
      program[3] = NULL;
      MUST (run_tool (program + 3 - argv, argv, variables) == program);
    }
  free (copy);
  free (text);
  return 0;
}
