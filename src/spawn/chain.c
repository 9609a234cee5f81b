/* chain.c -- execute the next program of a command line.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "spawn/chain.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#if HAVE_SYS_SYSCALL_H
# include <sys/syscall.h>
#endif
#if HAVE_SYS_VFS_H
# include <sys/vfs.h>
#endif
#include <unistd.h>

#include "base/fd.h"
#include "base/number.h"
#include "spawn/program.h"
#include "unistd-safer.h"

int
chain_inherited (struct envlist const *env, pid_t self, int *count,
                 bool *counted)
{
  char const *pid = envlist_get (env, "LISTEN_PID");
  char const *fds = envlist_get (env, "LISTEN_FDS");
  uintmax_t value;

  *count = 0;
  *counted = false;
  if (! pid || ! fds
      || number_parse (pid, 10, UINTMAX_MAX, &value) != 0
      || value != (uintmax_t) self)
    return 0;
  if (number_parse (fds, 10, INT_MAX - CHAIN_FIRST_FD - 1, &value) != 0)
    {
      if (errno != ERANGE)
        return 0;
      return -1;
    }

  for (int i = 0; i < (int) value; i++)
    if (fcntl (CHAIN_FIRST_FD + i, F_GETFD) < 0)
      {
        *count = i;
        return -1;
      }
  *count = value;
  *counted = true;
  return 0;
}

int
chain_place (int fd, int target)
{
  if (fd == target)
    {
      int flags = fcntl (fd, F_GETFD);
      return flags < 0 ? -1 : fcntl (fd, F_SETFD, flags & ~FD_CLOEXEC);
    }
  if (fd_dup_to (fd, target) < 0)
    return -1;
  close (fd);
  return 0;
}

char *
chain_names (char const *names, int count, char const *name)
{
  static char const unnamed[] = "unknown";
  /* The number of NAMES that belong to the first COUNT descriptors, and where
     the name of the new descriptor begins in NAMES, or null if NAMES has
     none.  */
  int have = 0;
  char const *own = names;

  for (; own && have < count; have++)
    {
      own += strcspn (own, ":");
      own = *own ? own + 1 : NULL;
    }
  if (own && ! name)
    return strdup (names);
  if (! name)
    name = unnamed;
  /* BEFORE includes the colon after the last of these names, if another name
     follows it.  */
  size_t before = own ? (size_t) (own - names) : names ? strlen (names) : 0;
  char const *after = own ? own + strcspn (own, ":") : "";
  size_t missing = count - have;
  char *value = malloc (before + missing * sizeof unnamed + strlen (name)
                        + strlen (after) + 2);
  if (! value)
    return NULL;
  char *end = value + before;
  if (before)
    memcpy (value, names, before);
  for (int i = have; i < count; i++)
    end = stpcpy (stpcpy (end, i ? ":" : ""), unnamed);
  stpcpy (stpcpy (stpcpy (end, count && ! own ? ":" : ""), name), after);
  return value;
}

int
chain_pidfd_id (uintmax_t *id)
{
#if HAVE_SYS_VFS_H && defined SYS_pidfd_open
  /* Before Linux 6.9 all pidfds shared one anonymous inode.  Old headers lack
     PID_FS_MAGIC of <linux/magic.h>, so its value is written out.  Where
     st_ino is too narrow, it has only a part of the number, which must not be
     used.  */
  struct statfs fs;
  struct stat st;
  int fd = fd_safer_flag (syscall (SYS_pidfd_open, getpid (), 0), O_CLOEXEC);
  if (fd < 0)
    return -1;
  bool known = (fstatfs (fd, &fs) == 0 && fs.f_type == 0x50494446
                && fstat (fd, &st) == 0 && 8 <= sizeof st.st_ino);
  close (fd);
  if (known)
    {
      *id = st.st_ino;
      return 0;
    }
#else
  (void) id;
#endif
  return errno = ENOTSUP, -1;
}

int
chain_exec_by (char **argv, struct envlist const *env, char const *path)
{
  /* execvp would do, but not every C library's execvp runs a script without
     "#!" by the shell.  */
  struct program program;
  if (program_init (&program, argv, path) != 0)
    return EXIT_SYSTEM;
  errno = program_exec (&program, env->vector + env->slots);
  /* ENOTDIR: a member of PATH is a file.  */
  return (errno == ENOENT || errno == ENOTDIR ? EXIT_NOT_FOUND
          : EXIT_CANNOT_RUN);
}

int
chain_exec (char **argv, struct envlist const *env)
{
  return chain_exec_by (argv, env, envlist_get (env, "PATH"));
}
