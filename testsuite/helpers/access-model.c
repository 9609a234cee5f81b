/* access-model.c -- try s6-ipcserver-access with random rules.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: access-model TOOL COUNT SEED
          access-model report [ARG]...

   A model-based test.  COUNT times, make a random directory "rules" in the
   current directory and run TOOL, which is s6-ipcserver-access, for a random
   client.  Some of the client's variables are malformed.  TOOL runs twice:
   once to become "access-model report", and once with --check.  Both results
   must be those that the model computes.  The model shares no code with TOOL:
   it works from the rules as they were meant, and does not read the files.
   Print "agreed COUNT" at the end; or print the difference and exit with 1.

   SEED selects the series of random numbers.

   "report" prints its arguments and its environment, a NUL after each.  */

#include <config.h>

#include <errno.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit/unit.h"

enum
{
  FILES = 6,
  WORDS = 6,
  TEXT_SIZE = 8192,
  /* How many uids and gids the clients have, other than our own.  There is
     no rule for the last uid and the last gid.  */
  UIDS = 3,
  GIDS = 4,
  KEYS = (UIDS - 1) + (GIDS - 1) + 5
};

/* How a rule is stored on disk.  */
enum kind
{
  NOTHING,
  EMPTY,
  ALLOW,
  DENY,
  BOTH,
  LINK_TO_ALLOW,
  /* The kinds from here on are bad: the tool must fail.  */
  PLAIN_FILE,
  DANGLING,
  BAD_ALLOW,
  BAD_DENY
};

enum exec_kind { NO_EXEC, EMPTY_EXEC, GOOD_EXEC, BAD_EXEC };

struct file
{
  char const *name;
  char text[TEXT_SIZE];
  size_t len;
  /* What the file means: set a variable to VALUE, unset it, nothing, or an
     error.  */
  enum { SET, UNSET, SKIP, BAD } meaning;
  char value[TEXT_SIZE];
};

struct rule
{
  char key[32];
  enum kind kind;
  size_t files;
  struct file file[FILES];
  enum exec_kind exec;
  char exec_text[TEXT_SIZE];
  size_t words;
  char word[WORDS][32];
};

struct outcome
{
  int status;
  char text[256 * 1024];
  size_t len;
};

static struct rule rule[KEYS];
static char const *self;
static unsigned long own_uid, own_gid;
static unsigned long other_uid[UIDS], other_gid[GIDS];

_Noreturn static void
fail (char const *what)
{
  fprintf (stderr, "access-model: %s: %s\n", what, strerror (errno));
  exit (99);
}

static unsigned int
below (unsigned int n)
{
  return unit_random () % n;
}

/* Random files.  */

static void
write_text (char const *path, char const *text, size_t len)
{
  FILE *f = fopen (path, "wb");
  if (! f || fwrite (text, 1, len, f) != len || fclose (f) != 0)
    fail (path);
}

static void
make_directory (char const *path)
{
  if (mkdir (path, 0755) != 0 && errno != EEXIST)
    fail (path);
}

/* Make up the file NAME of a directory env: its text and what that means.  */
static void
invent_file (struct file *file, char const *name)
{
  static char const some[] = "ab= \t\r\n";
  size_t len = below (4) ? below (12) : 0;

  file->name = name;
  file->meaning = name[0] == '.' || strchr (name, '=') ? SKIP : SET;
  for (size_t i = 0; i < len; i++)
    file->text[i] = some[below (sizeof some)];
  if (below (8) == 0)
    {
      /* A line of about the longest length that is allowed.  */
      len = 4095 + below (3);
      memset (file->text, 'x', len);
      if (below (2))
        memcpy (file->text + len, "\nz", 2), len += 2;
    }
  file->len = len;
  if (file->meaning == SKIP)
    return;
  if (len == 0)
    {
      file->meaning = UNSET;
      return;
    }
  size_t line = 0;
  while (line < len && file->text[line] != '\n')
    line++;
  if (4096 < line)
    file->meaning = BAD;
  size_t keep = 0;
  for (size_t i = 0; i < line; i++)
    {
      char c = file->text[i];
      file->value[i] = c ? c : '\n';
      if (c != ' ' && c != '\t' && c != '\r')
        keep = i + 1;
    }
  file->value[keep] = '\0';
}

/* Make up random words, and the text of an exec file that stands for them.  */
static void
invent_exec (struct rule *r)
{
  char *p = r->exec_text;

  r->words = below (WORDS);
  p += sprintf (p, "# program\n\"%s\" report", self);
  for (size_t i = 0; i < r->words; i++)
    {
      char *w = r->word[i];
      size_t len = below (8);
      bool quoted = len == 0 || below (2);
      *p++ = " \t\n"[below (3)];
      if (quoted)
        *p++ = '"';
      for (size_t j = 0; j < len; j++)
        {
          char c = "abc{}#\\\"'$ \n"[below (12)];
          w[j] = c;
          if (quoted ? c == '"' || c == '\\'
              : strchr ("{}#\\\" \n", c) != NULL)
            {
              /* Sometimes write the character as an escape with a number.  */
              if (quoted && below (2))
                {
                  p += sprintf (p, below (2) ? "\\0%03o" : "\\0x%02x",
                                (unsigned int) c);
                  continue;
                }
              *p++ = '\\';
              /* A newline cannot be written as a backslash and a newline,
                 so use the letter n instead.  */
              if (c == '\n')
                c = w[j] = 'n';
            }
          *p++ = c;
        }
      w[len] = '\0';
      if (quoted)
        *p++ = '"';
    }
  static char const *const bad_ends[]
    = { " \"", " {", " }", " \\", " \"\\256\"" };
  if (r->exec == BAD_EXEC)
    p = stpcpy (p, bad_ends[below (5)]);
  *p = '\0';
}

static void
invent_rule (struct rule *r)
{
  static char const *const names[] =
    { "A", "B", ".H", "C=D", "with blank", "IPCCONNNUM" };
  static enum kind const often[] =
    {
      NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, EMPTY,
      ALLOW, ALLOW, ALLOW, DENY, DENY, BOTH, LINK_TO_ALLOW
    };
  enum { OFTEN = sizeof often / sizeof *often };

  r->kind = below (12) ? often[below (OFTEN)] : PLAIN_FILE + below (4);
  r->files = 0;
  if (below (2))
    for (size_t i = 0; i < FILES; i++)
      if (below (2))
        invent_file (&r->file[r->files++], names[i]);
  r->exec = below (3) ? NO_EXEC : below (8) ? GOOD_EXEC
    : EMPTY_EXEC + 2 * below (2);
  if (r->exec == GOOD_EXEC || r->exec == BAD_EXEC)
    invent_exec (r);
}

/* Write the files of R into the directory PATH.  */
static void
write_rule_files (struct rule const *r, char const *path)
{
  char name[512];

  make_directory (path);
  snprintf (name, sizeof name, "%s/allow", path);
  if (r->kind == BAD_ALLOW && symlink ("nothing", name) != 0)
    fail (name);
  if (r->kind == ALLOW || r->kind == BOTH || r->kind == LINK_TO_ALLOW)
    write_text (name, "", 0);
  snprintf (name, sizeof name, "%s/deny", path);
  if (r->kind == BAD_DENY && symlink ("nothing", name) != 0)
    fail (name);
  if (r->kind == DENY || r->kind == BOTH)
    write_text (name, "x", 1);
  if (r->files)
    {
      snprintf (name, sizeof name, "%s/env", path);
      make_directory (name);
    }
  for (size_t i = 0; i < r->files; i++)
    {
      snprintf (name, sizeof name, "%s/env/%s", path, r->file[i].name);
      write_text (name, r->file[i].text, r->file[i].len);
    }
  snprintf (name, sizeof name, "%s/exec", path);
  if (r->exec == EMPTY_EXEC)
    write_text (name, "", 0);
  else if (r->exec != NO_EXEC)
    write_text (name, r->exec_text, strlen (r->exec_text));
}

static void
write_rule (struct rule const *r, size_t number)
{
  char path[64], target[64];

  snprintf (path, sizeof path, "rules/%s", r->key);
  switch (r->kind)
    {
    case NOTHING:
      break;
    case PLAIN_FILE:
      write_text (path, "", 0);
      break;
    case DANGLING:
      if (symlink ("nothing", path) != 0)
        fail (path);
      break;
    case LINK_TO_ALLOW:
      snprintf (target, sizeof target, "../elsewhere%zu", number);
      if (symlink (target, path) != 0)
        fail (path);
      snprintf (path, sizeof path, "rules/elsewhere%zu", number);
      write_rule_files (r, path);
      break;
    default:
      write_rule_files (r, path);
    }
}

/* Run ARGV with the environment ENVP, and wait for it to exit.  */
static void
run (struct outcome *o, char *const *argv, char *const *envp)
{
  int fds[2];
  int status;

  if (pipe (fds) != 0)
    fail ("pipe");
  pid_t pid = fork ();
  if (pid < 0)
    fail ("fork");
  if (pid == 0)
    {
      dup2 (fds[1], STDOUT_FILENO);
      close (fds[0]);
      close (fds[1]);
      execve (argv[0], argv, envp);
      _exit (98);
    }
  close (fds[1]);
  size_t room = sizeof o->text;
  ssize_t n;
  while ((n = read (fds[0], o->text + sizeof o->text - room, room)) > 0)
    room -= n;
  o->len = sizeof o->text - room;
  close (fds[0]);
  if (waitpid (pid, &status, 0) != pid)
    fail ("waitpid");
  o->status = WIFEXITED (status) ? WEXITSTATUS (status) : -WTERMSIG (status);
}

static struct rule *
rule_called (char const *kind, unsigned long id, char const *word)
{
  char key[32];
  if (word)
    snprintf (key, sizeof key, "%s/%s", kind, word);
  else
    snprintf (key, sizeof key, "%s/%lu", kind, id);
  for (size_t i = 0; i < KEYS; i++)
    if (strcmp (rule[i].key, key) == 0 && rule[i].kind != NOTHING
        && rule[i].kind != EMPTY)
      return &rule[i];
  return NULL;
}

/* The model: return the rule that decides, or NULL.  */
static struct rule *
decide (unsigned long uid, unsigned long gid, unsigned long const *groups,
        size_t count)
{
  struct rule *r = NULL;
  if (uid == own_uid)
    r = rule_called ("uid", 0, "self");
  if (! r)
    r = rule_called ("uid", uid, NULL);
  for (size_t i = 0; ! r && i <= count; i++)
    {
      unsigned long g = i == 0 ? gid : groups[i - 1];
      if (g == own_gid)
        r = rule_called ("gid", 0, "self");
      if (! r)
        r = rule_called ("gid", g, NULL);
    }
  return r ? r : rule_called ("uid", 0, "default");
}

/* The model: return the exit status that follows from R.  */
static int
status_of (struct rule const *r)
{
  if (! r || r->kind == DENY)
    return 1;
  if (PLAIN_FILE <= r->kind || r->exec == BAD_EXEC)
    return 111;
  for (size_t i = 0; i < r->files; i++)
    if (r->file[i].meaning == BAD)
      return 111;
  return 0;
}

static int
compare (void const *a, void const *b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* The model: what "report" should print.  The variables are sorted.  */
static void
expect (struct outcome *o, struct rule const *r, char *const *envp,
        bool no_variables)
{
  static char made[FILES][TEXT_SIZE + 32];
  char const *list[64];
  size_t n = 0;

  for (; *envp; envp++)
    {
      bool kept = true;
      for (size_t i = 0; i < r->files; i++)
        {
          size_t len = strlen (r->file[i].name);
          if (r->file[i].meaning != SKIP
              && strncmp (*envp, r->file[i].name, len) == 0
              && (*envp)[len] == '=')
            kept = false;
        }
      if (kept)
        list[n++] = *envp;
    }
  for (size_t i = 0; i < r->files; i++)
    if (r->file[i].meaning == SET)
      {
        sprintf (made[i], "%s=%s", r->file[i].name, r->file[i].value);
        list[n++] = made[i];
      }
  list[n++] = "IPCLOCALPATH=l";
  if (no_variables)
    {
      size_t kept = 0;
      for (size_t i = 0; i < n; i++)
        if (strncmp (list[i], "IPC", 3) != 0
            && strncmp (list[i], "PROTO", 5) != 0)
          list[kept++] = list[i];
      n = kept;
    }
  qsort (list, n, sizeof *list, compare);

  char *p = o->text;
  p = stpcpy (p, "report") + 1;
  if (r->exec == GOOD_EXEC)
    for (size_t i = 0; i < r->words; i++)
      p = stpcpy (p, r->word[i]) + 1;
  else
    p = stpcpy (p, "orig") + 1;
  for (size_t i = 0; i < n; i++)
    p = stpcpy (p, list[i]) + 1;
  o->len = p - o->text;
}

static int
report (char **argv)
{
  size_t n = 0;
  while (environ[n])
    n++;
  qsort (environ, n, sizeof *environ, compare);
  for (argv++; *argv; argv++)
    fwrite (*argv, 1, strlen (*argv) + 1, stdout);
  for (size_t i = 0; i < n; i++)
    fwrite (environ[i], 1, strlen (environ[i]) + 1, stdout);
  return fclose (stdout) == 0 ? 0 : 97;
}

/* Print how the result of round ROUND differs from the model, and exit.  */
_Noreturn static void
differs (int round, char const *what, struct outcome const *got, int status,
         struct outcome const *wanted)
{
  printf ("differs: round %d, %s: status %d, wanted %d\n", round, what,
          got->status, status);
  fwrite (got->text, 1, got->len, stdout);
  puts ("\n--- wanted:");
  if (wanted)
    fwrite (wanted->text, 1, wanted->len, stdout);
  exit (1);
}

static int
remove_one (char const *path, struct stat const *st, int type,
            struct FTW *where)
{
  (void) st;
  (void) type;
  (void) where;
  return remove (path);
}

static void
remove_rules (void)
{
  if (nftw ("rules", remove_one, 8, FTW_DEPTH | FTW_PHYS) != 0)
    fail ("rules");
}

/* Store in ID the COUNT numbers from FIRST on.  Leave out OWN, because the
   user who runs the tests may have any id.  */
static void
choose_ids (unsigned long *id, size_t count, unsigned long first,
            unsigned long own)
{
  for (size_t i = 0; i < count; first++)
    if (first != own)
      id[i++] = first;
}

/* Choose the names of all rules, make up each rule and write it.  */
static void
make_rules (void)
{
  size_t n = 0;

  make_directory ("rules");
  make_directory ("rules/uid");
  make_directory ("rules/gid");
  strcpy (rule[n++].key, "uid/self");
  for (size_t i = 0; i < UIDS - 1; i++)
    sprintf (rule[n++].key, "uid/%lu", other_uid[i]);
  strcpy (rule[n++].key, "uid/default");
  strcpy (rule[n++].key, "gid/self");
  for (size_t i = 0; i < GIDS - 1; i++)
    sprintf (rule[n++].key, "gid/%lu", other_gid[i]);
  sprintf (rule[n++].key, "uid/%lu", own_uid);
  sprintf (rule[n++].key, "gid/%lu", own_gid);
  for (size_t i = 0; i < KEYS; i++)
    {
      invent_rule (&rule[i]);
      write_rule (&rule[i], i);
    }
}

/* Write to TEXT either the id *ID or something that resembles an id.  Return
   whether TEXT is a valid id, and store its value in *ID.  */
static bool
invent_id (char *text, unsigned long *id)
{
  uintmax_t const last = (uid_t) -1;

  switch (below (12))
    {
    case 0:
      {
        /* Random characters, not all of them digits, or no character at
           all.  */
        size_t len = below (6);
        bool valid = len != 0;
        *id = 0;
        for (size_t i = 0; i < len; i++)
          {
            text[i] = "0123456789 +-x\n."[below (16)];
            valid = valid && '0' <= text[i] && text[i] <= '9';
            *id = *id * 10 + (text[i] - '0');
          }
        text[len] = '\0';
        return valid;
      }
    case 1:
      {
        /* A number near the greatest id.  */
        uintmax_t value = last - 2 + below (4);
        sprintf (text, "%ju", value);
        *id = value;
        return value < last;
      }
    case 2:
      /* A number that would equal *ID if its high bits were lost.  */
      sprintf (text, "%ju", (uintmax_t) *id + last + 1);
      return false;
    case 3:
      sprintf (text, "%0*lu", 1 + (int) below (40), *id);
      return true;
    default:
      sprintf (text, "%lu", *id);
      return true;
    }
}

static void
try_round (char *tool, int round)
{
  static char const *const not_protocols[] =
    { "PROTO=", "PROTO=I-C", "PROTO=IPC ", "PROTO=UNIX", "PROT=IPC" };
  static struct outcome got, wanted;
  char uid_text[64], gid_text[64], check[256];
  char *uid_value = stpcpy (uid_text, "IPCREMOTEEUID=");
  char *gid_value = stpcpy (gid_text, "IPCREMOTEEGID=");
  bool no_variables = below (2);
  unsigned long uid = below (3) ? other_uid[below (UIDS)] : own_uid;
  unsigned long gid = below (3) ? other_gid[below (GIDS)] : own_gid;
  char *envp[] =
    { (char *) "PROTO=IPC", uid_text, gid_text, (char *) "IPCCONNNUM=1",
      (char *) "A=old", (char *) "PATH=/usr/bin:/bin", NULL, NULL };
  enum { PROTO, LAST = 6 };

  make_rules ();
  bool uid_valid = invent_id (uid_value, &uid);
  bool gid_valid = invent_id (gid_value, &gid);
  bool ids_valid = uid_valid && gid_valid;
  bool server_valid = true;
  if (below (20) == 0)
    {
      envp[PROTO] = (char *) not_protocols[below (5)];
      server_valid = false;
    }
  else if (below (20) == 0)
    {
      /* Set one of the variables twice.  */
      envp[LAST] = envp[below (3)];
      server_valid = false;
    }
  struct rule *r = decide (uid, gid, NULL, 0);
  int status = ids_valid && server_valid ? status_of (r) : 100;
  run (&got, (char *[]) { tool, (char *) (no_variables ? "-E" : "-e"),
                          (char *) "-v0", (char *) "-ll", (char *) "-i",
                          (char *) "rules", (char *) self,
                          (char *) "report", (char *) "orig", NULL }, envp);
  wanted.len = 0;
  if (status == 0)
    expect (&wanted, r, envp, no_variables);
  if (got.status != status || got.len != wanted.len
      || memcmp (got.text, wanted.text, got.len) != 0)
    differs (round, "run", &got, status, &wanted);

  /* Choose groups, and pass them in descending order: the model tries them in
     ascending order.  */
  unsigned long groups[GIDS];
  size_t count = 0;
  for (size_t i = 0; i < GIDS - 1; i++)
    if (below (2))
      groups[count++] = other_gid[i];
  char *p = check + sprintf (check, "--check=%s:%s", uid_value, gid_value);
  for (size_t i = count; i--; )
    p += sprintf (p, ",%lu", groups[i]);
  r = decide (uid, gid, groups, count);
  status = ids_valid ? status_of (r) : 100;
  run (&got, (char *[]) { tool, (char *) "--supplementary", check,
                          (char *) "-i", (char *) "rules", NULL }, envp);
  p = wanted.text;
  if (status == 0)
    p += sprintf (p, "allow %s\n", r->key);
  else if (status == 1)
    p += sprintf (p, "deny %s\n", r ? r->key : "none");
  wanted.len = p - wanted.text;
  if (got.status != status || got.len < wanted.len
      || (status != 0 && got.len != wanted.len)
      || memcmp (got.text, wanted.text, wanted.len) != 0)
    differs (round, check, &got, status, &wanted);
  remove_rules ();
}

int
main (int argc, char **argv)
{
  if (2 <= argc && strcmp (argv[1], "report") == 0)
    return report (argv);
  if (argc != 4)
    return 99;
  for (int i = atoi (argv[3]) * 7919; i; i--)
    unit_random ();
  self = argv[0];
  own_uid = geteuid ();
  own_gid = getegid ();
  choose_ids (other_uid, UIDS, 1000, own_uid);
  choose_ids (other_gid, GIDS, 2000, own_gid);
  int count = atoi (argv[2]);
  for (int round = 0; round < count; round++)
    try_round (argv[1], round);
  printf ("agreed %d\n", count);
  return 0;
}
