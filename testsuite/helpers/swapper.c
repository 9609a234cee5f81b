/* swapper.c -- exchange the names of two sockets in a loop.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: swapper [-n COUNT] DIRECTORY NAME TOOL [ARG]...

   Make a listening socket "private" with mode 0600 in DIRECTORY, and run
   TOOL, which makes the socket NAME there, COUNT times (default 500), one run
   after the other.  Meanwhile a child exchanges the two names in a loop, as
   any user with write permission for DIRECTORY can.  Print "STARTS starts, M
   made, E exchanges, C changed": M runs exited with 0, E exchanges succeeded,
   and C times the private socket was gone after a run or had another mode or
   owner.

   TOOL gets SIGTERM when it has written a newline to standard output.  Exit
   status: 0, or 77 if the system cannot exchange names.  */

#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#if HAVE_RENAMEAT2 && defined RENAME_EXCHANGE

enum { SKIPPED = 77, FAILED = 99 };

static char **tool;
static char const *name;
/* The number of exchanges, shared by both processes.  */
static long int volatile *exchanges;

static void
fail (char const *what)
{
  perror (what);
  exit (FAILED);
}

/* Exchange the names until PARENT has exited.  */
static _Noreturn void
exchange_all_the_time (pid_t parent)
{
  while (getppid () == parent)
    if (renameat2 (AT_FDCWD, "private", AT_FDCWD, name, RENAME_EXCHANGE) == 0)
      ++*exchanges;
    else if (errno != ENOENT)
      fail ("renameat2");
  _exit (0);
}

/* Make the socket "private", store its status in *ST and return its
   descriptor.  */
static int
make_private (struct stat *st)
{
  struct sockaddr_un addr = { .sun_family = AF_UNIX, .sun_path = "private" };
  int fd = socket (AF_UNIX, SOCK_STREAM | O_CLOEXEC, 0);

  umask (0177);
  if (fd < 0 || bind (fd, (struct sockaddr *) &addr, sizeof addr) != 0
      || chmod ("private", 0600) != 0 || listen (fd, 5) != 0
      || lstat ("private", st) != 0)
    fail ("private");
  umask (022);
  return fd;
}

/* Run the tool until it exits, and return its status.  */
static int
start_once (void)
{
  int output[2];
  int status;
  char c;

  if (pipe (output) != 0)
    fail ("pipe");
  pid_t pid = fork ();
  if (pid < 0)
    fail ("fork");
  if (pid == 0)
    {
      int null = open ("/dev/null", O_WRONLY);
      if (dup2 (output[1], STDOUT_FILENO) < 0
          || dup2 (null, STDERR_FILENO) < 0)
        _exit (98);
      close (output[0]);
      close (output[1]);
      execv (tool[0], tool);
      _exit (98);
    }
  close (output[1]);
  while (0 < read (output[0], &c, 1))
    if (c == '\n')
      kill (pid, SIGTERM);
  close (output[0]);
  if (waitpid (pid, &status, 0) != pid)
    fail ("waitpid");
  return status;
}

/* Remove NAME, and make sure that "private" names the socket that WANTED
   describes.  Return whether the socket has the same mode and owner as
   before.  */
static bool
tidy (struct stat const *wanted)
{
  struct stat st;

  /* Once NAME is gone the child can exchange nothing, so the names stay.  */
  for (;;)
    {
      if (lstat (name, &st) != 0)
        break;
      if (st.st_ino != wanted->st_ino)
        {
          if (rename (name, "other") == 0 && lstat ("other", &st) == 0
              && st.st_ino == wanted->st_ino)
            {
              /* The child exchanged the names just before the rename.  */
              if (rename ("private", "old") != 0
                  || rename ("other", "private") != 0)
                fail ("private");
            }
        }
      else if (lstat ("private", &st) != 0)
        rename (name, "private");
      else
        usleep (10);
    }
  return (lstat ("private", &st) == 0 && st.st_ino == wanted->st_ino
          && st.st_mode == wanted->st_mode && st.st_uid == wanted->st_uid
          && st.st_gid == wanted->st_gid);
}

int
main (int argc, char **argv)
{
  int count = 500;
  int made = 0;
  int changed = 0;
  struct stat st;
  int c;

  while ((c = getopt (argc, argv, "+n:")) != -1)
    if (c == 'n')
      count = atoi (optarg);
    else
      return FAILED;
  if (argc < optind + 3)
    return FAILED;
  name = argv[optind + 1];
  tool = argv + optind + 2;
  if (chdir (argv[optind]) != 0)
    fail (argv[optind]);
  int private_fd = make_private (&st);
  if (renameat2 (AT_FDCWD, "private", AT_FDCWD, "no/such/directory",
                 RENAME_EXCHANGE) != 0 && errno != ENOENT)
    return SKIPPED;

  exchanges = mmap (NULL, sizeof *exchanges, PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (exchanges == MAP_FAILED)
    fail ("mmap");
  pid_t parent = getpid ();
  pid_t other = fork ();
  if (other < 0)
    fail ("fork");
  if (other == 0)
    exchange_all_the_time (parent);
  for (int i = 0; i < count; i++)
    {
      made += start_once () == 0;
      if (! tidy (&st))
        {
          changed++;
          unlink ("private");
          close (private_fd);
          private_fd = make_private (&st);
        }
    }
  kill (other, SIGKILL);
  waitpid (other, NULL, 0);
  printf ("%d starts, %d made, %ld exchanges, %d changed\n", count, made,
          *exchanges, changed);
  return 0;
}

#else

int
main (void)
{
  puts ("names cannot be exchanged here");
  return 77;
}

#endif
