/* s6-ipcserver-access.c -- allow clients by rules, and execute the next
   program.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "access/remote.h"
#include "access/rulekeys.h"
#include "access/ruleset.h"
#include "base/address.h"
#include "base/envlist.h"
#include "base/idmap.h"
#include "base/inherited.h"
#include "base/log.h"
#include "base/number.h"
#include "cli/cli.h"
#include "peer/peercred.h"
#include "peer/peergroups.h"
#include "same-inode.h"
#include "spawn/chain.h"
#include "xalloc.h"

enum
{
  /* The most groups that a process can have on any system.  */
  GROUPS_MAX = 65536
};

/* Options without a letter.  */
enum
{
  SUPPLEMENTARY = CLI_FIRST_OWN,
  IDENTIFY,
  CHECK
};

static char const short_options[] = "+:v:Eel:i:x:";

static struct option const long_options[] =
{
  { "supplementary", no_argument, NULL, SUPPLEMENTARY },
  { "identify", optional_argument, NULL, IDENTIFY },
  { "check", required_argument, NULL, CHECK },
  CLI_LONG_OPTIONS,
  { NULL, 0, NULL, 0 }
};

static char const help[] = "\
Usage: %s [OPTION]... PROG [ARG]...\n\
To be run by a server for local sockets.  Execute PROG if the rules in DIR\n\
allow the client, whose ids the server has put into the environment.  With\n\
--identify, get the ids from the kernel, so that any server will do.\n\
\n\
  -v NUMBER            0: log only errors; 1: also who is allowed or denied\n\
                       (default); 2: also which rules were tried\n\
  -E                   remove the variables of the server and of this tool\n\
  -e                   keep and set them (default)\n\
  -l NAME              use NAME as the path of the server's socket, and do\n\
                       not ask the system\n\
  -i DIR               the directory of rules; without it or -x, every\n\
                       client is allowed\n\
  -x FILE              rules in a cdb file that s6-accessrules-cdb-from-fs\n\
                       has made from a directory; an error if this program\n\
                       was built without libcdb\n\
      --supplementary  also try the rules for the client's other groups\n\
      --identify[=PROTO]\n\
                       ask the kernel for the ids of the client at\n\
                       descriptor 0, and set the variables of PROTO, IPC\n\
                       (default) or UNIX; rules are optional then\n\
      --check=UID:GID  print which rule decides for these ids and run\n\
                       nothing; with --supplementary, more groups may\n\
                       follow GID, after commas\n\
      --help           print this text and exit\n\
      --version        print version and features and exit\n\
\n\
The first of these directories in DIR that has a file 'allow' or 'deny'\n\
decides: uid/self, uid/UID, gid/self, gid/GID, uid/default.  With 'allow',\n\
files in 'env' become variables, and 'exec' replaces PROG.\n\
Exit status: 1 the client is denied, 100 wrong usage or variables,\n\
111 the system refused or a rule is bad, 126 PROG cannot be run, 127 it was\n\
not found; otherwise that of PROG.\n\
";

struct options
{
  uintmax_t verbosity;
  /* True if the next program gets none of the variables of the connection.  */
  bool no_variables;
  /* The path of the server's socket, or NULL to ask the system.  */
  char const *local_name;
  /* The path of the rules, or NULL for no rules.  */
  char const *rules;
  /* True if the rules are a cdb file, and not a directory.  */
  bool is_file;
  bool supplementary;
  /* The protocol whose variables are set to the ids that the kernel reports,
     or NULL to take the ids from the environment.  */
  char const *identify;
  /* The value of --check, or NULL if there is a client.  */
  char *check;
  char **program;
};

static struct options const defaults =
{
  .verbosity = LOG_NORMAL
};

/* Return the protocol ARG, the value of --identify, which may be null.  */
static char const *
parse_protocol (char const *arg)
{
  char const *protocol = remote_protocol (arg);
  if (! protocol)
    cli_usage ("option --identify: %s is neither IPC nor UNIX",
               quoteaf (arg));
  return protocol;
}

/* Set in O what the option C with the value OPTARG says.  */
static void
parse_option (struct options *o, int c)
{
  switch (c)
    {
    case 'v':
      o->verbosity = cli_number ("option -v", optarg, 10, UINTMAX_MAX);
      break;
    case 'E':
      o->no_variables = true;
      break;
    case 'e':
      o->no_variables = false;
      break;
    case 'l':
      o->local_name = optarg;
      break;
    case 'i':
      if (*optarg == '\0')
        cli_usage ("option -i: the path is empty");
      o->rules = optarg;
      o->is_file = false;
      break;
    case 'x':
      if (*optarg == '\0')
        cli_usage ("option -x: the path is empty");
      o->rules = optarg;
      o->is_file = true;
      break;
    case SUPPLEMENTARY:
      o->supplementary = true;
      break;
    case IDENTIFY:
      o->identify = parse_protocol (optarg);
      break;
    case CHECK:
      o->check = optarg;
      break;
    case CLI_HELP:
      cli_help (help);
    case CLI_VERSION:
      cli_version ();
    }
}

/* Parse the command line.  */
static void
parse (struct options *o, int argc, char **argv)
{
  int c;

  *o = defaults;
  while ((c = cli_option (argc, argv, short_options, long_options)) != -1)
    parse_option (o, c);
  if (! o->check)
    o->program = cli_program (argv);
  else if (! o->rules)
    cli_usage ("option --check needs -i or -x");
  else if (o->identify)
    cli_usage ("option --check excludes --identify");
}

/* Return the name of PROTOCOL's variable NAME, in memory that is never
   freed.  */
static char *
name_of (char const *protocol, char const *name)
{
  char *result = xmalloc (strlen (protocol) + strlen (name) + 1);
  stpcpy (stpcpy (result, protocol), name);
  return result;
}

/* Return the value of the variable NAME.  Exit unless there is exactly one
   such variable: with several, the next program may use another one than we
   do.  */
static char const *
need_variable (char const *name)
{
  size_t len = strlen (name);
  char const *value = NULL;

  for (char **v = environ; *v; v++)
    if (strncmp (*v, name, len) == 0 && (*v)[len] == '=')
      {
        if (value)
          die (EXIT_USAGE, 0, "denied: there is more than one variable %s",
               name);
        value = *v + len + 1;
      }
  if (! value)
    die (EXIT_USAGE, 0, "denied: there is no variable %s: %s", name,
         strcmp (name, "PROTO") == 0
         ? "no UCSPI server has started this program (see --identify for"
         " systemd and inetd, --check to try rules by hand)"
         : "the server does not know the client");
  return value;
}

/* Exit, because the variable NAME has VALUE, which is not KIND ("a uid").  */
static _Noreturn void
bad_variable (char const *name, char const *value, char const *kind)
{
  die (EXIT_USAGE, 0, "denied: %s in the variable %s is not %s",
       quoteaf (value), name, kind);
}

/* Return the value of PROTO, and check that it can begin names of
   variables.  */
static char const *
need_protocol (void)
{
  static char const name[] = "PROTO";
  char const *value = need_variable (name);

  if (*value == '\0'
      || value[strspn (value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                       "abcdefghijklmnopqrstuvwxyz0123456789_")] != '\0')
    bad_variable (name, value, "a protocol");
  return value;
}

/* Set the ids of CLIENT from the environment.  */
static void
take_client (struct remote *client)
{
  client->protocol = need_protocol ();
  char const *name = name_of (client->protocol, "REMOTEEUID");
  char const *value = need_variable (name);
  if (number_uid (value, 10, &client->uid) != 0)
    bad_variable (name, value, "a uid");
  name = name_of (client->protocol, "REMOTEEGID");
  value = need_variable (name);
  if (number_gid (value, 10, &client->gid) != 0)
    bad_variable (name, value, "a gid");
}

/* If standard error is the connection, as it is under inetd, write no
   messages: the client would get them.  */
static void
spare_client (void)
{
  struct stat in, err;

  if (fstat (STDIN_FILENO, &in) == 0 && fstat (STDERR_FILENO, &err) == 0
      && S_ISSOCK (err.st_mode) && SAME_INODE (in, err))
    log_write_nothing ();
}

/* Set CLIENT from the connection on descriptor 0, whose peer the kernel
   reports.  PROTOCOL is that of the variables to set.  */
static void
identify_client (struct remote *client, char const *protocol)
{
  union peer_address addr;
  struct peercred cred;
  socklen_t len;
  size_t pathlen;

  if (inherited_check_connection (STDIN_FILENO, &addr, &len) != 0)
    {
      if (errno == EDESTADDRREQ)
        die (EXIT_USAGE, 0, "denied: descriptor 0 is a socket without a name,"
             " not a connection that a server has accepted");
      die (EXIT_USAGE, errno, "denied: descriptor 0 is not a connection to a"
           " local stream socket");
    }
  if (peercred_get (STDIN_FILENO, &cred) != 0)
    die (EXIT_SYSTEM, errno, "denied: unable to get the peer credentials of"
         " the client");
  char const *path = address_peer_path (&addr, len, &pathlen);
  *client = (struct remote) { .protocol = protocol,
                              .uid = cred.uid, .gid = cred.gid,
                              .pid = cred.pid,
                              .path = ximemdup0 (path, pathlen) };
}

/* Set the supplementary groups of CLIENT, which the kernel reports.  */
static void
take_groups (struct remote *client)
{
  client->groups = xnmalloc (GROUPS_MAX, sizeof *client->groups);
  if (peergroups_get (STDIN_FILENO, client->groups, GROUPS_MAX,
                      &client->group_count) != 0)
    die (EXIT_SYSTEM, errno, "denied: unable to get the groups of the"
         " client");
}

/* Set *CLIENT to the ids of the option --check of O, which are UID:GID and
   then supplementary groups, if any.  */
static void
invent_client (struct remote *client, struct options const *o)
{
  static char const what[] = "option --check";
  char *colon = strchr (o->check, ':');

  if (! colon)
    cli_usage ("%s: %s is not UID:GID, such as 1000:100", what,
               quoteaf (o->check));
  *colon = '\0';
  client->uid = cli_uid (what, o->check, 10, NULL);
  client->groups = xnmalloc (GROUPS_MAX, sizeof *client->groups);
  if (number_gidlist (colon + 1, client->groups, GROUPS_MAX,
                      &client->group_count) != 0)
    cli_bad_list (what, colon + 1, GROUPS_MAX);
  if (client->group_count == 0)
    cli_usage ("%s: there is no gid", what);
  if (1 < client->group_count && ! o->supplementary)
    cli_usage ("%s: more than one gid needs --supplementary", what);
  client->gid = client->groups[0];
  client->group_count--;
  memmove (client->groups, client->groups + 1,
           client->group_count * sizeof *client->groups);
}

/* Return true if KEY, the last name of KEYS, is a rule for an id that may
   stand for several users or groups, and warn of that.  */
static bool
is_ambiguous (struct rulekeys const *keys, char const *key)
{
  if (keys->kind == RULEKEYS_UID && idmap_uid_is_ambiguous (keys->id))
    log_warn (0, "uid %ju may stand for any user that is unknown in this user"
              " namespace: rule %s cannot allow it", keys->id, key);
  else if (keys->kind == RULEKEYS_GID && idmap_gid_is_ambiguous (keys->id))
    log_warn (0, "gid %ju may stand for any group that is unknown in this user"
              " namespace: rule %s cannot allow it", keys->id, key);
  else
    return false;
  return true;
}

/* Exit, because the rule KEY of O is bad; RULE says why.  */
static _Noreturn void
bad_rule (struct options const *o, struct remote const *client,
          char const *key, struct rule const *rule)
{
  char const *file = rule->file ? rule->file : "";
  char *path = xmalloc (strlen (o->rules) + strlen (key) + strlen (file)
                        + sizeof "//");
  char *end = stpcpy (stpcpy (stpcpy (path, o->rules),
                              o->is_file ? ":" : "/"), key);
  if (*file)
    stpcpy (stpcpy (end, "/"), file);
  if (rule->errnum)
    die (EXIT_SYSTEM, rule->errnum, "denied uid %ju gid %ju: %s %s",
         (uintmax_t) client->uid, (uintmax_t) client->gid, rule->why,
         quoteaf (path));
  die (EXIT_SYSTEM, 0, "denied uid %ju gid %ju: %s: %s",
       (uintmax_t) client->uid, (uintmax_t) client->gid, quoteaf (path),
       rule->why);
}

/* Open the rules of O.  */
static void
open_rules (struct options const *o, struct ruleset *set)
{
  char const *what = (o->is_file ? "the file of rules"
                      : "the directory of rules");
  char const *why;

  if (ruleset_open (set, o->rules, o->is_file, &why) == 0)
    return;
  if (errno != 0)
    die (EXIT_SYSTEM, errno, "denied: %s %s %s", why, what,
         quoteaf (o->rules));
  die (EXIT_SYSTEM, 0, "denied: unable to use %s %s: %s", what,
       quoteaf (o->rules), why);
}

/* Find the rule that decides about CLIENT.  Store its name in KEY and its
   contents in *RULE, and return its verdict.  RULES_ABSENT: no rule
   applies.  */
static enum rules_verdict
decide (struct options const *o, struct remote const *client,
        char key[RULEKEYS_SIZE], struct rule *rule)
{
  static char const *const says[] =
    {
      [RULES_ABSENT] = "none", [RULES_ALLOW] = "allow", [RULES_DENY] = "deny",
      [RULES_BAD] = "bad"
    };
  struct rulekeys keys =
    {
      .uid = client->uid, .gid = client->gid,
      .own_uid = geteuid (), .own_gid = getegid (),
      .groups = client->groups, .group_count = client->group_count
    };
  struct ruleset set;
  enum rules_verdict verdict = RULES_ABSENT;

  open_rules (o, &set);
  while (verdict == RULES_ABSENT && rulekeys_next (&keys, key))
    {
      verdict = ruleset_look (&set, key, rule);
      log_info (LOG_VERBOSE, "rule %s: %s", key, says[verdict]);
      /* An ambiguous id may stand for several users or groups.  A rule for it
         may deny, but not allow.  */
      if (verdict == RULES_ALLOW && is_ambiguous (&keys, key))
        {
          rules_release (rule);
          verdict = ruleset_look_for_denial (&set, key, rule);
        }
      if (verdict == RULES_BAD)
        bad_rule (o, client, key, rule);
    }
  if (ruleset_close (&set) != 0)
    die (EXIT_SYSTEM, 0, "denied: unable to use the file of rules %s: it was"
         " changed while it was read", quoteaf (o->rules));
  return verdict;
}

/* Print the decision, and exit.  */
static _Noreturn void
print_decision (enum rules_verdict verdict, char const *key,
                struct rule const *rule)
{
  if (verdict != RULES_ALLOW)
    {
      printf ("deny %s\n", verdict == RULES_DENY ? key : "none");
      cli_finish (EXIT_DENIED);
    }
  printf ("allow %s\n", key);
  for (size_t i = 0; i < rule->variable_count; i++)
    printf ("%s %s\n", strchr (rule->variables[i], '=') ? "set" : "unset",
            quoteaf (rule->variables[i]));
  if (rule->program)
    {
      printf ("exec");
      for (char **word = rule->program; *word; word++)
        printf (" %s", quoteaf (*word));
      putchar ('\n');
    }
  cli_finish (EXIT_SUCCESS);
}

/* Return the path of the local end of the connection, which the system
   reports; it is empty if there is none.  The memory is never freed.  */
static char const *
local_path_of_connection (void)
{
  union peer_address addr = { .any = { .sa_family = AF_UNSPEC } };
  socklen_t len = sizeof addr;
  size_t pathlen;

  if (getsockname (STDIN_FILENO, &addr.any, &len) != 0)
    die (EXIT_SYSTEM, errno, "denied: unable to get the address of standard"
         " input");
  /* For a local socket without a name, some systems store nothing.  */
  if (addr.any.sa_family != AF_UNIX && len != 0)
    die (EXIT_SYSTEM, EAFNOSUPPORT, "denied: unable to use the address of"
         " standard input");
  char const *path = address_peer_path (&addr, len, &pathlen);
  return ximemdup0 (path, pathlen);
}

/* Change ENV as RULE and O say.  The changes of the rule come first, so they
   can neither change a variable that this tool sets nor keep one that this
   tool removes.  */
static void
change_environment (struct envlist *env, struct options const *o,
                    struct remote const *client, struct rule const *rule)
{
  for (size_t i = 0; i < rule->variable_count; i++)
    if (! strchr (rule->variables[i], '='))
      envlist_unset (env, rule->variables[i]);
    else if (envlist_set (env, rule->variables[i]) != 0)
      xalloc_die ();

  int result;
  if (o->no_variables)
    result = remote_remove (client, env);
  else
    result = remote_set_local_path (client, env,
                                    (o->local_name ? o->local_name
                                     : local_path_of_connection ()));
  if (result != 0)
    xalloc_die ();
}

/* Execute the program of RULE, or that of O if RULE has none, for CLIENT.  KEY
   is the rule that allows CLIENT.  */
static _Noreturn void
run (struct options const *o, struct remote const *client, char const *key,
     struct rule const *rule)
{
  struct envlist env;
  char **program = rule->program ? rule->program : o->program;

  if (envlist_init (&env, environ, 0) != 0)
    xalloc_die ();
  char const *path = envlist_get (&env, "PATH");
  if (o->identify && remote_describe (client, &env) != 0)
    xalloc_die ();
  change_environment (&env, o, client, rule);
  log_info (LOG_NORMAL, "allow pid %jd uid %ju gid %ju rule %s",
            (intmax_t) getpid (), (uintmax_t) client->uid,
            (uintmax_t) client->gid, key);

  /* Find a program of the rule by the PATH that the rule may have set, and a
     program of the command line by the PATH that we were started with.  */
  int status = (rule->program ? chain_exec (program, &env)
                : chain_exec_by (program, &env, path));
  die (status, errno, "unable to run %s", quoteaf (program[0]));
}

int
main (int argc, char **argv)
{
  /* static, so that leak checkers still find these at exit.  */
  static struct options o;
  static struct remote client;
  struct rule rule = { .why = NULL };
  char key[RULEKEYS_SIZE] = "none";
  enum rules_verdict verdict = RULES_ALLOW;

  log_init (argv[0], "s6-ipcserver-access");
  parse (&o, argc, argv);
  log_set_level (o.verbosity < LOG_VERBOSE ? (enum log_level) o.verbosity
                 : LOG_VERBOSE);
  if (o.identify)
    spare_client ();
  if (o.check)
    invent_client (&client, &o);
  else if (o.identify)
    identify_client (&client, o.identify);
  else
    take_client (&client);
  if (o.supplementary && ! o.check)
    take_groups (&client);
  if (o.supplementary && o.identify && remote_format_groups (&client) != 0)
    xalloc_die ();

  if (o.rules)
    {
      rulekeys_sort (client.groups, client.group_count);
      verdict = decide (&o, &client, key, &rule);
    }
  else if (! o.identify)
    log_warn (0, "there are no rules, as neither -i nor -x is given: every"
              " client is allowed");
  if (o.check)
    print_decision (verdict, key, &rule);
  if (verdict == RULES_ALLOW)
    run (&o, &client, key, &rule);
  if (verdict == RULES_DENY)
    log_info (LOG_NORMAL, "deny pid %jd uid %ju gid %ju rule %s",
              (intmax_t) getpid (), (uintmax_t) client.uid,
              (uintmax_t) client.gid, key);
  else
    log_info (LOG_NORMAL, "deny pid %jd uid %ju gid %ju: no rule applies",
              (intmax_t) getpid (), (uintmax_t) client.uid,
              (uintmax_t) client.gid);
  return EXIT_DENIED;
}
