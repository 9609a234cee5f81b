/* root-power.c -- find out whether this process has the powers of root.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: root-power [ID]...

   Exit with 0 if this process can do what root can: change its ids for good
   (to each ID as well, as a uid and as a gid), read and change the files of
   other users, and signal their processes.  If it cannot, print what is
   missing and exit with 1.

   All this is tried, because uid 0 does not imply it: fakeroot only pretends
   it, and root in a container may lack capabilities or have no other id.  To
   see through fakeroot, ask the kernel for the credentials of a socket.

   A file in the current directory is made and removed.  */

#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/number.h"
#include "peer/peercred.h"

/* Ids other than those of the caller, and the greatest id that tests use
   without passing it as ID. A container may map only some ids.  */
enum { OTHER_UID = 1234, OTHER_GID = 1235, LAST_ID = 65534 };

_Noreturn static void
lacks (char const *what, int error)
{
  printf ("%s%s%s\n", what, error ? ": " : "", error ? strerror (error) : "");
  fflush (stdout);
  _exit (1);
}

/* Become UID and GID, or print why that fails.  */
static void
become (uid_t uid, gid_t gid)
{
  struct peercred cred;
  int pair[2];

  if (setgroups (0, NULL) != 0)
    lacks ("it may not change its groups", errno);
  if (setgid (gid) != 0)
    lacks ("it may not take another gid", errno);
  if (setuid (uid) != 0)
    lacks ("it may not take another uid", errno);
  if (uid != 0 && setuid (0) == 0)
    lacks ("it may take uid 0 again", 0);
  if (socketpair (AF_UNIX, SOCK_STREAM, 0, pair) != 0)
    lacks ("it may not make sockets", errno);
  /* Some systems do not report credentials, or not for a socketpair.  */
  if (peercred_get (pair[0], &cred) == 0
      && (cred.uid != uid || cred.gid != gid))
    lacks ("its ids are only pretended", 0);
  close (pair[0]);
  close (pair[1]);
}

/* Return whether CHILD exited with 0.  */
static bool
is_well (pid_t child)
{
  int status;
  return (waitpid (child, &status, 0) == child
          && WIFEXITED (status) && WEXITSTATUS (status) == 0);
}

/* Exit with 1 if a child cannot become UID and GID, or if we cannot signal
   that child.  */
static void
try_ids (uid_t uid, gid_t gid)
{
  int ready[2], done[2];
  char byte;

  if (pipe (ready) != 0 || pipe (done) != 0)
    lacks ("it has no pipe", errno);
  pid_t child = fork ();
  if (child < 0)
    lacks ("it has no child", errno);
  if (child == 0)
    {
      close (ready[0]);
      close (done[1]);
      become (uid, gid);
      close (ready[1]);
      _exit (read (done[0], &byte, 1) != 0);
    }
  close (ready[1]);
  close (done[0]);
  /* Wait until the child has changed its ids or has failed.  */
  bool has_read = read (ready[0], &byte, 1) == 0;
  close (ready[0]);
  int error = kill (child, 0) == 0 ? 0 : errno;
  close (done[1]);
  /* If the child failed, it has printed why.  */
  if (! is_well (child) || ! has_read)
    _exit (1);
  if (error != 0)
    lacks ("it may not send signals to other users", error);
}

/* Exit with 1 if we cannot read and change files of others.  */
static void
try_file (void)
{
  char name[64];
  int error = 0;
  char const *what = NULL;

  snprintf (name, sizeof name, "root-power.%ld", (long int) getpid ());
  int fd = open (name, O_WRONLY | O_CREAT | O_EXCL, 0600);
  if (fd < 0)
    lacks ("it cannot make a file here", errno);
  close (fd);
  if (chown (name, OTHER_UID, OTHER_GID) != 0)
    what = "it may not give files away", error = errno;
  else if (chmod (name, 0) != 0)
    what = "it may not change the mode of files of others", error = errno;
  else if ((fd = open (name, O_RDWR)) < 0)
    what = "it may not open files of others", error = errno;
  else
    close (fd);
  unlink (name);
  if (what)
    lacks (what, error);
}

int
main (int argc, char **argv)
{
  if (geteuid () != 0)
    lacks ("its uid is not 0", 0);
  try_ids (OTHER_UID, OTHER_GID);
  try_ids (LAST_ID, LAST_ID);
  try_file ();
  for (int i = 1; i < argc; i++)
    {
      uid_t uid;
      gid_t gid;
      if (number_uid (argv[i], 10, &uid) != 0
          || number_gid (argv[i], 10, &gid) != 0)
        return 99;
      try_ids (uid, gid);
    }
  return 0;
}
