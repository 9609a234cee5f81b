/* idmap.c -- unit test of src/base/idmap.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* The files of /proc are simulated in the current directory.  */

#include <config.h>

/* Include the source file, to reset its static variables.  */
#define IDMAP_PROC "proc"
#include "base/idmap.c"

#include <sys/stat.h>

#include "unit.h"

#if HAVE_DECL_CLONE_NEWUSER

/* Write TEXT to the file NAME, or remove the file if TEXT is null.  Reset what
   the module has cached.  */
static void
put (char const *name, char const *text)
{
  users.has_map = users.has_overflow = users.is_certain = false;
  groups.has_map = groups.has_overflow = groups.is_certain = false;
  if (! text)
    {
      unlink (name);
      return;
    }
  FILE *f = fopen (name, "w");
  unit_check (f != NULL);
  if (f)
    {
      fputs (text, f);
      fclose (f);
    }
}

static char const uid_map[] = "proc/self/uid_map";
static char const gid_map[] = "proc/self/gid_map";
static char const stat_file[] = "proc/self/stat";
static char const overflowuid[] = "proc/sys/kernel/overflowuid";
static char const overflowgid[] = "proc/sys/kernel/overflowgid";

static void
test_maps (void)
{
  uid_t uid = 7;

  put (overflowuid, "65534\n");
  put (overflowgid, "65534\n");
  put (uid_map, "         0          0 4294967295\n");
  put (gid_map, "         0          0 4294967295\n");
  unit_check (! idmap_uid_is_ambiguous (65534));
  unit_check (! idmap_gid_is_ambiguous (65534));
  unit_check (! idmap_leaves_users_out (&uid) && uid == 7);
  put (uid_map, "0 1 1\n1 0 1\n2 2 4294967293\n");
  unit_check (! idmap_uid_is_ambiguous (65534));
  unit_promise ("no id is ambiguous if all are mapped");

  static char const *const partial[] =
    {
      "", "0 1000 1\n", "0 100000 65536\n", "0 0 4294967294\n",
      "0 1000 1\n1 100000 65536\n", "65534 1000 1\n", "nonsense\n",
      "0 0 4294967295 x\n", "0 0 4294967295\nx\n", "0 0\n"
    };
  for (size_t i = 0; i < sizeof partial / sizeof *partial; i++)
    {
      put (uid_map, partial[i]);
      unit_check (idmap_uid_is_ambiguous (65534));
      unit_check (! idmap_uid_is_ambiguous (0));
      unit_check (! idmap_uid_is_ambiguous (65533));
      unit_check (! idmap_gid_is_ambiguous (65534));
      put (uid_map, "0 0 4294967295\n");
      put (gid_map, partial[i]);
      unit_check (idmap_gid_is_ambiguous (65534));
      unit_check (! idmap_gid_is_ambiguous (1));
      unit_check (! idmap_uid_is_ambiguous (65534));
      put (gid_map, "0 0 4294967295\n");
    }
  put (uid_map, "0 1000 1\n");
  unit_check (idmap_leaves_users_out (&uid) && uid == 65534);
  unit_promise ("only the overflow id is ambiguous if some ids are not"
                " mapped");

  put (overflowuid, "1234\n");
  unit_check (idmap_uid_is_ambiguous (1234));
  unit_check (! idmap_uid_is_ambiguous (65534));
  unit_check (idmap_leaves_users_out (&uid) && uid == 1234);
  unit_promise ("the overflow id is that of the system");
}

static void
test_absent (void)
{
  uid_t uid = 7;

  put (overflowuid, NULL);
  put (overflowgid, NULL);
  put (uid_map, "0 0 4294967295\n");
  put (gid_map, "0 0 4294967295\n");
  unit_check (! idmap_uid_is_ambiguous (65534));
  unit_check (! idmap_gid_is_ambiguous (65534));
  unit_promise ("no id is ambiguous if all are mapped, even if the overflow"
                " id is unknown");
  put (uid_map, "0 0 1\n");
  unit_check (idmap_uid_is_ambiguous (65534));
  unit_check (idmap_uid_is_ambiguous (0));
  unit_check (idmap_uid_is_ambiguous (65535));
  unit_check (! idmap_uid_is_ambiguous (65536));
  unit_check (idmap_owner_is_ambiguous (0));
  unit_check (! idmap_owner_is_ambiguous (65536));
  unit_check (! idmap_gid_is_ambiguous (65534));
  unit_check (idmap_leaves_users_out (&uid) && uid == (uid_t) -1);
  put (gid_map, "0 100000 70000\n");
  unit_check (idmap_gid_is_ambiguous (1000));
  unit_check (! idmap_gid_is_ambiguous (69999));
  uid = 7;
  unit_promise ("if ids are not mapped and the overflow id is unknown, each"
                " id that it may be is ambiguous");

  put (uid_map, NULL);
  put (gid_map, NULL);
  put (stat_file, "1 (x) R\n");
  unit_check (! idmap_uid_is_ambiguous (65534));
  unit_check (! idmap_gid_is_ambiguous (65534));
  unit_promise ("no id is ambiguous if the kernel has no user namespaces");

  put (stat_file, NULL);
  unit_check (idmap_uid_is_ambiguous (65534));
  unit_check (idmap_gid_is_ambiguous (65534));
  unit_check (! idmap_uid_is_ambiguous (1));
  unit_check (! idmap_leaves_users_out (&uid) && uid == 7);
  unit_promise ("the usual overflow id is ambiguous without /proc");
}

/* A mount can have an id mapping of its own.  */
static void
test_owners (void)
{
  struct stat st;
  uid_t self = geteuid ();
  char text[100];

  put (uid_map, "0 0 4294967295\n");
  put (overflowuid, "65534\n");
  unit_check (idmap_owner_is_ambiguous (65534));
  unit_check (! idmap_owner_is_ambiguous (65533));
  unit_promise ("the overflow id of an owner is ambiguous even if all ids"
                " are mapped");

  int fd = open ("proc", O_RDONLY);
  unit_check (0 <= fd && fstat (fd, &st) == 0);
  unit_check (idmap_owns (fd, &st));
  st.st_uid = self + 1;
  errno = 0;
  unit_check (! idmap_owns (fd, &st) && errno == EPERM);
  st.st_uid = self;
  snprintf (text, sizeof text, "%ju\n", (uintmax_t) self);
  put (overflowuid, text);
  unit_check (idmap_owner_is_ambiguous (self));
  unit_check (idmap_owns (fd, &st));
  errno = 0;
  unit_check (! idmap_owns (-1, &st) && errno == EPERM);
  close (fd);
  /* This directory is owned by root, although *ST says otherwise.  */
  fd = open ("/", O_RDONLY);
  unit_check (0 <= fd && fstat (fd, &st) == 0);
  st.st_uid = self;
  errno = 0;
  unit_check (self == 0 || (! idmap_owns (fd, &st) && errno == EPERM));
  close (fd);
  unit_promise ("an ambiguous owner is us if the system lets us act as the"
                " owner");
}

int
main (void)
{
  unit_check (mkdir ("proc", 0777) == 0);
  unit_check (mkdir ("proc/self", 0777) == 0);
  unit_check (mkdir ("proc/sys", 0777) == 0);
  unit_check (mkdir ("proc/sys/kernel", 0777) == 0);
  test_maps ();
  test_absent ();
  test_owners ();
  return unit_end ();
}

#else

int
main (void)
{
  unit_check (! idmap_uid_is_ambiguous (65534));
  unit_check (! idmap_gid_is_ambiguous (65534));
  unit_promise ("no id is ambiguous without user namespaces");
  return unit_end ();
}

#endif
