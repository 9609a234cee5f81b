/* program.h -- the program to run for each connection.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */


#ifndef PROGRAM_H
#define PROGRAM_H

#include "base/system.h"

/* A program, looked for once: what all ways to start a child have in
   common.  */
struct program
{
  char **argv;
  /* The names to try, in the order of PATH; a null pointer ends them.  */
  char **candidates;
  /* Which of them was the program last time, and is tried first.  */
  size_t proven;
  /* The shell for a script without "#!", a place for the script's name, then
     ARGV[1] and so on.  */
  char **script_argv;
  size_t script_argc;
};

/* Prepare to run ARGV[0] with the arguments ARGV, found as execvp finds it
   with the search path PATH (NULL: the system's default).  ARGV must outlive
   the result.  Return 0, or -1 with errno set.  Nothing is allocated
   afterwards.  */
int program_init (struct program *program, char **argv, char const *path);

/* Whether ERRNUM, from execve, says that a name leads to no file, in the broad
   sense that execvp takes it: a network file system may be out of reach.  */
static inline bool __attribute__ ((__always_inline__))
program_is_absent (int errnum)
{
  return (errnum == ENOENT || errnum == ENOTDIR || errnum == ENODEV
          || errnum == ESTALE || errnum == ETIMEDOUT);
}

/* Run PROGRAM with the environment ENVP by RUN, which is execve, or like it,
   and returns what was wrong.  *TRIED is which of the names to try first, and
   becomes which was tried last.  Use SCRIPT_ARGV, a vector like PROGRAM's, for
   a script without "#!".  Return what was wrong.  Inline, as the child that
   calls it may not call everything.  */
static inline int __attribute__ ((__always_inline__))
program_run (struct program const *program, size_t *tried,
             char **script_argv, char **envp,
             int (*run) (char const *, char **, char **))
{
  bool forbidden = false;
  int error = ENOENT;
  size_t first = *tried;

  for (size_t i = first, step = 0; program->candidates[i]; step++)
    {
      char *name = program->candidates[i];
      *tried = i;
      error = run (name, program->argv, envp);
      if (error == ENOEXEC)
        {
          script_argv[1] = name;
          error = run (script_argv[0], script_argv, envp);
        }
      if (error == EACCES)
        forbidden = true;
      else if (! program_is_absent (error))
        return error;
      /* Then all the others, in their order.  */
      i = step == 0 ? 0 : i + 1;
      if (i == first)
        i++;
    }
  /* That it is somewhere, but not for us, says more than that it is not
     everywhere.  */
  return forbidden ? EACCES : error;
}

/* Look for the file that program_init and program_exec would run for ARGV[0]
   with the search path PATH (NULL: the system's default).  Return 0 if there
   is one that somebody may execute; otherwise an errno value: that of the
   search, EACCES, or ENOMEM.  */
int program_look (char **argv, char const *path);

/* Become PROGRAM with the environment ENVP.  Return what was wrong.  */
int program_exec (struct program *program, char **envp);

/* In a child that may share our memory while we stand still: become PROGRAM
   with the environment ENVP and CONN as standard input and output, and with
   KEPT open, unless it is -1.  Return what was wrong.  */
int program_become (struct program *program, int conn, int kept,
                    char **envp);

#endif /* PROGRAM_H */
