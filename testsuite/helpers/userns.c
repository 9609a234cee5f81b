/* userns.c -- run a program in a new user namespace.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: userns [-p] UID MAP GID MAP PROGRAM [ARG]...

   Become PROGRAM in a new user namespace, with the ids UID and GID inside.
   The two MAPs, of user ids and of group ids, have the form
   INSIDE:OUTSIDE:COUNT.  A caller that is not root can map only its own id,
   with a COUNT of 1.  With -p, PROGRAM runs as a child in a new pid namespace
   instead; SIGTERM and the exit status are passed on.

   If such a namespace cannot be made, print why and exit with 77.  */

#include <config.h>

#include <stdio.h>

#include "map-file.h"

#if HAVE_DECL_CLONE_NEWUSER

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t child;

/* Rewrite MAP into the format of the kernel.  */
static char *
map_of (char *map)
{
  for (char *p = map; *p; p++)
    if (*p == ':')
      *p = ' ';
  return map;
}

/* Move this process to a new user namespace with the maps UIDS and GIDS. A
   child that stays outside writes the maps, because root outside may map
   more.  */
static void
enter (char *uids, char *gids)
{
  int ready[2];
  int status;
  char byte = 0;
  pid_t self = getpid ();

  if (pipe (ready) != 0)
    exit (FAILED);
  pid_t pid = fork ();
  if (pid < 0)
    exit (FAILED);
  if (pid == 0)
    {
      close (ready[1]);
      if (read (ready[0], &byte, 1) != 1)
        _exit (0);
      if (geteuid () != 0)
        put (self, "setgroups", "deny");
      if (put (self, "uid_map", map_of (uids)) != 0
          || put (self, "gid_map", map_of (gids)) != 0)
        _exit (errno);
      _exit (0);
    }
  close (ready[0]);
  if (unshare (CLONE_NEWUSER) != 0)
    skip ("a user namespace");
  if (write (ready[1], &byte, 1) != 1)
    exit (FAILED);
  close (ready[1]);
  if (waitpid (pid, &status, 0) != pid || ! WIFEXITED (status))
    exit (FAILED);
  if (WEXITSTATUS (status) != 0)
    {
      errno = WEXITSTATUS (status);
      skip ("the maps of a user namespace");
    }
}

static void
pass_on (int sig)
{
  kill (child, sig);
}

/* Make a new pid namespace.  Return only in the child.  */
static void
enter_processes (void)
{
  int status;

  if (unshare (CLONE_NEWPID) != 0)
    skip ("a namespace of processes");
  child = fork ();
  if (child < 0)
    exit (FAILED);
  if (child == 0)
    return;
  signal (SIGTERM, pass_on);
  close (STDIN_FILENO);
  close (STDOUT_FILENO);
  while (waitpid (child, &status, 0) < 0)
    if (errno != EINTR)
      exit (FAILED);
  exit (WIFEXITED (status) ? WEXITSTATUS (status) : FAILED);
}

int
main (int argc, char **argv)
{
  int processes = 1 < argc && strcmp (argv[1], "-p") == 0;

  argv += processes;
  if (argc - processes < 6)
    return FAILED;
  enter (argv[2], argv[4]);
  if (processes)
    enter_processes ();
  uid_t uid = strtoul (argv[1], NULL, 10);
  gid_t gid = strtoul (argv[3], NULL, 10);
  /* setgroups fails with EPERM if the caller was not root.  */
  if (setgroups (0, NULL) != 0 && errno != EPERM)
    skip ("setgroups");
  if (setresgid (gid, gid, gid) != 0 || setresuid (uid, uid, uid) != 0)
    skip ("ids in a user namespace");
  execvp (argv[5], argv + 5);
  perror (argv[5]);
  return 127;
}

#else

int
main (void)
{
  puts ("there are no user namespaces");
  return SKIPPED;
}

#endif
