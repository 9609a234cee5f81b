/* undo-helper.c -- undoing a step after giving up the right to undo it.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "sockfile/undo-helper.h"

#include <sys/wait.h>
#include <unistd.h>

#include "cloexec.h"
#include "full-write.h"
#include "unistd-safer.h"

/* The verdicts that are written to the child's pipe.  End of file on the pipe
   means UNDO, too, but may come late, because a child of this process that has
   not yet called execve has a copy of the descriptor.  */
enum { KEEP = 'k', UNDO = 'u' };

int
undo_helper_begin (struct undo_helper *helper, void (*undo) (void *),
                   void *arg, int close_fd)
{
  int ends[2];

  if (pipe_safer (ends) != 0)
    return -1;
  pid_t pid = fork ();
  if (pid == 0)
    {
      char byte;
      close (ends[1]);
      close (close_fd);
      close (STDIN_FILENO);
      close (STDOUT_FILENO);
      ssize_t n;
      while ((n = read (ends[0], &byte, 1)) < 0 && errno == EINTR)
        continue;
      if (n == 0 || (n == 1 && byte == UNDO))
        undo (arg);
      _exit (0);
    }

  int saved_errno = errno;
  close (ends[0]);
  if (pid < 0)
    {
      close (ends[1]);
      return errno = saved_errno, -1;
    }
  set_cloexec_flag (ends[1], true);
  helper->pid = pid;
  helper->fd = ends[1];
  return 0;
}

/* If HELPER has a child, send it VERDICT and wait until it has ended.
   Preserve errno.  */
static void
finish (struct undo_helper *helper, char verdict)
{
  int saved_errno = errno;
  if (helper->pid != 0)
    {
      /* If the pipe has no reader, the child has been killed and undoes
         nothing.  Do not wait for it then: the loop may have reaped it, and
         another child may have its pid now.  */
      bool has_gone = (full_write (helper->fd, &verdict, 1) != 1
                       && errno == EPIPE);
      close (helper->fd);
      while (waitpid (helper->pid, NULL, has_gone ? WNOHANG : 0) < 0
             && errno == EINTR)
        continue;
      helper->pid = 0;
    }
  errno = saved_errno;
}

void
undo_helper_end (struct undo_helper *helper)
{
  finish (helper, KEEP);
}

void
undo_helper_run (struct undo_helper *helper)
{
  finish (helper, UNDO);
}
