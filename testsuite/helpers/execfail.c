/* execfail.c -- make every execve of a program and its children fail.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */


/* Usage: execfail FILE PROGRAM [ARG]...

   Become PROGRAM.  A child of this process traces PROGRAM and every process
   that PROGRAM starts.  While FILE exists, each execve fails with the error
   whose number is in FILE.  This also catches system calls that bypass the C
   library, which a preloaded library would miss.  Each failure appends a byte
   to FILE.hits.

   Print why and exit with 77 if processes cannot be traced in this way.  */

#include <config.h>

#include <stdio.h>

#if HAVE_DECL_PTRACE_O_EXITKILL

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "syscall-info.h"

enum { SKIPPED = 77, FAILED = 99 };

/* The processes whose execve is failing, and the error of each.  */
enum { PROCESSES = 1024 };
static struct
{
  pid_t pid;
  int error;
} failing[PROCESSES];

static char const *file;
static char hits[1000];

/* Return the number in FILE, or 0 if there is none.  */
static int
wanted_error (void)
{
  int error = 0;
  FILE *f = fopen (file, "r");
  if (f)
    {
      if (fscanf (f, "%d", &error) != 1)
        error = 0;
      fclose (f);
    }
  return error;
}

static void
note_hit (void)
{
  FILE *f = fopen (hits, "a");
  if (f)
    {
      putc ('.', f);
      fclose (f);
    }
}

/* Return the error with which the system call of PID is to fail, or 0, and
   forget it.  */
static int
take_error (pid_t pid)
{
  for (size_t i = 0; i < PROCESSES; i++)
    if (failing[i].pid == pid)
      {
        int error = failing[i].error;
        failing[i].pid = 0;
        return error;
      }
  return 0;
}

static void
put_error (pid_t pid, int error)
{
  for (size_t i = 0; i < PROCESSES; i++)
    if (failing[i].pid == 0)
      {
        failing[i].pid = pid;
        failing[i].error = error;
        return;
      }
}

/* Deal with a stop of PID, which is entering or leaving a system call.  */
static void
attend (pid_t pid)
{
  struct syscall_info info = { 0 };
  int error;

  if (! syscall_info_get (pid, &info))
    return;
  if (info.op == SYSCALL_INFO_ENTRY && info.nr == SYS_execve
      && (error = wanted_error ()) != 0)
    {
      info.nr = -1;
      if (syscall_info_set (pid, &info))
        put_error (pid, error);
    }
  else if (info.op == SYSCALL_INFO_EXIT && (error = take_error (pid)) != 0)
    {
      syscall_info_fail (&info, error);
      if (syscall_info_set (pid, &info))
        note_hit ();
    }
}

/* Trace PID and its children until all have exited.  Write a byte to READY
   when tracing has begun; PID waits for it.  */
static void
watch (pid_t pid, int ready)
{
  int status;
  uintptr_t options = (PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD
                       | PTRACE_O_TRACEEXEC | PTRACE_O_TRACEFORK
                       | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE);

  if (ptrace (PTRACE_SEIZE, pid, NULL, (void *) options) != 0
      || ptrace (PTRACE_INTERRUPT, pid, NULL, NULL) != 0
      || waitpid (pid, &status, __WALL) != pid
      || ptrace (PTRACE_SYSCALL, pid, NULL, NULL) != 0)
    {
      printf ("a process cannot be traced here: %s\n", strerror (errno));
      fflush (stdout);
      _exit (SKIPPED);
    }
  if (write (ready, "", 1) != 1)
    _exit (FAILED);
  close (ready);
  while (0 < (pid = waitpid (-1, &status, __WALL)) || errno == EINTR)
    {
      if (pid < 0 || ! WIFSTOPPED (status))
        continue;
      int pass = 0;
      int event = status >> 16;
      if (WSTOPSIG (status) == (SIGTRAP | 0x80))
        attend (pid);
      else if (event == PTRACE_EVENT_STOP && WSTOPSIG (status) != SIGTRAP)
        {
          /* A group-stop: leave the process stopped.  */
          ptrace (PTRACE_LISTEN, pid, NULL, NULL);
          continue;
        }
      else if (event == 0)
        pass = WSTOPSIG (status);
      ptrace (PTRACE_SYSCALL, pid, NULL, (void *) (uintptr_t) pass);
    }
}

int
main (int argc, char **argv)
{
  int ends[2], go[2];
  char byte;

  if (argc < 3 || sizeof hits <= strlen (argv[1]) + 5)
    return FAILED;
  file = argv[1];
  snprintf (hits, sizeof hits, "%s.hits", file);
  pid_t parent = getpid ();
  if (pipe (ends) != 0 || pipe (go) != 0)
    return FAILED;
  pid_t pid = fork ();
  if (pid < 0)
    return FAILED;
  if (pid == 0)
    {
      close (ends[0]);
      close (go[1]);
      close (STDIN_FILENO);
      close (STDOUT_FILENO);
      /* Wait until the parent has named this process as its tracer.  */
      if (read (go[0], &byte, 1) == 1)
        watch (parent, ends[1]);
      _exit (0);
    }
  close (ends[1]);
  close (go[0]);
#ifdef PR_SET_PTRACER
  prctl (PR_SET_PTRACER, (unsigned long int) pid, 0, 0, 0);
#endif
  if (write (go[1], "", 1) != 1 || read (ends[0], &byte, 1) != 1)
    return SKIPPED;
  close (ends[0]);
  close (go[1]);
  execvp (argv[2], argv + 2);
  perror (argv[2]);
  return 127;
}

#else

int
main (void)
{
  puts ("this needs ptrace as on Linux");
  return 77;
}

#endif
