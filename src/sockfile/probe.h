/* probe.h -- whether a process has a socket open, asked without waking it.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PROBE_H
#define PROBE_H

#include "base/system.h"

/* Whether a process has a socket open.  */
enum probe_result
{
  PROBE_NOBODY,
  PROBE_SOMEBODY,
  /* The socket could not be asked; errno says why.  */
  PROBE_UNKNOWN,
  /* The working directory could not be entered again after the socket was
     asked; errno says why.  */
  PROBE_LOST
};

/* Find out whether a process has a socket open: the one called NAME in the
   directory DIR.  HELD is a descriptor that holds the socket's file, or -1.  A
   server that listens is not woken, because it is asked for a connection of a
   type that it cannot accept.

   PROBE_UNKNOWN is the answer if the mode of the socket denies us.  If
   MAY_CHANGE, a socket of ours with mode 0 gets another mode while it is
   asked.  */
enum probe_result probe_socket (int held, int dir, char const *name,
                                bool may_change);

/* Do what probe_socket does without MAY_CHANGE, for the socket at PATH, which
   may be longer than an address can hold.  HELD is a descriptor that holds the
   socket's file, or -1.  */
enum probe_result probe_path (int held, char const *path);

#endif /* PROBE_H */
