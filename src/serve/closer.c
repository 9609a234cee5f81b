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
  *closer = (struct closer) { .keeps = shutdown_keeps () };
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

/* Start a closer and close FD.  If there can be no closer, this is the last
   close.  */
static long long int
close_by_closer (struct closer *closer, int fd)
{
  pid_t server = getpid ();
  pid_t pid = closer->working < CLOSERS_MAX ? fork () : -1;

  if (pid == 0)
    closer_work (server);
  if (pid < 0)
    return linger_close (fd, LINGER_LIKELY);
  /* The closer may have been killed by somebody else.  */
  long long int ms = linger_close (fd, LINGER_UNLIKELY);
  closer->pids[closer->working++] = pid;
  kill (pid, SIGKILL);
  return ms;
}

long long int
closer_close (struct closer *closer, int fd)
{
  /* Look again when the client cannot send any more.  */
  if (is_silent (fd)
      && (! closer->keeps || (shutdown (fd, SHUT_RD), is_silent (fd))))
    return linger_close (fd, LINGER_LIKELY);
  /* Show the client the end, even if the closer takes long to end.  */
  shutdown (fd, SHUT_WR);
  return close_by_closer (closer, fd);
}

long long int
closer_leave (struct closer *closer, int fd)
{
  return (is_silent (fd) ? linger_close (fd, LINGER_UNLIKELY)
          : close_by_closer (closer, fd));
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

void
closer_finish (struct closer *closer)
{
  for (int i = 0; i < MOMENT && closer_is_working (closer); i++)
    {
      clock_rest (1);
      for (size_t j = closer->working; 0 < j--; )
        if (waitpid (closer->pids[j], NULL, WNOHANG) != 0)
          closer_ended (closer, closer->pids[j]);
    }
}
