/* closer.c -- let another process make the last close of a connection.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/closer.h"

#include <signal.h>
#if HAVE_SYS_FILIO_H
# include <sys/filio.h>
#endif
#include <sys/ioctl.h>
#if HAVE_SYS_PRCTL_H
# include <sys/prctl.h>
#endif
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "serve/linger.h"

enum
{
  /* The seconds after which a closer looks whether the server still
     exists.  */
  LOOK_AGAIN = 1,
  /* How often the patience doubles.  */
  DOUBLINGS = 9,
  /* How many milliseconds closer_finish waits.  */
  MOMENT = 100
};

/* Return true if FD has received nothing that is not read yet.  On Linux,
   descriptors do not come without data (unix(7)).  */
static bool
is_silent (int fd)
{
  int bytes;
  return ioctl (fd, FIONREAD, &bytes) == 0 && bytes == 0;
}

/* Return true if shutdown for reading keeps what has been received.  On the
   BSDs it discards that, which may take as long as a close.  */
static bool
shutdown_keeps (void)
{
  int ends[2];

  if (socketpair (AF_UNIX, SOCK_STREAM, 0, ends) != 0)
    return false;
  bool result = (write (ends[1], "x", 1) == 1
                 && shutdown (ends[0], SHUT_RD) == 0 && ! is_silent (ends[0]));
  close (ends[0]);
  close (ends[1]);
  return result;
}

void
closer_init (struct closer *closer)
{
  struct rlimit limit;

  *closer = (struct closer) { .keeps = shutdown_keeps (),
                              .room = CLOSER_ROOM };
  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;
  if (limit.rlim_cur <= CLOSER_FEW)
    closer->room = 0;
  else if (limit.rlim_cur / 4 < CLOSER_ROOM)
    closer->room = limit.rlim_cur / 4;
}

void
closer_work (pid_t server)
{
  struct timespec const ts = { .tv_sec = LOOK_AGAIN };

#ifdef PR_SET_PDEATHSIG
  prctl (PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
#endif
  while (getppid () == server)
    nanosleep (&ts, NULL);
  _exit (0);
}

/* Close the first COUNT of the connections that wait.  RISK is as for
   linger_close.  */
static void
close_first (struct closer *closer, size_t count, enum linger_risk risk)
{
  for (size_t i = 0; i < count; i++)
    {
      long long int ms = linger_close (closer->fds[i], risk);
      if (closer->took < ms)
        closer->took = ms;
    }
  closer->waiting -= count;
  for (size_t i = 0; i < closer->waiting; i++)
    closer->fds[i] = closer->fds[i + count];
}

/* Start a closer and close the connections that wait.  If there can be no
   closer, close the first of them, or ALL.  */
static void
start (struct closer *closer, bool all)
{
  pid_t server = getpid ();
  pid_t pid = closer->working < CLOSERS_MAX ? fork () : -1;

  if (pid == 0)
    closer_work (server);
  closer->began = clock_milliseconds ();
  if (pid < 0)
    close_first (closer, all ? closer->waiting : 1, LINGER_LIKELY);
  else
    {
      /* The closer may have been killed by somebody else.  */
      close_first (closer, closer->waiting, LINGER_UNLIKELY);
      closer->pids[closer->working++] = pid;
      kill (pid, SIGKILL);
    }
}

long long int
closer_close (struct closer *closer, int fd)
{
  /* Look again when the client cannot send any more.  */
  if (is_silent (fd)
      && (! closer->keeps || (shutdown (fd, SHUT_RD), is_silent (fd))))
    return linger_close (fd, LINGER_LIKELY);
  closer->fds[closer->waiting++] = fd;
  if (closer->working == 0 || closer->room <= closer->waiting)
    start (closer, false);
  else
    shutdown (fd, SHUT_WR);
  return 0;
}

long long int
closer_leave (struct closer *closer, int fd)
{
  if (is_silent (fd))
    return linger_close (fd, LINGER_UNLIKELY);
  /* If no closer can be made, this connection is closed.  */
  for (size_t i = closer->waiting++; 0 < i; i--)
    closer->fds[i] = closer->fds[i - 1];
  closer->fds[0] = fd;
  start (closer, false);
  return 0;
}

bool
closer_is_working (struct closer const *closer)
{
  return closer->working != 0;
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

int
closer_left (struct closer const *closer)
{
  /* If there can be no further closer, wait until one has ended, or until
     there is no room.  */
  if (closer->waiting == 0 || closer->working == CLOSERS_MAX)
    return -1;
  if (closer->working == 0)
    return 0;
  size_t doublings = closer->working - 1;
  long long int patience = ((long long int) CLOSER_PATIENCE
                            << (doublings < DOUBLINGS ? doublings
                                : DOUBLINGS));
  long long int left = closer->began + patience - clock_milliseconds ();
  return left < 0 ? 0 : left;
}

void
closer_continue (struct closer *closer)
{
  if (closer_left (closer) == 0)
    start (closer, false);
}

void
closer_hurry (struct closer *closer)
{
  if (closer->waiting != 0)
    start (closer, false);
}

void
closer_finish (struct closer *closer)
{
  if (closer->waiting != 0)
    start (closer, true);
  for (int i = 0; i < MOMENT && closer_is_working (closer); i++)
    {
      clock_rest (1);
      for (size_t j = closer->working; 0 < j--; )
        if (waitpid (closer->pids[j], NULL, WNOHANG) != 0)
          closer_ended (closer, closer->pids[j]);
    }
}

long long int
closer_took (struct closer *closer)
{
  long long int ms = closer->took;
  closer->took = 0;
  return ms;
}
