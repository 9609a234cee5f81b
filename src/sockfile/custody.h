/* custody.h -- undoing a step after giving up the right to undo it.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CUSTODY_H
#define CUSTODY_H

#include "base/system.h"

/* A child that keeps the privileges which this process is about to drop.  */
struct custody
{
  pid_t pid;
  int fd;
};

/* Make a child that calls UNDO with ARG when custody_revoke says so or when
   this process ends, and ends without it when custody_end says so.  Return 0,
   or -1 with errno set.  Standard input, output and CLOSE_FD are not kept
   open by the child.  */
int custody_begin (struct custody *custody, void (*undo) (void *),
                   void *arg, int close_fd);

/* End the child, without UNDO or after it.  Both do nothing if there was no
   custody_begin: CUSTODY->pid is 0.  They preserve errno.  */
void custody_end (struct custody *custody);
void custody_revoke (struct custody *custody);

#endif /* CUSTODY_H */
