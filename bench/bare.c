/* bare.c -- accept connections, start children, and do nothing else.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: bare METHOD PATH PROGRAM [ARG]...

   The upper limit of what a server can reach.  METHOD is how a child is made:

     vfork  the child shares our memory, and we are suspended until it runs
            the program
     clone  the child shares our memory and has its own stack, and we go on;
            exit status 2 if the system does not support that

   There are no limits, credentials, log, environment or messages: only the
   cost of accept and of the child.  This program sleeps in accept, and reaps
   children after it has started the next one.

   METHOD-poll waits for clients and children at the same time, by poll and
   signalfd.  A server that does more than accept must do so.  */

#include <config.h>

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined CLONE_VM && defined CLONE_CHILD_CLEARTID
# include <linux/futex.h>
# include <sys/syscall.h>
# define HAVE_CLONE 1
#else
# define HAVE_CLONE 0
#endif

static char **program;

static void
start_by_vfork (int conn)
{
  if (vfork () == 0)
    {
      dup2 (conn, STDIN_FILENO);
      dup2 (conn, STDOUT_FILENO);
      execv (program[0], program);
      _exit (EXIT_FAILURE);
    }
  close (conn);
}

#if HAVE_CLONE

/* SLOTS is the number of children that may be between their start and their
   exec.  Each needs a stack for three system calls.  */
enum
{
  SLOTS = 16,
  STACK_SIZE = 16384
};

struct slot
{
  /* Not zero while a child uses STACK.  The kernel clears it.  */
  int volatile tid;
  int conn;
  char stack[STACK_SIZE] __attribute__ ((__aligned__ (16)));
};

static struct slot slots[SLOTS];

/* The child shares our errno.  A failing call writes to it, but this program
   never reads it.  */
static int
run_program (void *argument)
{
  struct slot const *slot = argument;
  syscall (SYS_dup3, slot->conn, STDIN_FILENO, 0);
  syscall (SYS_dup3, slot->conn, STDOUT_FILENO, 0);
  syscall (SYS_execve, program[0], program, environ);
  syscall (SYS_exit, EXIT_FAILURE);
  return 0;
}

static void
start_by_clone (int conn)
{
  static size_t turn;
  struct slot *slot = &slots[turn++ % SLOTS];
  int tid;

  /* The kernel wakes us when it clears the word.  */
  while ((tid = slot->tid) != 0)
    syscall (SYS_futex, &slot->tid, FUTEX_WAIT, tid, NULL, NULL, 0);
  slot->conn = conn;
  clone (run_program, slot->stack + STACK_SIZE,
         CLONE_VM | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD,
         slot, &slot->tid, NULL, &slot->tid);
  close (conn);
}

#endif

/* Wait for a client at FD, and reap children when SIGNALS is readable.  */
static void
wait_for_client (int fd, int signals)
{
  struct pollfd fds[] = { { .fd = fd, .events = POLLIN },
                          { .fd = signals, .events = POLLIN } };
  do
    {
      struct signalfd_siginfo info;
      if (poll (fds, 2, -1) < 0)
        continue;
      if (fds[1].revents && read (signals, &info, sizeof info) == sizeof info)
        while (0 < waitpid (-1, NULL, WNOHANG))
          continue;
    }
  while (! fds[0].revents);
}

int
main (int argc, char **argv)
{
  struct sockaddr_un addr = { .sun_family = AF_UNIX };
  void (*start) (int) = NULL;

  if (argc < 4 || sizeof addr.sun_path <= strlen (argv[2]))
    return EXIT_FAILURE;
  bool polls = strstr (argv[1], "-poll") != NULL;
  argv[1][strcspn (argv[1], "-")] = '\0';
  if (strcmp (argv[1], "vfork") == 0)
    start = start_by_vfork;
#if HAVE_CLONE
  if (strcmp (argv[1], "clone") == 0)
    start = start_by_clone;
#endif
  if (! start)
    return 2;
  strcpy (addr.sun_path, argv[2]);
  program = argv + 3;

  sigset_t child;
  sigemptyset (&child);
  sigaddset (&child, SIGCHLD);
  sigprocmask (SIG_BLOCK, &child, NULL);
  int signals = signalfd (-1, &child, SFD_CLOEXEC);

  unlink (argv[2]);
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (signals < 0
      || bind (fd, (struct sockaddr *) &addr, sizeof addr) != 0
      || listen (fd, SOMAXCONN) != 0)
    return EXIT_FAILURE;
  for (;;)
    {
      if (polls)
        wait_for_client (fd, signals);
      int conn = accept4 (fd, NULL, NULL, SOCK_CLOEXEC);
      if (0 <= conn)
        start (conn);
      while (! polls && 0 < waitpid (-1, NULL, WNOHANG))
        continue;
    }
}
