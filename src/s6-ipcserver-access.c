/* s6-ipcserver-access.c -- let clients in by rules, become the next program.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "access/cdbfile.h"
#include "access/rulekeys.h"
#include "access/rules.h"
#include "base/address.h"
#include "base/envlist.h"
#include "base/idmap.h"
#include "base/inherited.h"
#include "base/log.h"
#include "base/number.h"
#include "cli/cli.h"
#include "intprops.h"
#include "peer/peercred.h"
#include "peer/peergroups.h"
#include "same-inode.h"
#include "serve/childenv.h"
#include "spawn/chain.h"
#include "xalloc.h"

enum
{
  /* As many as a process can have on the systems that have most.  */
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
Between a server for local sockets and PROG: become PROG if the rules in DIR\n\
let the client in, whose ids the server has put into the environment.\n\
With --identify, the kernel is asked for them, so any server will do.\n\
\n\
  -v NUMBER            0: only say what is wrong; 1: also whom the rules let\n\
                       in or not (default); 2: also which rules were tried\n\
  -E                   remove the variables of the server and of this tool\n\
  -e                   keep and set them (default)\n\
  -l NAME              say that the server's socket is at NAME, and do not\n\
                       ask the system\n\
  -i DIR               the directory of rules; without it or -x, everybody\n\
                       is let in\n\
  -x FILE              rules in a cdb file, as s6-accessrules-cdb-from-fs\n\
                       makes it of a directory; an error if this program was\n\
                       built without libcdb\n\
      --supplementary  also try the rules for the client's other groups\n\
      --identify[=PROTO]\n\
                       ask the kernel who is at the other end of descriptor\n\
                       0, and set the variables of PROTO, which is IPC\n\
                       (default) or UNIX; rules are optional then\n\
      --check=UID:GID  say which rule decides for these ids and run nothing;\n\
                       with --supplementary, more groups may follow GID,\n\
                       after commas\n\
      --help           print this text and exit\n\
      --version        print version and features and exit\n\
\n\
The first of these directories in DIR that has a file 'allow' or 'deny'\n\
decides: uid/self, uid/UID, gid/self, gid/GID, uid/default.  With 'allow',\n\
files in 'env' become variables, and 'exec' replaces PROG.\n\
Exit status: 1 the client may not come in, 100 wrong usage or variables,\n\
111 the system refused or a rule is bad, 126 PROG cannot be run, 127 it was\n\
not found; otherwise that of PROG.\n\
";

struct options
{
  uintmax_t verbosity;
  /* Whether the next program gets none of the variables below.  */
  bool no_variables;
  /* NULL: what the system says.  */
  char const *local_name;
  /* NULL: no rules.  */
  char const *rules;
  /* Whether they are a file, and not a directory.  */
  bool is_file;
  bool supplementary;
  /* The protocol in whose variables to put what the kernel says; NULL: who the
     client is stands in the environment.  */
  char const *identify;
  /* NULL: a client is there.  */
  char *check;
  char **program;
};

static struct options const defaults =
{
  .verbosity = LOG_NORMAL
};

/* The client.  */
struct client
{
  /* The value of PROTO, or NULL if there is no client.  */
  char const *protocol;
  uid_t uid;
  gid_t gid;
  gid_t *groups;
  size_t group_count;
  /* The rest is set where the kernel has been asked.  The client's path, empty
     if it has none; its process, or 0; and its groups in decimal, or NULL.  */
  char const *path;
  pid_t pid;
  char *groups_text;
};

/* The protocols that --identify knows.  */
static char const *const protocols[] = { "IPC", "UNIX" };
enum { PROTOCOLS = sizeof protocols / sizeof *protocols };

/* What the names of variables about a client end with.  */
static char const local_path[] = "LOCALPATH";
static char const *const client_variables[] =
{
  local_path, "REMOTEEUID", "REMOTEEGID", "REMOTEPATH", "REMOTEPID",
  "REMOTEPIDFD", "REMOTEGROUPS", "REMOTELABEL", "CONNNUM"
};

/* The protocol that the value ARG of --identify names; NULL is the first.  */
static char const *
parse_protocol (char const *arg)
{
  if (! arg)
    return protocols[0];
  for (int i = 0; i < PROTOCOLS; i++)
    if (strcmp (arg, protocols[i]) == 0)
      return protocols[i];
  cli_usage ("option --identify: %s is neither IPC nor UNIX", quoteaf (arg));
}

/* Act on option C with the value OPTARG.  */
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

/* Take options and operands from the command line.  */
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

/* The name of PROTOCOL's variable NAME, in memory that is never freed.  */
static char *
name_of (char const *protocol, char const *name)
{
  char *result = xmalloc (strlen (protocol) + strlen (name) + 1);
  stpcpy (stpcpy (result, protocol), name);
  return result;
}

/* The value of the variable NAME, of which there must be just one: who reads
   it later may take another of several.  */
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

/* Say that VALUE cannot be that of the variable NAME, and exit.  */
static _Noreturn void
bad_variable (char const *name, char const *value, char const *kind)
{
  die (EXIT_USAGE, 0, "denied: %s in the variable %s is not %s",
       quoteaf (value), name, kind);
}

/* The value of PROTO, with which names of variables can begin.  */
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

/* Learn from the environment who the client is.  */
static void
take_client (struct client *client)
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

/* Write no messages if standard error is the connection, as it is under inetd:
   they are not for the client.  */
static void
spare_client (void)
{
  struct stat in, err;

  if (fstat (STDIN_FILENO, &in) == 0 && fstat (STDERR_FILENO, &err) == 0
      && S_ISSOCK (err.st_mode) && SAME_INODE (in, err))
    log_write_nothing ();
}

/* Learn from the kernel who the client is.  PROTOCOL is that of the variables
   to set.  */
static void
identify_client (struct client *client, char const *protocol)
{
  /* Held to the end: CLIENT->path may point into it.  */
  static union peer_address addr;
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
  *client = (struct client) { .protocol = protocol,
                              .uid = cred.uid, .gid = cred.gid,
                              .pid = cred.pid,
                              .path = ximemdup0 (path, pathlen) };
}

/* Set CLIENT->groups_text to CLIENT's groups, unless they are so many that no
   system would pass them on in a variable.  */
static void
write_groups (struct client *client)
{
  if (PEER_GROUPS_MAX < client->group_count)
    return;
  client->groups_text
    = xnmalloc (client->group_count + 1, INT_BUFSIZE_BOUND (uintmax_t));
  childenv_write_groups (client->groups_text, client->groups,
                         client->group_count);
}

/* Learn from the system in which groups the client is.  */
static void
take_groups (struct client *client)
{
  client->groups = xnmalloc (GROUPS_MAX, sizeof *client->groups);
  if (peergroups_get (STDIN_FILENO, client->groups, GROUPS_MAX,
                      &client->group_count) != 0)
    die (EXIT_SYSTEM, errno, "denied: unable to learn the groups of the"
         " client");
}

/* Let *CLIENT be whom the option --check of O describes: UID:GID, and then
   perhaps other groups.  */
static void
invent_client (struct client *client, struct options const *o)
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
              " namespace: rule %s cannot let it in", keys->id, key);
  else if (keys->kind == RULEKEYS_GID && idmap_gid_is_ambiguous (keys->id))
    log_warn (0, "gid %ju may stand for any group that is unknown in this user"
              " namespace: rule %s cannot let it in", keys->id, key);
  else
    return false;
  return true;
}

/* Say that KEY, in the directory of O, is bad as RULE tells, and exit.  */
static _Noreturn void
bad_rule (struct options const *o, struct client const *client,
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
         (uintmax_t) client->uid, (uintmax_t) client->gid, rule->trouble,
         quoteaf (path));
  die (EXIT_SYSTEM, 0, "denied uid %ju gid %ju: %s: %s",
       (uintmax_t) client->uid, (uintmax_t) client->gid, quoteaf (path),
       rule->trouble);
}

/* Open the rules of O, which are a file.  */
static struct cdbfile *
open_file (struct options const *o)
{
  char const *trouble;
  struct cdbfile *file = cdbfile_open (o->rules, &trouble);
  if (file)
    return file;
  if (errno != 0)
    die (EXIT_SYSTEM, errno, "denied: %s the file of rules %s", trouble,
         quoteaf (o->rules));
  die (EXIT_SYSTEM, 0, "denied: unable to use the file of rules %s: %s",
       quoteaf (o->rules), trouble);
}

/* See what the rule KEY in FILE says, and fill *RULE as rules_look does.  */
static enum rules_verdict
look_in_file (struct cdbfile *file, char const *key, struct rule *rule)
{
  char *data;
  size_t len;
  int found = cdbfile_find (file, key, &data, &len);

  *rule = (struct rule) { .trouble = "unable to read" };
  if (found < 0)
    {
      rule->errnum = errno;
      return RULES_BAD;
    }
  if (found == 0)
    return RULES_ABSENT;
  enum rules_verdict verdict = rules_look_at_record (data, len, rule);
  free (data);
  return verdict;
}

/* Find the rule that decides about CLIENT and store in KEY what it is called,
   and in *RULE what it says.  RULES_ABSENT: there is none.  */
static enum rules_verdict
decide (struct options const *o, struct client const *client,
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
  struct cdbfile *file = NULL;
  int dir = -1;
  if (o->is_file)
    file = open_file (o);
  else if ((dir = rules_open (o->rules)) < 0)
    die (EXIT_SYSTEM, errno, "denied: unable to open the directory of rules"
         " %s", quoteaf (o->rules));

  enum rules_verdict verdict = RULES_ABSENT;
  while (verdict == RULES_ABSENT && rulekeys_next (&keys, key))
    {
      verdict = (file ? look_in_file (file, key, rule)
                 : rules_look (dir, key, rule));
      log_info (LOG_VERBOSE, "rule %s: %s", key, says[verdict]);
      /* Only a rule that allows needs to know whom it is for.  */
      if (verdict == RULES_ALLOW && is_ambiguous (&keys, key))
        {
          rules_release (rule);
          verdict = (file ? RULES_ABSENT
                     : rules_look_for_denial (dir, key, rule));
        }
      if (verdict == RULES_BAD)
        bad_rule (o, client, key, rule);
    }
  if (0 <= dir)
    close (dir);
  if (file && cdbfile_close (file) != 0)
    die (EXIT_SYSTEM, 0, "denied: unable to use the file of rules %s: it was"
         " changed while it was read", quoteaf (o->rules));
  return verdict;
}

/* Print what has been decided, and exit.  */
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

/* The path of the local end of the connection, as the system has it; empty if
   it has none.  In memory that is never freed.  */
static char const *
local_path_of_connection (void)
{
  union peer_address addr = { .any = { .sa_family = AF_UNSPEC } };
  socklen_t len = sizeof addr;
  size_t pathlen;

  if (getsockname (STDIN_FILENO, &addr.any, &len) != 0)
    die (EXIT_SYSTEM, errno, "denied: unable to learn the address of standard"
         " input");
  /* Some systems store nothing for a local socket without a name.  */
  if (addr.any.sa_family != AF_UNIX && len != 0)
    die (EXIT_SYSTEM, EAFNOSUPPORT, "denied: unable to use the address of"
         " standard input");
  char const *path = address_peer_path (&addr, len, &pathlen);
  return ximemdup0 (path, pathlen);
}

/* Set PROTOCOL's variable NAME in ENV to VALUE, or remove it if that is
   null.  */
static void
set_variable (struct envlist *env, char const *protocol, char const *name,
              char const *value)
{
  if (envlist_assign (env, protocol, name, value) != 0)
    xalloc_die ();
}

/* Remove all variables about a client from ENV, but PROTO, that begin with
   PROTOCOL.  */
static void
remove_client (struct envlist *env, char const *protocol)
{
  for (size_t i = 0;
       i < sizeof client_variables / sizeof *client_variables; i++)
    set_variable (env, protocol, client_variables[i], NULL);
}

/* Set PROTOCOL's variable NAME in ENV to NUMBER.  */
static void
set_number (struct envlist *env, char const *protocol, char const *name,
            uintmax_t number)
{
  if (envlist_assign_number (env, protocol, name, number) != 0)
    xalloc_die ();
}

/* Tell in ENV who CLIENT is, as its server would have done, and let nothing
   stay there that somebody else has said of a client.  */
static void
describe_client (struct envlist *env, struct client const *client)
{
  char const *protocol = client->protocol;

  for (int i = 0; i < PROTOCOLS; i++)
    remove_client (env, protocols[i]);
  set_variable (env, "", "PROTO", protocol);
  set_number (env, protocol, "REMOTEEUID", client->uid);
  set_number (env, protocol, "REMOTEEGID", client->gid);
  if (client->pid != 0)
    set_number (env, protocol, "REMOTEPID", client->pid);
  /* As with the servers, a client without a path has an empty one in the
     variables of IPC, and none in those of UNIX.  */
  if (*client->path != '\0' || protocol == protocols[0])
    set_variable (env, protocol, "REMOTEPATH", client->path);
  set_variable (env, protocol, "REMOTEGROUPS", client->groups_text);
}

/* Make ENV what RULE and the options O ask for.  The rule cannot change what
   the tool itself sets, nor keep what it removes.  */
static void
change_environment (struct envlist *env, struct options const *o,
                    struct client const *client, struct rule const *rule)
{
  for (size_t i = 0; i < rule->variable_count; i++)
    if (! strchr (rule->variables[i], '='))
      envlist_unset (env, rule->variables[i]);
    else if (envlist_set (env, rule->variables[i]) != 0)
      xalloc_die ();

  if (! o->no_variables)
    {
      set_variable (env, client->protocol, local_path,
                    o->local_name ? o->local_name
                    : local_path_of_connection ());
      return;
    }
  envlist_unset (env, "PROTO");
  remove_client (env, client->protocol);
}

/* Become the program of RULE or that of O, for CLIENT, because of the rule
   KEY.  */
static _Noreturn void
run (struct options const *o, struct client const *client, char const *key,
     struct rule const *rule)
{
  struct envlist env;
  char **program = rule->program ? rule->program : o->program;

  if (envlist_init (&env, environ, 0) != 0)
    xalloc_die ();
  char const *path = envlist_get (&env, "PATH");
  if (o->identify)
    describe_client (&env, client);
  change_environment (&env, o, client, rule);
  log_info (LOG_NORMAL, "allow pid %jd uid %ju gid %ju rule %s",
            (intmax_t) getpid (), (uintmax_t) client->uid,
            (uintmax_t) client->gid, key);

  /* What stood on our command line was meant for the environment that we were
     given; what stands in a rule, for the rule's.  */
  int status = (rule->program ? chain_exec (program, &env)
                : chain_exec_by (program, &env, path));
  die (status, errno, "unable to run %s", quoteaf (program[0]));
}

int
main (int argc, char **argv)
{
  /* Held to the end, where leak checkers look for what is still reachable.  */
  static struct options o;
  static struct client client;
  struct rule rule = { .trouble = NULL };
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
  if (o.supplementary && o.identify)
    write_groups (&client);

  if (o.rules)
    {
      rulekeys_sort (client.groups, client.group_count);
      verdict = decide (&o, &client, key, &rule);
    }
  else if (! o.identify)
    log_warn (0, "there are no rules (option -i): everybody is let in");
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
