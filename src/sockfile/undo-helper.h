/* undo-helper.h -- undoing a step after giving up the right to undo it.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef UNDO_HELPER_H
#define UNDO_HELPER_H

#include "base/system.h"

/* A child that keeps the privileges which this process is about to drop.  */
struct undo_helper
{
  pid_t pid;
  int fd;
};

/* Make a child that calls UNDO with ARG when undo_helper_run is called or this
   process ends, and that ends without UNDO when undo_helper_end is called.
   Return 0, or -1 with errno set.  The child closes standard input, standard
   output and CLOSE_FD.  */
int undo_helper_begin (struct undo_helper *helper, void (*undo) (void *),
                       void *arg, int close_fd);

/* End the child without UNDO, or after UNDO.  If HELPER->pid is 0, because
   undo_helper_begin was not called, both do nothing.  They preserve errno.  */
void undo_helper_end (struct undo_helper *helper);
void undo_helper_run (struct undo_helper *helper);

#endif /* UNDO_HELPER_H */
