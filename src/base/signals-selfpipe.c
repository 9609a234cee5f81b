/* signals-selfpipe.c -- receive signals by a handler that writes to a pipe.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "base/signals-method.h"

#include <fcntl.h>
#include <unistd.h>

#include "cloexec.h"
#include "unistd-safer.h"

static int wanted_signals[SIGNALS_MAX];
static size_t wanted_count;
static sigset_t wanted_set;

/* Which wanted signals have come.  A byte in the pipe only wakes poll, so no
   signal is lost if the pipe is full.  */
static sig_atomic_t volatile has_come[SIGNALS_MAX];
static int pipe_ends[2] = { -1, -1 };

static void
record_signal (int sig, siginfo_t *info _GL_UNUSED, void *context _GL_UNUSED)
{
  int saved_errno = errno;
  char byte = 0;

  for (size_t i = 0; i < wanted_count; i++)
    if (wanted_signals[i] == sig)
      has_come[i] = 1;
  if (write (pipe_ends[1], &byte, 1) < 0)
    {
      /* The pipe is full, so poll wakes anyway.  */
    }
  errno = saved_errno;
}

/* Make FD close-on-exec and non-blocking.  */
static int
prepare (int fd)
{
  int flags = fcntl (fd, F_GETFL);
  if (flags < 0 || fcntl (fd, F_SETFL, flags | O_NONBLOCK) != 0)
    return -1;
  return set_cloexec_flag (fd, true);
}

static int
begin (int const *wanted, size_t count)
{
  if (pipe_safer (pipe_ends) != 0
      || prepare (pipe_ends[0]) != 0 || prepare (pipe_ends[1]) != 0)
    return -1;

  sigemptyset (&wanted_set);
  for (size_t i = 0; i < count; i++)
    {
      wanted_signals[i] = wanted[i];
      sigaddset (&wanted_set, wanted[i]);
      if (signals_handle (wanted[i], record_signal) != 0)
        return -1;
    }
  wanted_count = count;
  return 0;
}

static bool
signal_has_come (void)
{
  for (size_t i = 0; i < wanted_count; i++)
    if (has_come[i])
      return true;
  return false;
}

static int
poll_too (struct pollfd *fds, nfds_t count, int timeout)
{
  fds[0].fd = pipe_ends[0];
  fds[0].events = POLLIN;

  /* Most signals come while they are blocked, and are delivered when they are
     unblocked here.  A signal that comes between this call and poll leaves a
     byte in the pipe, so poll returns at once and no signal is missed.  */
  sigprocmask (SIG_UNBLOCK, &wanted_set, NULL);
  int result = poll (fds, count, signal_has_come () ? 0 : timeout);
  int saved_errno = errno;
  sigprocmask (SIG_BLOCK, &wanted_set, NULL);
  /* Check the flags as well as the pipe, in case the byte could not be
     written.  */
  if (0 <= result && signal_has_come ())
    return errno = EINTR, -1;
  errno = saved_errno;
  return result;
}

static int
next_signal (void)
{
  char bytes[64];

  /* The signals are blocked, so no handler can run between these steps.  */
  while (0 < read (pipe_ends[0], bytes, sizeof bytes))
    continue;
  for (size_t i = 0; i < wanted_count; i++)
    if (has_come[i])
      {
        has_come[i] = 0;
        return wanted_signals[i];
      }
  return 0;
}

static pid_t
sender (void)
{
  return 0;
}

struct signals_method const signals_selfpipe =
  { "selfpipe", begin, poll_too, next_signal, sender };
