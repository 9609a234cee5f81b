/* takeover.c -- let servers take over a path from each other.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: takeover COUNT PATH TOOL [ARG]... -- TOOL [ARG]...
          takeover serve
          takeover echo

   The first form runs two TOOLs, which both serve PATH, in turn.  COUNT times
   it starts the other TOOL, waits until that has written a newline to
   standard output, and sends SIGTERM to the TOOL before it.  Meanwhile a
   client connects to PATH in a loop, sends a line and expects it back.  Print
   "COUNT takeovers, F failed, L lost, enough": F connects failed, L lines did
   not come back, and the client made at least one connection for each
   takeover (otherwise "few").  The first connect that fails is reported.

   serve: answer clients on descriptor 3, one after the other, until SIGTERM.
   echo: copy one line from standard input to standard output.  */

#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE = 60000 };

static void
fail (char const *what)
{
  perror (what);
  exit (1);
}

/* Read a line from FD into LINE, which has SIZE bytes.  Return its length,
   with the newline, or less than 1 on failure.  */
static int
get_line (int fd, char *line, int size)
{
  int n = 0;
  while (n < size - 1)
    {
      struct pollfd pfd = { .fd = fd, .events = POLLIN };
      if (poll (&pfd, 1, PATIENCE) != 1 || read (fd, line + n, 1) != 1)
        return -1;
      if (line[n++] == '\n')
        break;
    }
  line[n] = '\0';
  return n;
}

static bool
echo (int from, int to)
{
  char line[256];
  int n = get_line (from, line, sizeof line);
  return 0 < n && write (to, line, n) == n;
}

static sig_atomic_t volatile is_over;

static void
end (int sig)
{
  (void) sig;
  is_over = 1;
}

static int
serve (void)
{
  struct sigaction action = { .sa_handler = end };
  sigset_t term, old;

  sigaction (SIGTERM, &action, NULL);
  sigemptyset (&term);
  sigaddset (&term, SIGTERM);
  sigprocmask (SIG_BLOCK, &term, &old);
  sigdelset (&old, SIGTERM);
  if (write (STDOUT_FILENO, "\n", 1) != 1)
    return 1;
  close (STDOUT_FILENO);
  for (;;)
    {
      fd_set fds;
      FD_ZERO (&fds);
      FD_SET (3, &fds);
      if (pselect (4, &fds, NULL, NULL, NULL, &old) == 1)
        {
          int fd = accept (3, NULL, NULL);
          echo (fd, fd);
          close (fd);
        }
      /* On NetBSD, pselect may return 1 and deliver a signal as well.  */
      if (is_over)
        return 0;
    }
}


struct tally
{
  long int begun;
  long int failed;
  long int lost;
};
static struct tally volatile *tally;

static _Noreturn void
be_client (char const *path, pid_t parent)
{
  struct sockaddr_un addr = { .sun_family = AF_UNIX };
  snprintf (addr.sun_path, sizeof addr.sun_path, "%s", path);
  while (getppid () == parent)
    {
      char line[64], reply[64];
      int n = snprintf (line, sizeof line, "line %ld\n", ++tally->begun);
      int fd = socket (AF_UNIX, SOCK_STREAM, 0);
      if (connect (fd, (struct sockaddr *) &addr, sizeof addr) != 0)
        {
          if (tally->failed++ == 0)
            {
              printf ("connect: %s\n", strerror (errno));
              fflush (stdout);
            }
        }
      else if (write (fd, line, n) != n
               || get_line (fd, reply, sizeof reply) != n
               || memcmp (line, reply, n) != 0)
        tally->lost++;
      close (fd);
    }
  _exit (0);
}

/* Wait until the client has begun two more connections.  */
static void
wait_client (pid_t client)
{
  long int now = tally->begun;
  for (int i = 0; tally->begun < now + 2; i++)
    {
      if (i == PATIENCE || waitpid (client, NULL, WNOHANG) != 0)
        {
          puts ("the client makes no progress");
          exit (1);
        }
      poll (NULL, 0, 1);
    }
}

/* Start TOOL, wait until it serves and return its pid.  */
static pid_t
start (char **tool)
{
  int output[2];
  char c;

  if (pipe (output) != 0)
    fail ("pipe");
  fcntl (output[0], F_SETFD, FD_CLOEXEC);
  pid_t pid = fork ();
  if (pid < 0)
    fail ("fork");
  if (pid == 0)
    {
      dup2 (output[1], STDOUT_FILENO);
      close (output[1]);
      execv (tool[0], tool);
      _exit (98);
    }
  close (output[1]);
  struct pollfd pfd = { .fd = output[0], .events = POLLIN };
  do
    if (poll (&pfd, 1, PATIENCE) != 1 || read (output[0], &c, 1) != 1)
      {
        kill (pid, SIGKILL);
        printf ("%s has not started\n", tool[0]);
        exit (1);
      }
  while (c != '\n');
  close (output[0]);
  return pid;
}

static void
stop (pid_t pid)
{
  int status;
  kill (pid, SIGTERM);
  if (waitpid (pid, &status, 0) != pid || status != 0)
    {
      printf ("a server ended with %x\n", status + 0u);
      exit (1);
    }
}

int
main (int argc, char **argv)
{
  if (argc == 2 && strcmp (argv[1], "serve") == 0)
    return serve ();
  if (argc == 2 && strcmp (argv[1], "echo") == 0)
    return ! echo (STDIN_FILENO, STDOUT_FILENO);
  if (argc < 4)
    return 99;
  int count = atoi (argv[1]);
  char const *path = argv[2];
  char **tools[2] = { argv + 3, NULL };
  for (int i = 3; i < argc; i++)
    if (strcmp (argv[i], "--") == 0 && ! tools[1])
      {
        argv[i] = NULL;
        tools[1] = argv + i + 1;
      }
  if (! tools[1])
    return 99;

  void *shared = mmap (NULL, sizeof *tally, PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED)
    fail ("mmap");
  tally = shared;
  signal (SIGPIPE, SIG_IGN);
  pid_t server = start (tools[1]);
  pid_t parent = getpid ();
  pid_t client = fork ();
  if (client < 0)
    fail ("fork");
  if (client == 0)
    be_client (path, parent);
  for (int i = 0; i < count; i++)
    {
      pid_t next = start (tools[i % 2]);
      /* Let the old server finish the client that it may have accepted.  */
      wait_client (client);
      stop (server);
      server = next;
    }
  kill (client, SIGKILL);
  waitpid (client, NULL, 0);
  stop (server);
  printf ("%d takeovers, %ld failed, %ld lost, %s\n", count, tally->failed,
          tally->lost, count <= tally->begun ? "enough" : "few");
  return 0;
}
