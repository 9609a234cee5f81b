/* attrs.c -- access control lists and flags of files, for the tests.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: attrs default DIRECTORY ENTRY...
          attrs access FILE
          attrs append|immutable|plain DIRECTORY

   The first gives DIRECTORY a default list; see list_parse for what an ENTRY
   is.  They must be in the order u, g, m, o, and those with an id after the
   one without and by their ids.  The second prints how many entries the list
   of FILE has.  The third sets the flags of DIRECTORY, of which "plain" is
   none.

   Exit status: 0, 77 if the system or the file system has no such thing or
   does not permit it, 99 for what is wrong otherwise.  */

#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#if HAVE_LINUX_FS_H
# include <linux/fs.h>
#endif

#include "default-list.h"

enum { SKIPPED = 77, WRONG = 99 };

/* Say why WHAT has failed, and return the exit status.  */
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
#else
  (void) flag;
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
