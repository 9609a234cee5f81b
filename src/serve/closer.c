/* closer.c -- let another process make the last close of a connection.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/closer.h"

#include <signal.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "serve/linger.h"

/* The seconds after which a closer looks whether the server still exists.  */
enum { PATIENCE = 1 };

void
closer_init (struct closer *closer)
{
  struct rlimit limit;

  closer->working = closer->waiting = 0;
  closer->room = CLOSER_ROOM;
  if (getrlimit (RLIMIT_NOFILE, &limit) == 0
      && limit.rlim_cur / 4 < CLOSER_ROOM)
    closer->room = limit.rlim_cur / 4;
}

void
closer_work (pid_t server)
{
  struct timespec const ts = { .tv_sec = PATIENCE };

  while (getppid () == server)
    nanosleep (&ts, NULL);
  _exit (0);
}

/* Start a closer, and close the connections that wait.  Return the
   milliseconds that closes have taken.  */
static long long int
start (struct closer *closer)
{
  long long int ms = 0;
  pid_t server = getpid ();
  pid_t pid = closer->working < CLOSERS_MAX ? fork () : -1;

  if (pid == 0)
    closer_work (server);
  /* Without a closer, and if it has been killed already, these are the last
     closes.  */
  for (size_t i = 0; i < closer->waiting; i++)
    {
      long long int took = linger_close (closer->fds[i],
                                         pid < 0 ? LINGER_LIKELY
                                         : LINGER_UNLIKELY);
      if (ms < took)
        ms = took;
    }
  closer->waiting = 0;
  if (0 < pid)
    {
      closer->pids[closer->working++] = pid;
      kill (pid, SIGKILL);
    }
  return ms;
}

long long int
closer_take (struct closer *closer, int fd)
{
  closer->fds[closer->waiting++] = fd;
  if (closer->working == 0 || closer->room <= closer->waiting)
    return start (closer);
  /* Do not let the client wait for its end.  */
  shutdown (fd, SHUT_RDWR);
  return 0;
}

/* Return true if nothing has been received from FD that is not read yet.  On a
   stream, descriptors do not come without data (unix(7)).  */
static bool
is_silent (int fd)
{
  int bytes;
  return ioctl (fd, FIONREAD, &bytes) == 0 && bytes == 0;
}

long long int
closer_close (struct closer *closer, int fd)
{
  /* Look again when the client cannot send any more.  Do not do only that: on
     the BSDs, shutdown discards what has been received, and it may take as
     long as a close.  */
  if (is_silent (fd) && (shutdown (fd, SHUT_RD), is_silent (fd)))
    return linger_close (fd, LINGER_LIKELY);
  return closer_take (closer, fd);
}

long long int
closer_finish (struct closer *closer)
{
  return closer->waiting == 0 ? 0 : start (closer);
}

void
closer_ended (struct closer *closer, pid_t pid)
{
  for (size_t i = 0; i < closer->working; i++)
    if (closer->pids[i] == pid)
      {
        closer->pids[i] = closer->pids[--closer->working];
        return;
      }
}

long long int
closer_continue (struct closer *closer)
{
  return closer->working == 0 ? closer_finish (closer) : 0;
}
