/* system.h -- what every file of ours may rely on.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef SYSTEM_H
#define SYSTEM_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "quotearg.h"

/* Exit statuses; they are interface and stand in every manual page.  */
enum
{
  /* The client may not come in.  */
  EXIT_DENIED = 1,
  /* The caller was wrong: bad usage, a bad value.  */
  EXIT_USAGE = 100,
  /* The system refused a step.  */
  EXIT_SYSTEM = 111,
  /* The next program was found, but cannot be run.  */
  EXIT_CANNOT_RUN = 126,
  /* The next program was not found.  */
  EXIT_NOT_FOUND = 127
};

/* ARG in quotes, with whatever could forge a line or drive a terminal
   escaped, in a form that a shell reads back.  Valid until the next call.  */
#define quoteaf(Arg) \
  quotearg_style (shell_escape_always_quoting_style, Arg)

/* As quoteaf, but valid until the next call with the same number N, which is 0
   in quoteaf: for a message that quotes two strings.  */
#define quoteaf_n(N, Arg) \
  quotearg_n_style (N, shell_escape_always_quoting_style, Arg)

#endif /* SYSTEM_H */
