/* program.h -- the program to run for each connection.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PROGRAM_H
#define PROGRAM_H

#include "base/system.h"

/* A program and where to look for it.  All methods of starting a child use
   it.  */
struct program
{
  char **argv;
  /* The names to try, in the order of PATH, up to a null pointer.  */
  char **candidates;
  /* The index of the name that worked last time, which is tried first.  */
  size_t proven;
  /* The arguments to run a script without "#!": the shell, a place for the
     script's name, ARGV[1] and so on.  */
  char **script_argv;
  size_t script_argc;
};

/* Prepare to run ARGV[0] with the arguments ARGV, found as execvp finds it in
   PATH, or in the system's default path if PATH is null.  ARGV must outlive
   the result.  Return 0, or -1 with errno set.  Nothing is allocated
   afterwards.  */
int program_init (struct program *program, char **argv, char const *path);

/* Return true if execvp treats ERRNUM, from execve, as "no such file" and goes
   on with the next name.  That includes a network file system that cannot be
   reached.  */
static inline bool __attribute__ ((__always_inline__))
program_is_absent (int errnum)
{
  return (errnum == ENOENT || errnum == ENOTDIR || errnum == ENODEV
          || errnum == ESTALE || errnum == ETIMEDOUT);
}

/* Return ERRNUM, with which execve or posix_spawn has failed for NAME.  But
   return EACCES for a directory, because on Haiku the error is EINVAL (do_exec
   in libroot reads the file first).  Async-signal-safe.  */
int program_error (char const *name, int errnum);

/* Run PROGRAM with the environment ENVP by calling RUN for one name after the
   other.  RUN is execve or a function like it, and returns an errno value.
   *TRIED is the index of the name to try first, and becomes that of the name
   tried last.  SCRIPT_ARGV is a vector like PROGRAM's, for a script without
   "#!".  Return an errno value, or 0 if RUN has returned 0.  Always inline,
   for the reason that base/errors.h gives for is_shortage.  */
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
      /* After the first name, try the others in their order.  */
      i = step == 0 ? 0 : i + 1;
      if (i == first)
        i++;
    }
  /* Report EACCES from one directory rather than ENOENT from the last, as
     execvp does.  */
  return forbidden ? EACCES : error;
}

/* Look for the file that program_init and program_exec would run for ARGV[0],
   with PATH as for program_init.  Return 0 if there is a file that some user
   may execute.  Otherwise return an errno value: EACCES if what was found
   cannot be executed or examined, ENOMEM, or another error of stat, such as
   ENOENT.  */
int program_find (char **argv, char const *path);

/* Execute PROGRAM with the environment ENVP.  Return an errno value on
   failure.  */
int program_exec (struct program *program, char **envp);

/* Execute PROGRAM with the environment ENVP, with CONN as standard input and
   output, and with KEPT open unless it is -1.  Return an errno value on
   failure.  To be called in a child; after vfork it shares our memory while we
   wait.  */
int program_become (struct program *program, int conn, int kept,
                    char **envp);

#endif /* PROGRAM_H */
