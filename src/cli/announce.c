/* announce.c -- printing the path when clients can connect.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "cli/announce.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/signals.h"
#include "base/sockopt.h"
#include "full-write.h"

void
announce_check (void)
{
  int flags = fcntl (STDOUT_FILENO, F_GETFL);
  if (0 <= flags && (flags & O_ACCMODE) == O_RDONLY)
    {
      errno = EBADF;
      flags = -1;
    }
  /* A listening socket never becomes writable, so poll would wait for
     ever.  */
  if (0 <= flags && 0 < sockopt_listens (STDOUT_FILENO))
    {
      errno = ENOTCONN;
      flags = -1;
    }
  if (flags < 0)
    die (EXIT_SYSTEM, errno, "unable to write to standard output");
}

/* Return true if SIG is in the list STOPS, which ends with 0.  */
static bool
contains (int const *stops, int sig)
{
  for (; *stops; stops++)
    if (*stops == sig)
      return true;
  return false;
}

/* Wait until a write to standard output does not block.  Return 0, or -1 with
   errno EINTR if a signal of STOPS comes before.  */
static int
wait_for_output (int const *stops)
{
  for (;;)
    {
      struct pollfd fds[2] = { [1] = { .fd = STDOUT_FILENO,
                                       .events = POLLOUT } };
      int n = signals_poll (fds, 2, -1);
      /* Keep the error of poll, because signals_next changes errno.  */
      bool is_interrupted = n < 0 && errno == EINTR;
      for (int sig; (sig = signals_next ()) != 0; )
        if (contains (stops, sig))
          return errno = EINTR, -1;
      /* If poll fails, go on: write will report the error.  */
      if ((n < 0 && ! is_interrupted) || (0 < n && fds[1].revents))
        return 0;
    }
}

int
announce_path (char const *path, size_t len, int const *stops)
{
  char *line = malloc (len + 1);
  if (! line)
    return -1;
  memcpy (line, path, len);
  line[len] = '\n';
  size_t written = 0;
  if (wait_for_output (stops) == 0)
    written = full_write (STDOUT_FILENO, line, len + 1);
  free (line);
  return written == len + 1 ? 0 : -1;
}
