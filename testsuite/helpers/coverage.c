/* coverage.c -- counters of lines that would be lost at an exec or _exit.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Linked into every program that is built for `make coverage', with the
   linker's --wrap, so that its calls of these functions come here.

   The counters are in memory until they are written, which the compiler's
   library does at exit.  Here it is also done where the memory of a process
   ends otherwise.  A child of vfork writes nothing: it counts in its parent's
   memory.  */

#include <config.h>

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

void __gcov_dump (void);
void __gcov_reset (void);

pid_t __real_fork (void);
int __real_execve (char const *file, char *const *argv, char *const *envp);
int __real_execvp (char const *file, char *const *argv);
_Noreturn void __real__exit (int status);

pid_t __wrap_fork (void);
int __wrap_execve (char const *file, char *const *argv, char *const *envp);
int __wrap_execvp (char const *file, char *const *argv);
_Noreturn void __wrap__exit (int status);

/* Whether counters are being written; for scarce.c.  */
extern bool coverage_is_at_work;
bool coverage_is_at_work;

/* The process whose memory this is.  */
static pid_t owner;

/* What has been registered by atexit comes before what writes.  */
static void
end (void)
{
  coverage_is_at_work = true;
}

static void __attribute__ ((__constructor__))
begin (void)
{
  owner = getpid ();
  atexit (end);
}

/* Add the counters to what has been written, and begin again with 0: the
   process may go on.  */
static void
write_counters (void)
{
  int saved_errno = errno;
  if (getpid () == owner)
    {
      coverage_is_at_work = true;
      __gcov_dump ();
      __gcov_reset ();
      coverage_is_at_work = false;
    }
  errno = saved_errno;
}

pid_t
__wrap_fork (void)
{
  /* Else both would write what has been counted so far.  */
  write_counters ();
  pid_t pid = __real_fork ();
  if (pid == 0)
    owner = getpid ();
  return pid;
}

int
__wrap_execve (char const *file, char *const *argv, char *const *envp)
{
  write_counters ();
  return __real_execve (file, argv, envp);
}

int
__wrap_execvp (char const *file, char *const *argv)
{
  write_counters ();
  return __real_execvp (file, argv);
}

void
__wrap__exit (int status)
{
  write_counters ();
  __real__exit (status);
}
