/* chain.h -- becoming the next program of a chain.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CHAIN_H
#define CHAIN_H

#include "base/envlist.h"

#include <stdint.h>

/* The first descriptor of a list of listening sockets.  */
enum { CHAIN_FIRST_FD = 3 };

/* Store in *COUNT how many listening descriptors this process was given:
   LISTEN_FDS of ENV, if LISTEN_PID is SELF and both are plain decimal;
   otherwise 0, and *COUNTED false.  Return 0, or -1 with errno EBADF if one
   of them is not open, *COUNT then being how many before it are, or ERANGE if
   no descriptor can follow them.  */
int chain_inherited (struct envlist const *env, pid_t self, int *count,
                     bool *counted);

/* Make FD the descriptor TARGET, closing what that was; it is then kept by
   exec.  Return 0, or -1 with errno set.  FD is closed if it is not
   TARGET.  */
int chain_place (int fd, int target);

/* Return the value of LISTEN_FDNAMES for the descriptor that follows COUNT
   others.  NAMES (null: none) is the value so far; names that are missing for
   the COUNT others become "unknown".  NAME replaces the name of the new
   descriptor, or is added.  If NAME is null, the name that NAMES has for that
   descriptor stays; if there is none, it becomes "unknown".  Names that NAMES
   has for later descriptors stay.  Return null with errno set if there is no
   memory.  The caller frees the result.  */
char *chain_names (char const *names, int count, char const *name);

/* Store in *ID what LISTEN_PIDFDID is to be for this process, which no other
   will ever have.  Return 0, or -1 with errno set where the system has no such
   number.  */
int chain_pidfd_id (uintmax_t *id);

/* Become the program ARGV[0], found as execvp(3) finds it, with the variables
   of ENV.  Return only on failure: the exit status to end with, with errno
   set.  */
int chain_exec (char **argv, struct envlist const *env);

/* Likewise, but with PATH (NULL: the system's default) to search for it.  */
int chain_exec_by (char **argv, struct envlist const *env, char const *path);

#endif /* CHAIN_H */
