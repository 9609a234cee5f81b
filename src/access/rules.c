/* rules.c -- read a rule from a directory of rules.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* A rule that cannot be read must not be taken for absent or for another rule,
   because a client could then be allowed by a rule that is meant for others.
   So only ENOENT means that a rule is absent, and only ENOENT of the name
   itself: a symbolic link to a missing file is an error.  */

#include <config.h>

#include "access/rules.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "access/envdir.h"
#include "access/rulefile.h"
#include "access/words.h"
#include "base/fd.h"
#include "safe-read.h"
#include "unistd-safer.h"

/* How often to look for a name again if one call does not find it and the next
   one does, because it is being replaced.  */
enum { TRIES = 10 };

/* Store in RULE that FILE of DIRECTORY ("env/" or "") is bad because of WHY,
   with ERRNUM.  Return RULES_BAD.  */
static enum rules_verdict
bad (struct rule *rule, char const *directory, char const *file,
     char const *why, int errnum)
{
  rule->why = why;
  rule->errnum = errnum;
  rule->file = malloc (strlen (directory) + strlen (file) + 1);
  if (rule->file)
    stpcpy (stpcpy (rule->file, directory), file);
  return RULES_BAD;
}

/* Find out whether NAME, a path of one or two components in DIR, is absent,
   after a call has failed with ENOENT for it.  Return 1 if it is, 0 if it
   exists now, or -1 with errno set; it is an error if NAME or its directory is
   a link to a missing file.  */
static int
is_absent (int dir, char const *name)
{
  struct stat st;
  char const *slash = strchr (name, '/');

  if (fstatat (dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
    return S_ISLNK (st.st_mode) && fstatat (dir, name, &st, 0) != 0 ? -1 : 0;
  if (errno != ENOENT)
    return -1;
  if (! slash)
    return 1;
  char parent[sizeof "uid"] = "";
  memcpy (parent, name, slash - name);
  if (fstatat (dir, parent, &st, AT_SYMLINK_NOFOLLOW) == 0)
    return (S_ISLNK (st.st_mode) && fstatat (dir, parent, &st, 0) != 0
            ? -1 : 1);
  return errno == ENOENT ? 1 : -1;
}

/* Open NAME in DIR with FLAGS.  Return a descriptor, or -1 with errno set.  If
   NAME is absent, errno is 0.  */
static int
open_or_absent (int dir, char const *name, int flags)
{
  for (int i = 0; i < TRIES; i++)
    {
      int fd = fd_safer_flag (openat (dir, name, flags | O_CLOEXEC),
                              O_CLOEXEC);
      if (0 <= fd || errno != ENOENT)
        return fd;
      int absent = is_absent (dir, name);
      if (absent != 0)
        return absent < 0 ? -1 : (errno = 0, -1);
    }
  return errno = EBUSY, -1;
}

/* Return 1 if NAME exists in DIR, 0 if it is absent, or -1 with errno set.  */
static int
is_there (int dir, char const *name)
{
  struct stat st;

  for (int i = 0; i < TRIES; i++)
    {
      if (fstatat (dir, name, &st, 0) == 0)
        return 1;
      if (errno != ENOENT)
        return -1;
      int absent = is_absent (dir, name);
      if (absent != 0)
        return absent < 0 ? -1 : 0;
    }
  return errno = EBUSY, -1;
}

/* Return true if FD is a file or device that can be read to its end.  Devices
   are allowed because a link to /dev/null is a common empty file.  */
static bool
is_readable (int fd)
{
  struct stat st;
  return (fstat (fd, &st) == 0
          && (S_ISREG (st.st_mode) || S_ISCHR (st.st_mode)));
}

/* Read at most SIZE bytes of FD into TEXT, and close FD.  Return how many
   bytes were read, or -1 with errno set.  */
static ssize_t
read_and_close (int fd, char *text, size_t size)
{
  size_t len = 0;
  ssize_t n = 0;

  /* The type that safe_read returns depends on the version of gnulib.  */
  while (len < size && 0 < (n = safe_read (fd, text + len, size - len)))
    len += n;
  fd_close (fd);
  return n < 0 ? -1 : (ssize_t) len;
}

/* Read at most SIZE bytes of FILE into TEXT.  DIR is a descriptor of
   DIRECTORY.  Return RULES_ALLOW and store the length in *LEN, or RULES_ABSENT
   or RULES_BAD.  */
static enum rules_verdict
read_file (struct rule *rule, int dir, char const *directory,
           char const *file, char *text, size_t size, size_t *len)
{
  int fd = open_or_absent (dir, file, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (fd < 0 && errno == 0)
    return RULES_ABSENT;
  if (fd < 0)
    return bad (rule, directory, file, "unable to read", errno);
  if (! is_readable (fd))
    {
      close (fd);
      return bad (rule, directory, file,
                  "it is neither a regular file nor a device", 0);
    }
  ssize_t n = read_and_close (fd, text, size);
  if (n < 0)
    return bad (rule, directory, file, "unable to read", errno);
  *len = n;
  return RULES_ALLOW;
}

/* Read the file NAME of the directory "env", DIR, and add its variable to
   RULE, which has room for it.  Return false on failure.  */
static bool
add_variable (struct rule *rule, int dir, char const *name)
{
  char text[ENVDIR_VALUE_MAX + 1];
  size_t len;
  size_t value_len = 0;

  switch (read_file (rule, dir, "env/", name, text, sizeof text, &len))
    {
    case RULES_ALLOW:
      break;
    case RULES_ABSENT:
      /* The file has been removed since the directory was read.  */
      return true;
    default:
      return false;
    }
  if (len != 0 && envdir_value (text, len, &value_len) != 0)
    return bad (rule, "env/", name, "its first line is too long", 0), false;

  size_t name_len = strlen (name);
  char *variable = malloc (name_len + 1 + value_len + 1);
  if (! variable)
    return bad (rule, "env/", name, "unable to read", ENOMEM), false;
  strcpy (variable, name);
  if (len != 0)
    {
      variable[name_len] = '=';
      memcpy (variable + name_len + 1, text, value_len);
      variable[name_len + 1 + value_len] = '\0';
    }
  rule->variables[rule->variable_count++] = variable;
  return true;
}

/* Add to RULE the variables of all files of the directory "env", STREAM.  */
static enum rules_verdict
add_variables (struct rule *rule, DIR *stream)
{
  struct dirent const *entry;

  while (errno = 0, (entry = readdir (stream)) != NULL)
    if (envdir_is_variable (entry->d_name))
      {
        if (rule->variable_count == RULES_VARIABLES_MAX)
          return bad (rule, "", "env", "there are too many variables in it",
                      0);
        if (! add_variable (rule, dirfd (stream), entry->d_name))
          return RULES_BAD;
      }
  return errno == 0 ? RULES_ALLOW : bad (rule, "", "env", "unable to read",
                                         errno);
}

static int
compare (void const *a, void const *b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Read "env" in DIR, the directory of RULE.  */
static enum rules_verdict
read_environment (struct rule *rule, int dir)
{
  int fd = open_or_absent (dir, "env", O_RDONLY | O_DIRECTORY);
  if (fd < 0)
    return errno == 0 ? RULES_ALLOW : bad (rule, "", "env", "unable to read",
                                           errno);
  DIR *stream = fdopendir (fd);
  if (! stream)
    {
      fd_close (fd);
      return bad (rule, "", "env", "unable to read", errno);
    }
  rule->variables = calloc (RULES_VARIABLES_MAX, sizeof *rule->variables);
  enum rules_verdict verdict =
    (rule->variables ? add_variables (rule, stream)
     : bad (rule, "", "env", "unable to read", ENOMEM));
  closedir (stream);
  /* A directory is in no particular order.  */
  if (rule->variables)
    qsort (rule->variables, rule->variable_count, sizeof *rule->variables,
           compare);
  return verdict;
}

/* Store in RULE the program of the file "exec", which has the LEN bytes of
   TEXT.  */
static enum rules_verdict
take_program (struct rule *rule, char const *text, size_t len)
{
  char const *why;

  /* An empty file changes nothing.  */
  if (len == 0)
    return RULES_ALLOW;
  if (RULES_EXEC_MAX < len)
    return bad (rule, "", "exec", "it is too long", 0);
  rule->program = words_split (text, len, &why);
  if (! rule->program)
    return (errno == ENOMEM ? bad (rule, "", "exec", "unable to read", errno)
            : bad (rule, "", "exec", why, 0));
  if (! rule->program[0])
    return bad (rule, "", "exec", "there is no program in it", 0);
  return RULES_ALLOW;
}

/* Read "exec" in DIR, the directory of RULE.  */
static enum rules_verdict
read_program (struct rule *rule, int dir)
{
  char text[RULES_EXEC_MAX + 1];
  size_t len;
  enum rules_verdict verdict = read_file (rule, dir, "", "exec", text,
                                          sizeof text, &len);
  if (verdict == RULES_ABSENT)
    return RULES_ALLOW;
  return verdict == RULES_BAD ? verdict : take_program (rule, text, len);
}

int
rules_open (char const *path)
{
  return fd_safer_flag (open (path, O_HOLD | O_DIRECTORY | O_CLOEXEC),
                        O_CLOEXEC);
}

/* Read only whether RULE, whose directory is DIR, has "deny".  */
static enum rules_verdict
read_denial (struct rule *rule, int dir)
{
  int denies = is_there (dir, "deny");
  if (denies < 0)
    return bad (rule, "", "deny", "unable to look for", errno);
  return denies ? RULES_DENY : RULES_ABSENT;
}

/* Read RULE from its directory DIR.  */
static enum rules_verdict
read_rule (struct rule *rule, int dir)
{
  int allows = is_there (dir, "allow");
  if (allows < 0)
    return bad (rule, "", "allow", "unable to look for", errno);
  if (! allows)
    return read_denial (rule, dir);
  enum rules_verdict verdict = read_environment (rule, dir);
  return verdict == RULES_ALLOW ? read_program (rule, dir) : verdict;
}

/* Call READ for the rule KEY of the directory DIR and store the result in
   *RULE.  */
static enum rules_verdict
look (int dir, char const *key, struct rule *rule,
      enum rules_verdict (*read) (struct rule *, int))
{
  *rule = (struct rule) { .variable_count = 0 };
  int fd = open_or_absent (dir, key, O_HOLD | O_DIRECTORY);
  if (fd < 0)
    return errno == 0 ? RULES_ABSENT : bad (rule, "", "", "unable to open",
                                            errno);
  enum rules_verdict verdict = read (rule, fd);
  close (fd);
  return verdict;
}

enum rules_verdict
rules_read (int dir, char const *key, struct rule *rule)
{
  return look (dir, key, rule, read_rule);
}

enum rules_verdict
rules_read_denial (int dir, char const *key, struct rule *rule)
{
  return look (dir, key, rule, read_denial);
}

/* Copy the variables of RECORD to RULE.  */
static enum rules_verdict
take_variables (struct rule *rule, struct rulefile_record const *record)
{
  char const *end = record->variables + record->variables_len;

  if (record->variables_len == 0)
    return RULES_ALLOW;
  rule->variables = calloc (RULES_VARIABLES_MAX, sizeof *rule->variables);
  if (! rule->variables)
    return bad (rule, "", "env", "unable to read", ENOMEM);
  for (char const *p = record->variables; p < end; p += strlen (p) + 1)
    {
      if (*p == '\0' || *p == '=')
        return bad (rule, "", "env", "a variable without a name is in it", 0);
      if (rule->variable_count == RULES_VARIABLES_MAX)
        return bad (rule, "", "env", "there are too many variables in it", 0);
      char *variable = strdup (p);
      if (! variable)
        return bad (rule, "", "env", "unable to read", ENOMEM);
      rule->variables[rule->variable_count++] = variable;
    }
  qsort (rule->variables, rule->variable_count, sizeof *rule->variables,
         compare);
  return RULES_ALLOW;
}

enum rules_verdict
rules_read_record (char const *data, size_t len, struct rule *rule)
{
  struct rulefile_record record;

  *rule = (struct rule) { .variable_count = 0 };
  if (rulefile_parse (data, len, &record) != 0)
    return bad (rule, "", "", "its record is malformed", 0);
  if (! record.allows)
    return RULES_DENY;
  enum rules_verdict verdict = take_variables (rule, &record);
  return (verdict == RULES_ALLOW
          ? take_program (rule, record.exec, record.exec_len) : verdict);
}

void
rules_release (struct rule *rule)
{
  for (size_t i = 0; i < rule->variable_count; i++)
    free (rule->variables[i]);
  free (rule->variables);
  free (rule->program);
  *rule = (struct rule) { .variable_count = 0 };
}
