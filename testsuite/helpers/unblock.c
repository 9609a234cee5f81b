/* unblock.c -- clear O_NONBLOCK of a socket that a tool shares.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: unblock FD FILE PROGRAM [ARG]...

   Become PROGRAM.  A child that shares descriptor FD waits until FILE exists,
   clears O_NONBLOCK of the descriptor, makes FILE.done and exits.  It gives up
   after two minutes.  */

#include <config.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { TRIES = 24000, TRY_NS = 5000000 };

static int
unblock (int fd, char const *file)
{
  char done[256];
  struct timespec moment = { .tv_nsec = TRY_NS };

  for (int i = 0; access (file, F_OK) != 0; i++)
    {
      if (i == TRIES)
        return 1;
      nanosleep (&moment, NULL);
    }
  int flags = fcntl (fd, F_GETFL);
  if (flags < 0 || fcntl (fd, F_SETFL, flags & ~O_NONBLOCK) != 0)
    return 1;
  snprintf (done, sizeof done, "%s.done", file);
  return open (done, O_WRONLY | O_CREAT, 0666) < 0;
}

int
main (int argc, char **argv)
{
  if (argc < 4)
    return 99;
  pid_t pid = fork ();
  if (pid < 0)
    return 98;
  if (pid == 0)
    _exit (unblock (atoi (argv[1]), argv[2]));
  execvp (argv[3], argv + 3);
  return 97;
}
