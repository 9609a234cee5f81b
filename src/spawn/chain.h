/* chain.h -- execute the next program of a command line.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CHAIN_H
#define CHAIN_H

#include "base/envlist.h"

#include <stdint.h>

/* The first descriptor of a list of listening sockets.  */
enum { CHAIN_FIRST_FD = 3 };

/* Store in *COUNT how many listening descriptors this process has inherited:
   LISTEN_FDS of ENV if LISTEN_PID is SELF and both are plain decimal numbers;
   then *COUNTED is true.  Otherwise *COUNT is 0 and *COUNTED false.  Return 0,
   or -1 with errno set: EBADF if one of the descriptors is not open, *COUNT
   then being the number of those before it; or ERANGE if no descriptor number
   is left for another one.  */
int chain_inherited (struct envlist const *env, pid_t self, int *count,
                     bool *counted);

/* Move FD to the number TARGET, close what had that number, and clear
   close-on-exec.  Return 0, or -1 with errno set.  On success FD is closed,
   unless it is TARGET.  */
int chain_place (int fd, int target);

/* Return the value of LISTEN_FDNAMES for a new descriptor that follows COUNT
   others.  NAMES, or null, is the value so far.  Names that it lacks for the
   first COUNT descriptors become "unknown".  NAME replaces the name that NAMES
   has for the new descriptor, or is added.  If NAME is null, the name in NAMES
   stays, or "unknown" is added.  Names for later descriptors stay.  Return
   null with errno set if out of memory.  The caller frees the result.  */
char *chain_names (char const *names, int count, char const *name);

/* Store in *ID the value of LISTEN_PIDFDID for this process: a number that no
   other process ever gets.  Return 0, or -1 with errno set where the system
   has no such number.  */
int chain_pidfd_id (uintmax_t *id);

/* Execute the program ARGV[0], found as execvp(3) finds it, with the
   environment ENV.  Return only on failure: the exit status to use, with errno
   set.  */
int chain_exec (char **argv, struct envlist const *env);

/* As chain_exec, but search PATH, or the system's default path if PATH is
   null.  */
int chain_exec_by (char **argv, struct envlist const *env, char const *path);

#endif /* CHAIN_H */
