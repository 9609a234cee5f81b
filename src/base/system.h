/* system.h -- what every file includes.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef SYSTEM_H
#define SYSTEM_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "quotearg.h"

/* The exit statuses.  Users rely on them; each manual page lists them.  */
enum
{
  /* The client is denied access.  */
  EXIT_DENIED = 1,
  /* The command line or the environment is wrong.  */
  EXIT_USAGE = 100,
  /* A system call has failed.  */
  EXIT_SYSTEM = 111,
  /* The next program was found, but cannot be run.  */
  EXIT_CANNOT_RUN = 126,
  /* The next program was not found.  */
  EXIT_NOT_FOUND = 127
};

/* ARG in quotes, with each byte escaped that could forge a log line or control
   a terminal, so that a shell can read it back.  Valid until the next
   call.  */
#define quoteaf(Arg) \
  quotearg_style (shell_escape_always_quoting_style, Arg)

/* As quoteaf, but valid until the next call with the same number N. quoteaf
   uses number 0.  For a message that quotes two strings.  */
#define quoteaf_n(N, Arg) \
  quotearg_n_style (N, shell_escape_always_quoting_style, Arg)

#endif /* SYSTEM_H */
