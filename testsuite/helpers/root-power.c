/* root-power.c -- whether this process has the powers of root, for the tests.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: root-power [ID]...

   Exit with 0 if this process may do what root may: take other ids for good
   (each ID as well, as user and group), and change, read and signal what
   belongs to others.  Exit with 1 if not; a line says what is missing.  It is
   tried, since a uid of 0 does not mean that: fakeroot pretends it, and root
   in a container may lack capabilities, or have no other id.  The kernel is
   asked who a process is by way of a socket, which fakeroot knows nothing of.

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

/* Ids that are not those of the caller, and the greatest one that tests use
   without asking for it as ID: a container may have only some ids.  */
enum { OTHER_UID = 1234, OTHER_GID = 1235, LAST_ID = 65534 };

_Noreturn static void
lacks (char const *what, int error)
{
  printf ("%s%s%s\n", what, error ? ": " : "", error ? strerror (error) : "");
  fflush (stdout);
  _exit (1);
}

/* Become UID and GID, or say why that cannot be.  */
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
  /* Some systems cannot tell, or not of such sockets.  */
  if (peercred_get (pair[0], &cred) == 0
      && (cred.uid != uid || cred.gid != gid))
    lacks ("its ids are only pretended", 0);
  close (pair[0]);
  close (pair[1]);
}

/* Whether CHILD has ended with 0.  */
static bool
is_well (pid_t child)
{
  int status;
  return (waitpid (child, &status, 0) == child
          && WIFEXITED (status) && WEXITSTATUS (status) == 0);
}

/* Exit with 1 if no child can become UID and GID, or if it may not be sent a
   signal then.  */
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
  /* Until the child has become what it can.  */
  bool has_read = read (ready[0], &byte, 1) == 0;
  close (ready[0]);
  int error = kill (child, 0) == 0 ? 0 : errno;
  close (done[1]);
  /* If not, it has said why.  */
  if (! is_well (child) || ! has_read)
    _exit (1);
  if (error != 0)
    lacks ("it may not send signals to other users", error);
}

/* Exit with 1 if files of others are not in our power.  */
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
