/* fuzz-parsers.c -- try arbitrary bytes on every parser.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* The first byte of an input selects the parser, which gets the rest: "a" is
   the first one in the table "parsers" below, "b" the second one, and so on.
   If the environment variable FUZZ_ONLY has the name of a parser, that
   parser gets every input instead.  The results are checked against the
   promises of the headers; a broken promise aborts.  */

#include <config.h>

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/address.h"
#include "access/cdbfile.h"
#include "spawn/chain.h"
#include "access/envdir.h"
#include "base/envlist.h"
#include "base/fd.h"
#include "base/number.h"
#include "base/ratelimit.h"
#include "access/rulefile.h"
#include "access/rulekeys.h"
#include "access/words.h"

#define FUZZ_CHOICE 1
#include "fuzz.h"

/* Store WORD at TO in quotation marks, and return the end of it.  */
static char *
put_quoted (char *to, char const *word)
{
  *to++ = '"';
  for (; *word; word++)
    {
      if (*word == '"' || *word == '\\')
        *to++ = '\\';
      *to++ = *word;
    }
  *to++ = '"';
  *to++ = ' ';
  return to;
}

static void
fuzz_words (char const *text, size_t len)
{
  char const *why = NULL;
  errno = 0;
  char **words = words_split (text, len, &why);
  MUST (words ? ! why : errno == EINVAL && why);
  if (! words)
    return;

  /* The words in quotation marks must have the same meaning.  */
  size_t count = 0, size = 0;
  for (; words[count]; count++)
    size += 2 * strlen (words[count]) + 3;
  char *quoted = malloc (size + 1);
  char *end = quoted;
  MUST (quoted);
  for (size_t i = 0; i < count; i++)
    end = put_quoted (end, words[i]);
  char **again = words_split (quoted, end - quoted, &why);
  MUST (again);
  for (size_t i = 0; i < count; i++)
    MUST (again[i] && strcmp (again[i], words[i]) == 0);
  MUST (! again[count]);
  free (again);
  free (quoted);
  free (words);
}

static void
fuzz_envdir (char const *text, size_t len)
{
  char *copy = malloc (len ? len : 1);
  size_t value_len = SIZE_MAX;

  MUST (copy);
  if (len)
    memcpy (copy, text, len);
  if (envdir_value (copy, len, &value_len) == 0)
    {
      MUST (value_len <= len && value_len <= ENVDIR_VALUE_MAX);
      MUST (! memchr (copy, '\0', value_len));
    }
  else
    MUST (errno == E2BIG && ENVDIR_VALUE_MAX < len);
  free (copy);
  char *name = string_of (text, len);
  if (envdir_is_variable (name))
    MUST (*name && *name != '.' && ! strchr (name, '='));
  free (name);
}

static void
fuzz_numbers (char const *text, size_t len)
{
  static int const bases[] = { 0, 8, 10 };
  char *s = string_of (text, len);
  char digits[64];

  for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
    {
      uintmax_t value = 4711;
      if (number_parse (s, bases[i], 1000000, &value) != 0)
        MUST ((errno == EINVAL || errno == ERANGE) && value == 4711);
      else
        {
          MUST (value <= 1000000);
          snprintf (digits, sizeof digits, bases[i] == 8 ? "%jo" : "%ju",
                    value);
          uintmax_t again = 4711;
          MUST (number_parse (digits, bases[i], 1000000, &again) == 0
                && again == value);
        }
    }
  uid_t uid;
  gid_t gid;
  if (number_uid (s, 10, &uid) == 0)
    MUST (uid != (uid_t) -1);
  if (number_gid (s, 10, &gid) == 0)
    MUST (gid != (gid_t) -1);
  free (s);
}

static void
fuzz_groups (char const *text, size_t len)
{
  enum { ROOM = 16 };
  gid_t *list = malloc (ROOM * sizeof *list);
  size_t count = 4711;
  char *s = string_of (text, len);

  MUST (list);
  if (number_gidlist (s, list, ROOM, &count) != 0)
    MUST (count == 4711);
  else
    {
      MUST (count <= ROOM && (count == 0) == (*s == '\0'));
      rulekeys_sort (list, count);
      for (size_t i = 1; i < count; i++)
        MUST (list[i - 1] <= list[i]);
    }
  free (s);
  free (list);
}

static void
fuzz_rate (char const *text, size_t len)
{
  struct rate rate;
  char *s = string_of (text, len);
  if (ratelimit_parse (s, &rate) != 0)
    MUST (errno == EINVAL || errno == ERANGE);
  else
    MUST (strchr (s, '/') && rate.count != 0);
  free (s);
}

static void
fuzz_listen (char const *text, size_t len)
{
  char *s = string_of (text, len);
  char *lines[3] = { NULL, NULL, NULL };
  size_t n = split_lines (s, lines, 3);
  char *variables[3] = { NULL, NULL, NULL };
  struct envlist env;
  int count;
  bool counted;

  variables[0] = malloc (len + sizeof "LISTEN_FDS=");
  MUST (variables[0]);
  stpcpy (stpcpy (variables[0], "LISTEN_FDS="), lines[0]);
  variables[1] = string_of ("LISTEN_PID=1", sizeof "LISTEN_PID=1" - 1);
  MUST (envlist_init (&env, variables, 0) == 0);
  if (chain_inherited (&env, 1, &count, &counted) == 0)
    MUST (0 <= count && (counted || count == 0));
  free (env.vector);
  free (variables[0]);
  free (variables[1]);

  if (1 < n)
    {
      int before = len % 8;
      char *names = chain_names (lines[1], before, 2 < n ? lines[2] : NULL);
      if (names)
        {
          int have = 0;
          int given = 0;
          for (char const *p = names; *p; p++)
            have += *p == ':';
          for (char const *p = lines[1]; *p; p++)
            given += *p == ':';
          /* A name that replaces another must not contain a colon.  */
          if (n <= 2 || ! strchr (lines[2], ':'))
            MUST (have == (before < given ? given : before));
          else
            MUST (before < have);
        }
      free (names);
    }
  free (s);
}

static void
fuzz_keys (char const *text, size_t len)
{
  struct rulekeys keys = { .own_uid = 7, .own_gid = 7 };
  gid_t *groups = malloc (len ? len * sizeof *groups : 1);
  char key[RULEKEYS_SIZE];
  size_t steps = 0;

  MUST (groups);
  /* Use small and large ids.  */
  for (size_t i = 0; i < len; i++)
    groups[i] = (text[i] & 0x40 ? (gid_t) -2 - (text[i] & 0x3f)
                 : (gid_t) (text[i] & 0x3f));
  rulekeys_sort (groups, len);
  keys.uid = len ? groups[len / 2] : 1;
  keys.gid = len ? groups[len / 3] : 2;
  keys.groups = groups;
  keys.group_count = len;
  while (rulekeys_next (&keys, key))
    {
      MUST (strncmp (key, "uid/", 4) == 0 || strncmp (key, "gid/", 4) == 0);
      MUST (++steps <= 6 + 2 * len);
    }
  MUST (3 <= steps && strcmp (key, "uid/default") == 0);
  free (groups);
}

static void
fuzz_environment (char const *text, size_t len)
{
  enum { LINES = 16 };
  char *s = string_of (text, len);
  char *lines[LINES + 1];
  size_t n = split_lines (s, lines, LINES);
  struct envlist env;

  lines[n] = NULL;
  MUST (envlist_init (&env, lines, 0) == 0 && env.count == n);
  for (size_t i = 0; i < n; i++)
    {
      char *equals = strchr (lines[i], '=');
      if (equals)
        {
          MUST (envlist_set (&env, lines[i]) == 0);
          char *name = string_of (lines[i], equals - lines[i]);
          MUST (envlist_get (&env, name) == equals + 1);
          free (name);
        }
      else
        {
          envlist_unset (&env, lines[i]);
          MUST (! envlist_get (&env, lines[i]));
        }
      MUST (env.count <= n);
    }
  free (env.vector);
  free (s);
}

static void
fuzz_address (char const *text, size_t len)
{
  /* Allocate the exact size, so that memory checkers notice an overrun.  */
  union peer_address *peer = malloc (sizeof *peer);
  socklen_t peer_len = len < sizeof *peer ? len : sizeof *peer;
  size_t path_len = SIZE_MAX;

  MUST (peer);
  memset (peer, 'x', sizeof *peer);
  if (peer_len)
    memcpy (peer, text, peer_len);
  /* Use a local address mostly, because the two bytes of the family are seldom
     guessed.  */
  if (len % 4)
    peer->any.sa_family = AF_UNIX;
  char const *path = address_peer_path (peer, peer_len, &path_len);
  MUST (path_len <= (size_t) peer_len
       && ! memchr (path, '\0', path_len));
  free (peer);

  char *s = string_of (text, len);
  struct sockaddr_un addr;
  socklen_t addr_len = address_of_path (s, &addr);
  if (addr_len == 0)
    MUST (*s ? errno == ENAMETOOLONG && ADDRESS_PATH_MAX < strlen (s)
          : errno == ENOENT);
  else
    MUST (strlen (s) <= ADDRESS_PATH_MAX && strcmp (addr.sun_path, s) == 0
          && (size_t) addr_len <= sizeof addr);
  free (s);
}

/* Parse the LEN bytes at TEXT as a cdb file.  The file is opened through the
   name of its descriptor; if the system has no such names, do nothing.  */
static void
fuzz_cdb (char const *text, size_t len)
{
  static int fd = -1;
  char path[FD_PATH_SIZE];
  char const *trouble;
  char *data;
  size_t data_len;

  if (fd < 0)
    {
      /* Use memory if possible, because a disk is much slower.  */
      char name[] = "/dev/shm/fuzz-XXXXXX";
      fd = mkstemp (name);
      if (0 <= fd)
        unlink (name);
      else
        {
          FILE *stream = tmpfile ();
          MUST (stream);
          fd = fileno (stream);
        }
    }
  MUST (ftruncate (fd, 0) == 0 && pwrite (fd, text, len, 0) == (ssize_t) len);
  fd_path (path, fd);
  struct cdbfile *file = cdbfile_open (path, &trouble);
  if (! file)
    return;
  int found = cdbfile_find (file, "uid/default", &data, &data_len);
  MUST (0 <= found);
  if (found == 1)
    {
      MUST (data_len < len);
      free (data);
    }
  MUST (cdbfile_close (file) == 0);
}

static void
fuzz_rule_file (char const *text, size_t len)
{
  fuzz_cdb (text, len);
  /* Allocate the exact size, so that memory checkers notice an overrun.  */
  char *copy = malloc (len ? len : 1);
  struct rulefile_record record;

  MUST (copy);
  if (len)
    memcpy (copy, text, len);
  if (rulefile_parse (copy, len, &record) == 0 && record.allows)
    MUST (record.variables_len + record.exec_len + 5 == len
          && (record.variables_len == 0
              || record.variables[record.variables_len - 1] == '\0')
          && record.exec + record.exec_len == copy + len);
  free (copy);
}

/* All parsers, in the order of their names.  fuzz.mk lists the same names, and
   the name of each file in fuzz/corpus begins with one of them.  */
static struct
{
  char const *name;
  void (*try) (char const *text, size_t len);
} const parsers[] =
  {
    { "address", fuzz_address },
    { "cdb", fuzz_rule_file },          /* also the records of such a file */
    { "envdir", fuzz_envdir },          /* a file of a directory "env" */
    { "environment", fuzz_environment },
    { "gidlist", fuzz_groups },
    { "keys", fuzz_keys },              /* names of rules */
    { "listen", fuzz_listen },          /* LISTEN_FDS and the like */
    { "number", fuzz_numbers },
    { "rate", fuzz_rate },
    { "words", fuzz_words }             /* a program line of a rule */
  };
enum { PARSERS = sizeof parsers / sizeof *parsers };

/* Return the number of the parser that FUZZ_ONLY names, or PARSERS if it is
   not set.  */
static size_t
only_parser (void)
{
  char const *name = getenv ("FUZZ_ONLY");
  size_t i = 0;

  if (! name)
    return PARSERS;
  while (i < PARSERS && strcmp (parsers[i].name, name) != 0)
    i++;
  if (i == PARSERS)
    {
      fprintf (stderr, "fuzz-parsers: no parser is called %s; there are:",
               name);
      for (i = 0; i < PARSERS; i++)
        fprintf (stderr, " %s", parsers[i].name);
      putc ('\n', stderr);
      exit (2);
    }
  return i;
}

int
LLVMFuzzerTestOneInput (uint8_t const *data, size_t size)
{
  static size_t only = SIZE_MAX;
  char const *text = (char const *) data;

  if (only == SIZE_MAX)
    only = only_parser ();
  fuzz_watch_time ();
  if (size == 0)
    return 0;
  size_t choice = only < PARSERS ? only : (size_t) *data - 'a';
  if (choice < PARSERS)
    parsers[choice].try (text + 1, size - 1);
  return 0;
}
