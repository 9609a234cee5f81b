/* idmapped.c -- run a program with a directory as an id-mapped mount.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: idmapped DIR MAP PROGRAM [ARGUMENT]...

   Become PROGRAM in a new mount namespace, in which DIR is mounted on itself
   with the id mapping MAP, for users and for groups.  MAP has the form
   "DISK:SEEN:COUNT", or several of these separated by commas: the COUNT ids
   from DISK on, as stored on disk, appear as the ids from SEEN on.  The
   working directory is DIR.

   If such a mount cannot be made, print why and exit with 77.  */

#include <config.h>

#include <stdio.h>
#if HAVE_SYS_SYSCALL_H
# include <sys/syscall.h>
#endif

#include "map-file.h"

#if (HAVE_DECL_CLONE_NEWUSER && defined SYS_mount_setattr \
     && defined SYS_open_tree && defined SYS_move_mount)

# include <errno.h>
# include <fcntl.h>
# include <sched.h>
# include <signal.h>
# include <stdint.h>
# include <stdlib.h>
# include <string.h>
# include <sys/mount.h>
# include <sys/wait.h>
# include <unistd.h>

/* From <linux/mount.h>, which conflicts with some versions of
   <sys/mount.h>.  */
struct attributes
{
  uint64_t set;
  uint64_t clear;
  uint64_t propagation;
  uint64_t userns_fd;
};
enum
{
  TREE_CLONE = 1,
  ATTRIBUTE_IDMAP = 0x100000,
  MOVE_EMPTY_PATH = 4,
  EMPTY_PATH = 0x1000
};

/* Return a descriptor of a new user namespace with the mapping MAP.  */
static int
open_userns (char const *map)
{
  int ready[2], done[2];
  char byte = 0, name[100];

  if (pipe (ready) != 0 || pipe (done) != 0)
    exit (FAILED);
  pid_t pid = fork ();
  if (pid < 0)
    exit (FAILED);
  if (pid == 0)
    {
      close (done[1]);
      byte = unshare (CLONE_NEWUSER) == 0;
      if (write (ready[1], &byte, 1) != 1)
        _exit (FAILED);
      /* Stay alive until the parent closes its end.  */
      while (read (done[0], &byte, 1) < 0 && errno == EINTR)
        continue;
      _exit (0);
    }
  close (done[0]);
  if (read (ready[0], &byte, 1) != 1 || ! byte)
    skip ("a user namespace");
  if (put (pid, "uid_map", map) != 0 || put (pid, "gid_map", map) != 0)
    skip ("the maps");
  snprintf (name, sizeof name, "/proc/%ld/ns/user", (long int) pid);
  int fd = open (name, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    skip (name);
  close (ready[0]);
  close (ready[1]);
  close (done[1]);
  waitpid (pid, NULL, 0);
  return fd;
}

int
main (int argc, char **argv)
{
  if (argc < 4)
    return FAILED;
  for (char *p = argv[2]; *p; p++)
    *p = *p == ',' ? '\n' : *p == ':' ? ' ' : *p;

  struct attributes attributes = { .set = ATTRIBUTE_IDMAP,
                                   .userns_fd = open_userns (argv[2]) };
  if (unshare (CLONE_NEWNS) != 0
      || mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
    skip ("a namespace of mounts");
  int tree = syscall (SYS_open_tree, AT_FDCWD, argv[1],
                      TREE_CLONE | O_CLOEXEC);
  if (tree < 0)
    skip ("open_tree");
  if (syscall (SYS_mount_setattr, tree, "", EMPTY_PATH, &attributes,
               sizeof attributes) != 0)
    skip ("mount_setattr");
  if (syscall (SYS_move_mount, tree, "", AT_FDCWD, argv[1], MOVE_EMPTY_PATH)
      != 0)
    skip ("move_mount");
  if (chdir (argv[1]) != 0)
    skip (argv[1]);
  close (attributes.userns_fd);
  close (tree);
  execvp (argv[3], argv + 3);
  perror (argv[3]);
  return 127;
}

#else

int
main (void)
{
  puts ("there are no id-mapped mounts");
  return SKIPPED;
}

#endif
