/* drop-probe.c -- drop privileges, then try every way to regain them.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: drop-probe UID GID GROUPS

   Call privs_drop to become UID, GID and the comma-separated GROUPS; "-"
   leaves the gid or the groups unchanged.  If it fails, print "unable to
   STEP: REASON" and exit with 1.  Otherwise print "dropped", then "regained
   WAY" for each way back that worked, then "tried".  Each way is tried in a
   child of its own.  */

#include <config.h>

#include "base/number.h"
#include "base/privs.h"

#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { GROUPS_ROOM = 64 };

static uid_t const no_uid = -1;
static gid_t const no_gid = -1;
static gid_t const root_group[] = { 0 };

/* Return an id that is neither ID nor 0 nor -1, which means "no change".  */
static uid_t
another_uid (uid_t id)
{
  return id == no_uid - 1 ? id - 1 : id + 1;
}

static gid_t
another_gid (gid_t id)
{
  return id == no_gid - 1 ? id - 1 : id + 1;
}

/* The ways back.  Each returns 0 or more if the system permitted it.  */

static int by_setuid (void) { return setuid (0); }
static int by_seteuid (void) { return seteuid (0); }
static int by_real_uid (void) { return setreuid (0, no_uid); }
static int by_effective_uid (void) { return setreuid (no_uid, 0); }
static int by_both_uids (void) { return setreuid (0, 0); }
static int by_other_uid (void) { return setuid (another_uid (getuid ())); }
static int by_root_group (void) { return setgroups (1, root_group); }
static int by_no_groups (void) { return setgroups (0, NULL); }
static int by_file (void) { return open ("root-only", O_RDONLY); }
static int by_other_gid (void) { return setgid (another_gid (getgid ())); }

/* These are tried only if the gid was dropped.  */
static int by_setgid (void) { return setgid (0); }
static int by_setegid (void) { return setegid (0); }
static int by_real_gid (void) { return setregid (0, no_gid); }
static int by_effective_gid (void) { return setregid (no_gid, 0); }

static struct
{
  char const *name;
  int (*attempt) (void);
  bool of_gid;
} const ways[] =
{
  { "setuid", by_setuid, false },
  { "seteuid", by_seteuid, false },
  { "real uid", by_real_uid, false },
  { "effective uid", by_effective_uid, false },
  { "both uids", by_both_uids, false },
  { "another uid", by_other_uid, false },
  { "root's group", by_root_group, false },
  { "no groups", by_no_groups, false },
  { "root's file", by_file, false },
  { "another gid", by_other_gid, false },
  { "setgid", by_setgid, true },
  { "setegid", by_setegid, true },
  { "real gid", by_real_gid, true },
  { "effective gid", by_effective_gid, true }
};

static void
fail (char const *what)
{
  fprintf (stderr, "drop-probe: %s: %s\n", what, strerror (errno));
  exit (EXIT_SYSTEM);
}

/* Return whether ATTEMPT succeeds in a child of its own.  */
static bool
succeeds (int (*attempt) (void))
{
  int status;
  pid_t pid = fork ();

  if (pid < 0)
    fail ("fork");
  if (pid == 0)
    _exit (0 <= attempt () ? EXIT_SUCCESS : EXIT_FAILURE);
  if (waitpid (pid, &status, 0) != pid)
    fail ("waitpid");
  return status == 0;
}

int
main (int argc, char **argv)
{
  gid_t groups[GROUPS_ROOM];
  struct identity identity = { .set_uid = true, .groups = groups };

  if (argc != 4)
    return EXIT_USAGE;
  identity.set_gid = strcmp (argv[2], "-") != 0;
  identity.set_groups = strcmp (argv[3], "-") != 0;
  if (number_uid (argv[1], 10, &identity.uid) != 0
      || (identity.set_gid && number_gid (argv[2], 10, &identity.gid) != 0)
      || (identity.set_groups
          && number_gidlist (argv[3], groups, GROUPS_ROOM,
                             &identity.ngroups) != 0))
    return EXIT_USAGE;

  char const *step = privs_drop (&identity);
  if (step)
    {
      printf ("unable to %s: %s\n", step, strerror (errno));
      return EXIT_FAILURE;
    }
  puts ("dropped");
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
    {
      fflush (stdout);
      if ((identity.set_gid || ! ways[i].of_gid)
          && succeeds (ways[i].attempt))
        printf ("regained %s\n", ways[i].name);
    }
  puts ("tried");
  return EXIT_SUCCESS;
}
