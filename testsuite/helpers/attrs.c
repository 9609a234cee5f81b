/* attrs.c -- set access control lists and file flags, for the tests.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: attrs default DIRECTORY ENTRY...
          attrs access FILE
          attrs append|immutable|plain DIRECTORY
          attrs tells DIRECTORY

   The first form gives DIRECTORY a default access control list; list_parse
   describes an ENTRY.  The kernel wants the entries sorted: u, g, m, o; those
   of one letter sorted by id, the one without an id first.  The second form
   prints how many entries the access list of FILE has.  The third form sets
   the append-only or the immutable flag of DIRECTORY, or ("plain") clears
   both.  The fourth form asks whether the system tells a process that holds
   DIRECTORY open whether it is append-only.

   Exit status: 0; 77 if the system or the file system does not support this
   or does not permit it; 99 for any other error.  */

#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#if HAVE_LINUX_FS_H
# include <linux/fs.h>
#endif

#include "default-list.h"

enum { SKIPPED = 77, WRONG = 99 };

/* Print why WHAT failed, and return the exit status.  */
static int
give_up (char const *what)
{
  int errnum = errno;
  perror (what);
  return (errnum == EOPNOTSUPP || errnum == ENOSYS || errnum == EPERM
          || errnum == EACCES || errnum == ENOTTY ? SKIPPED : WRONG);
}

static int
set_flags (char const *dir, char const *flag)
{
#ifdef FS_IOC_SETFLAGS
  int flags;
  int fd = open (dir, O_RDONLY | O_DIRECTORY);

  if (fd < 0 || ioctl (fd, FS_IOC_GETFLAGS, &flags) != 0)
    return give_up (dir);
  flags &= ~(FS_APPEND_FL | FS_IMMUTABLE_FL);
  if (strcmp (flag, "append") == 0)
    flags |= FS_APPEND_FL;
  else if (strcmp (flag, "immutable") == 0)
    flags |= FS_IMMUTABLE_FL;
  return ioctl (fd, FS_IOC_SETFLAGS, &flags) == 0 ? 0 : give_up (dir);
#elif defined UF_APPEND && defined UF_IMMUTABLE
  /* The BSDs and macOS.  */
  struct stat st;

  if (stat (dir, &st) != 0)
    return give_up (dir);
  st.st_flags &= ~(UF_APPEND | UF_IMMUTABLE);
  if (strcmp (flag, "append") == 0)
    st.st_flags |= UF_APPEND;
  else if (strcmp (flag, "immutable") == 0)
    st.st_flags |= UF_IMMUTABLE;
  return chflags (dir, st.st_flags) == 0 ? 0 : give_up (dir);
#else
  (void) flag;
  errno = ENOSYS;
  return give_up (dir);
#endif
}

static int
ask_append (char const *dir)
{
#if HAVE_STATX && defined STATX_ATTR_APPEND && defined AT_EMPTY_PATH
  struct statx stx;
  int fd = open (dir, O_RDONLY | O_DIRECTORY);

  if (fd < 0 || statx (fd, "", AT_EMPTY_PATH, 0, &stx) != 0)
    return give_up (dir);
  return stx.stx_attributes_mask & STATX_ATTR_APPEND ? 0 : SKIPPED;
#elif HAVE_STRUCT_STAT_ST_FLAGS && defined SF_APPEND && defined UF_APPEND
  /* The BSDs and macOS: fstat tells.  */
  (void) dir;
  return 0;
#else
  errno = ENOSYS;
  return give_up (dir);
#endif
}

int
main (int argc, char **argv)
{
  if (argc < 3)
    return WRONG;
  if (strcmp (argv[1], "default") == 0)
    return (list_set_default (argv[2], argc - 3,
                              (char const *const *) argv + 3) == 0
            ? 0 : give_up (argv[2]));
  if (strcmp (argv[1], "tells") == 0)
    return ask_append (argv[2]);
  if (strcmp (argv[1], "access") == 0)
    {
      int count = list_count (argv[2]);
      if (count < 0)
        return give_up (argv[2]);
      printf ("%d\n", count);
      return 0;
    }
  return set_flags (argv[2], argv[1]);
}
