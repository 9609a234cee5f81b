/* program.c -- the program to run for each connection.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "spawn/program.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/signals.h"

#ifndef PROGRAM_SHELL
# define PROGRAM_SHELL "/bin/sh"
#endif

/* Return the system's default search path, or NULL with errno set.  */
static char *
default_path (void)
{
  size_t size = confstr (_CS_PATH, NULL, 0);
  /* Use a path of our own if the system's is empty, because that would mean
     the current directory.  */
  if (size <= 1)
    return strdup ("/bin:/usr/bin");
  char *path = malloc (size);
  if (path)
    confstr (_CS_PATH, path, size);
  return path;
}

/* Return a vector of the names "DIRECTORY/NAME" for each directory of PATH, or
   NULL with errno set.  */
static char **
names_in (char const *path, char const *name)
{
  size_t n = 1;
  for (char const *p = path; *p; p++)
    n += *p == ':';

  char **names = calloc (n + 1, sizeof *names);
  if (! names)
    return NULL;
  for (size_t i = 0; i < n; i++)
    {
      size_t len = strcspn (path, ":");
      size_t size = len + 1 + strlen (name) + 1;
      char *s = names[i] = malloc (size);
      if (! s)
        return NULL;
      memcpy (s, path, len);
      /* An empty member of PATH means the current directory.  */
      if (len != 0)
        s[len++] = '/';
      strcpy (s + len, name);
      path += strcspn (path, ":") + 1;
    }
  return names;
}

/* Return a vector of the names that execvp would try for NAME, or NULL with
   errno set.  */
static char **
candidates_for (char *name, char const *path)
{
  if (strchr (name, '/') || *name == '\0')
    {
      char **names = calloc (2, sizeof *names);
      /* An empty name has no candidates, so the result is ENOENT. execve fails
         with another error on some systems.  */
      if (names && *name != '\0')
        names[0] = name;
      return names;
    }

  char *standard = path ? NULL : default_path ();
  if (! path && ! standard)
    return NULL;
  char **names = names_in (path ? path : standard, name);
  free (standard);
  return names;
}

int
program_init (struct program *program, char **argv, char const *path)
{
  static char shell[] = PROGRAM_SHELL;
  size_t argc = 0;

  while (argv[argc])
    argc++;
  *program = (struct program) { .argv = argv, .script_argc = argc + 2 };
  program->candidates = candidates_for (argv[0], path);
  if (! program->candidates)
    return -1;
  program->script_argv = calloc (argc + 2, sizeof *program->script_argv);
  if (! program->script_argv)
    return -1;
  program->script_argv[0] = shell;
  memcpy (program->script_argv + 2, argv + 1, argc * sizeof *argv);
  return 0;
}

/* A function for program_run that does not execute NAME.  Return 0 if NAME is
   a file that some user may execute.  */
static int
look (char const *name, char **argv, char **envp)
{
  struct stat st;

  (void) argv;
  (void) envp;
  if (stat (name, &st) != 0)
    return errno;
  return S_ISREG (st.st_mode) && (st.st_mode & 0111) != 0 ? 0 : EACCES;
}

int
program_find (char **argv, char const *path)
{
  struct program program;

  if (program_init (&program, argv, path) != 0)
    return errno;
  int error = program_run (&program, &program.proven, program.script_argv,
                           NULL, look);
  for (char **name = program.candidates; *name; name++)
    if (*name != argv[0])
      free (*name);
  free (program.candidates);
  free (program.script_argv);
  return error;
}

int
program_error (char const *name, int errnum)
{
  struct stat st;

  if (errnum == EINVAL && stat (name, &st) == 0 && S_ISDIR (st.st_mode))
    return EACCES;
  return errnum;
}

static int
run (char const *name, char **argv, char **envp)
{
  execve (name, argv, envp);
  return program_error (name, errno);
}

int
program_exec (struct program *program, char **envp)
{
  return program_run (program, &program->proven, program->script_argv, envp,
                      run);
}

int
program_become (struct program *program, int conn, int kept, char **envp)
{
  if (0 <= kept && fcntl (kept, F_SETFD, 0) != 0)
    return errno;
  if (fd_dup_to (conn, STDIN_FILENO) < 0
      || fd_dup_to (conn, STDOUT_FILENO) < 0)
    return errno;
  signals_reset ();
  return program_exec (program, envp);
}
