/* coverage.c -- write the coverage counters before an exec or _exit.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Linked into every program that is built for "make coverage".  The linker's
   option --wrap makes the calls of the functions below come here.

   The counters are kept in memory.  The compiler's library writes them at
   exit, and they would be lost when a process calls exec or _exit instead.  So
   write them before these calls as well.  A child of vfork writes nothing,
   because it counts in the memory of its parent.  */

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

/* True while counters are being written.  fail-alloc.c reads it.  */
extern bool coverage_is_at_work;
bool coverage_is_at_work;

/* The process that owns this memory.  */
static pid_t owner;

/* exit calls this handler before the compiler's library writes the
   counters.  */
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

/* Add the counters to those in the file, and set them to 0, because the
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
  /* Otherwise parent and child would both write what was counted so far.  */
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
