/* entry.c -- unit test of src/sockfile/entry.c and stagedir.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: unit-entry          run the test, in an empty directory
          unit-entry PATH     print whether other users may change the
                              directory of PATH, and whether it is sticky */

#include <config.h>

#include "sockfile/stagedir.h"

#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "same-inode.h"
#include "helpers/power.h"
#include "unit.h"

/* The name under which a file is kept while it is being removed.  */
#define ASIDE "ucspi-aside"

/* Make the file NAME in DIR with its name as contents.  */
static void
make_file (int dir, char const *name)
{
  int fd = openat (dir, name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  size_t len = strlen (name);
  unit_check (0 <= fd && write (fd, name, len) == (ssize_t) len);
  close (fd);
}

/* Return whether the file NAME in DIR has the contents TEXT; or, if TEXT is
   null, whether it does not exist.  */
static bool
file_is (int dir, char const *name, char const *text)
{
  char room[64];
  int fd = openat (dir, name, O_RDONLY);
  if (fd < 0)
    return ! text && errno == ENOENT;
  ssize_t n = read (fd, room, sizeof room);
  close (fd);
  return text && n == (ssize_t) strlen (text) && memcmp (room, text, n) == 0;
}

/* Store in *ST the status of NAME in DIR.  */
static void
see (int dir, char const *name, struct stat *st)
{
  unit_check (fstatat (dir, name, st, AT_SYMLINK_NOFOLLOW) == 0);
}

/* Set up *ENTRY for PATH, and *STAGE for *ENTRY.  */
static int
find (struct entry *entry, struct stagedir *stage, char const *path)
{
  int result = entry_find (entry, path);
  if (result == 0)
    stagedir_init (stage, entry);
  return result;
}

#if HAVE_FLOCK
/* Leave the private directory STAGE of ENTRY as a killed process does.  */
static void
forget (struct entry *entry, struct stagedir *stage)
{
  close (stage->inside.dir);
  stagedir_init (stage, entry);
}
#endif

static void
test_find (void)
{
  struct entry entry, other;
  struct stagedir stage, other_stage;

  unit_check (find (&entry, &stage, "d/s") == 0 && 2 < entry.dir
              && strcmp (entry.name, "s") == 0 && ! entry.shared);
  entry_release (&entry);
  unit_check (find (&entry, &stage, "s") == 0
              && strcmp (entry.name, "s") == 0);
  entry_release (&entry);
  unit_promise ("a path is split into directory and name");

  static char const *const directories[] = { "d/", "d//", ".", "..", "d/.",
                                             "d/..", "/", "//" };
  for (size_t i = 0; i < sizeof directories / sizeof *directories; i++)
    {
      errno = 0;
      unit_check (find (&entry, &stage, directories[i]) != 0
                  && errno == EISDIR);
    }
  unit_promise ("a path that can only be a directory is refused");

  errno = 0;
  unit_check (find (&entry, &stage, "none/s") != 0 && errno == ENOENT);
  errno = 0;
  make_file (AT_FDCWD, "f");
  unit_check (find (&entry, &stage, "f/s") != 0 && errno == ENOTDIR);
  unlink ("f");
  unit_promise ("a missing directory is an error");

  unit_check (chmod ("d", 01777) == 0 && find (&entry, &stage, "d/s") == 0
              && entry.shared);
  entry_release (&entry);
  unit_check (chmod ("d", 0720) == 0 && find (&entry, &stage, "d/s") == 0
              && entry.shared);
  entry_release (&entry);
  unit_check (chmod ("d", 0755) == 0 && find (&entry, &stage, "d/s") == 0
              && ! entry.shared);
  unit_promise ("a directory that others may write to is shared");

  unit_check (find (&other, &other_stage, "d/t") == 0
              && strcmp (stage.name, other_stage.name) != 0);
  entry_release (&other);
  unit_check (find (&other, &other_stage, "d/s") == 0
              && strcmp (stage.name, other_stage.name) == 0);
  entry_release (&other);
  entry_release (&entry);
  unit_promise ("each name has its own private directory");
}

static void
test_stage (void)
{
  struct entry entry, other;
  struct stagedir stage, other_stage;
  struct stat st;
  mode_t old_umask = umask (0277);

  unit_check (find (&entry, &stage, "d/s") == 0 && stagedir_make (&stage) == 0
              && 2 < stage.inside.dir);
  umask (old_umask);
  see (entry.dir, stage.name, &st);
  unit_check (S_ISDIR (st.st_mode) && (st.st_mode & 0777) == 0700);
  unit_promise ("the private directory has mode 0700 with any umask");

  unit_check (stagedir_make (&stage) == 0);
  unit_check (stagedir_remove (&stage) == 0 && ! stagedir_is_made (&stage)
              && stagedir_remove (&stage) == 0
              && fstatat (entry.dir, stage.name, &st, 0) != 0);
  unit_promise ("the private directory is removed");

  unit_check (stagedir_make (&stage) == 0);
  make_file (stage.inside.dir, STAGEDIR_NAME);
  unit_check (renameat (entry.dir, stage.name, entry.dir, "moved") == 0
              && mkdirat (entry.dir, stage.name, 0700) == 0
              && stagedir_remove (&stage) == 0 && ! stagedir_is_made (&stage));
  unit_check (unlinkat (entry.dir, "moved", AT_REMOVEDIR) == 0
              && unlinkat (entry.dir, stage.name, AT_REMOVEDIR) == 0);
  unit_promise ("if the private directory was moved away, only the socket in"
                " it is removed");

#if HAVE_DECL_O_PATH
  /* Some of the other systems let root unlink a directory.  */
  char path[64];
  unit_check (stagedir_make (&stage) == 0
              && mkdirat (stage.inside.dir, STAGEDIR_NAME, 0700) == 0
              && stagedir_remove (&stage) != 0
              && errno != ENOTEMPTY && errno != EEXIST);
  snprintf (path, sizeof path, "d/%s/%s", stage.name, STAGEDIR_NAME);
  unit_check (rmdir (path) == 0
              && unlinkat (entry.dir, stage.name, AT_REMOVEDIR) == 0);
  unit_promise ("if the private directory is not empty, the error is that of"
                " removing the file in it");
#endif

  unit_check (mkdirat (entry.dir, stage.name, 0755) == 0
              && stagedir_make (&stage) != 0 && errno == EEXIST
              && unlinkat (entry.dir, stage.name, AT_REMOVEDIR) == 0);
  unit_check (symlinkat ("/", entry.dir, stage.name) == 0
              && stagedir_make (&stage) != 0 && errno == EEXIST
              && unlinkat (entry.dir, stage.name, 0) == 0);
  make_file (entry.dir, stage.name);
  unit_check (stagedir_make (&stage) != 0 && errno == EEXIST
              && unlinkat (entry.dir, stage.name, 0) == 0);
  unit_promise ("a file of another process with the name of the private"
                " directory is left alone");

#if HAVE_FLOCK
  /* What a killed process leaves.  */
  unit_check (mkdirat (entry.dir, stage.name, 0700) == 0
              && stagedir_make (&stage) == 0);
  make_file (stage.inside.dir, STAGEDIR_NAME);
  make_file (stage.inside.dir, ASIDE);
  forget (&entry, &stage);
  unit_check (stagedir_make (&stage) == 0
              && file_is (stage.inside.dir, STAGEDIR_NAME, NULL)
              && file_is (stage.inside.dir, ASIDE, NULL)
              && file_is (entry.dir, "s", ASIDE));
  unit_promise ("the private directory of a killed process is emptied, and"
                " the file that it moved is moved back");

  unit_check (linkat (entry.dir, "s", stage.inside.dir, ASIDE, 0) == 0);
  forget (&entry, &stage);
  unit_check (stagedir_make (&stage) == 0
              && file_is (stage.inside.dir, ASIDE, NULL)
              && file_is (entry.dir, "s", ASIDE));
  unit_promise ("a second link that a killed process has made is removed");

  make_file (stage.inside.dir, ASIDE);
  forget (&entry, &stage);
  unit_check (stagedir_make (&stage) != 0 && errno == EBUSY
              && file_is (entry.dir, "s", ASIDE));
  unit_promise ("a file that cannot be moved back is not removed");
  int fd = openat (entry.dir, stage.name, O_RDONLY);
  unit_check (file_is (fd, ASIDE, ASIDE)
              && unlinkat (fd, ASIDE, 0) == 0
              && unlinkat (entry.dir, stage.name, AT_REMOVEDIR) == 0
              && unlinkat (entry.dir, "s", 0) == 0);
  close (fd);

  /* A private directory that another user has moved here.  */
  unit_check (mkdirat (entry.dir, stage.name, 0700) == 0);
  fd = openat (entry.dir, stage.name, O_RDONLY);
  make_file (fd, STAGEDIR_NAME);
  make_file (fd, "other");
  unit_check (stagedir_make (&stage) != 0 && errno == EEXIST
              && file_is (fd, STAGEDIR_NAME, STAGEDIR_NAME)
              && file_is (fd, "other", "other")
              && unlinkat (fd, "other", 0) == 0
              && unlinkat (fd, STAGEDIR_NAME, 0) == 0
              && unlinkat (entry.dir, stage.name, AT_REMOVEDIR) == 0);
  close (fd);
  unit_promise ("a private directory with unknown files is left alone");

  /* Another process holds the lock and releases it.  */
  int ends[2];
  char byte;
  unit_check (pipe (ends) == 0);
  pid_t pid = fork ();
  if (pid == 0)
    {
      close (ends[0]);
      unit_check (find (&other, &other_stage, "d/s") == 0
                  && stagedir_make (&other_stage) == 0
                  && write (ends[1], "", 1) == 1);
      for (int i = 0; i < 20; i++)
        {
          make_file (other_stage.inside.dir, STAGEDIR_NAME);
          usleep (10000);
        }
      _exit (unit_holds && stagedir_remove (&other_stage) == 0 ? 0 : 1);
    }
  close (ends[1]);
  unit_check (read (ends[0], &byte, 1) == 1);
  unit_check (stagedir_make (&stage) == 0
              && file_is (stage.inside.dir, STAGEDIR_NAME, NULL));
  int status;
  unit_check (waitpid (pid, &status, 0) == pid && status == 0);
  close (ends[0]);
  unit_check (stagedir_remove (&stage) == 0);
  unit_promise ("a process waits until another releases the private"
                " directory");
#endif
  entry_release (&entry);
}

/* Test stagedir_remove_file in a directory with mode MODE.  */
static void
test_remove (mode_t mode, char const *promise)
{
  struct entry entry;
  struct stagedir stage;
  struct stat seen = { .st_ino = 0 }, st;

  unit_check (chmod ("d", mode) == 0 && find (&entry, &stage, "d/s") == 0);
  make_file (entry.dir, "s");
  if (entry.shared)
    {
      unit_check (entry_look (&entry, &seen) == 0);
      if (! entry.sticky)
        unit_check (! entry_is_fixed (&entry, &seen)
                    && stagedir_remove_file (&stage, &seen) != 0
                    && errno == EACCES);
      else
        {
          unit_check (entry_is_fixed (&entry, &seen));
          /* As in a shortage of descriptors.  */
          entry_let_go (&entry);
          unit_check (stagedir_remove_file (&stage, &seen) == 0
                      && file_is (entry.dir, "s", NULL));
        }
      make_file (entry.dir, "s");
      unit_check (stagedir_make (&stage) == 0);
    }
  unit_check (entry_look (&entry, &seen) == 0
              && stagedir_remove_file (&stage, &seen) == 0
              && entry_look (&entry, &st) != 0 && errno == ENOENT);
  make_file (entry.dir, "t");
  make_file (entry.dir, "s");
  see (entry.dir, "t", &seen);
  unit_check (stagedir_remove_file (&stage, &seen) != 0 && errno == ESTALE
              && file_is (entry.dir, "s", "s")
              && file_is (entry.dir, "t", "t"));
  unit_check (unlinkat (entry.dir, "s", 0) == 0
              && stagedir_remove_file (&stage, &seen) != 0 && errno == ENOENT);
  unit_check (mkdirat (entry.dir, "s", 0700) == 0
              && stagedir_remove_file (&stage, &seen) != 0 && errno == ESTALE);
  see (entry.dir, "s", &st);
  unit_check (S_ISDIR (st.st_mode)
              && unlinkat (entry.dir, "s", AT_REMOVEDIR) == 0);
  unit_check (unlinkat (entry.dir, "t", 0) == 0
              && stagedir_remove (&stage) == 0);
  entry_release (&entry);
  unit_check (rmdir ("d") == 0 && mkdir ("d", 0755) == 0);
  unit_promise (promise);
}

static void
test_fixed (void)
{
  struct entry entry;
  struct stagedir stage;
  struct stat ours, theirs;

  unit_check (chmod ("d", 01777) == 0 && find (&entry, &stage, "d/s") == 0
              && entry.shared && entry.sticky);
  make_file (entry.dir, "s");
  unit_check (entry_look (&entry, &ours) == 0);
  theirs = ours;
  theirs.st_uid++;
  unit_check (entry_is_fixed (&entry, &ours)
              && ! entry_is_fixed (&entry, &theirs));
  if (may_give_away ())
    unit_check (fchownat (entry.dir, "s", 1, -1, 0) == 0
                && stagedir_remove_file (&stage, &ours) != 0 && errno == EACCES
                && fchownat (entry.dir, "s", 0, -1, 0) == 0);
  unit_promise ("in a sticky directory, a file of another user is not"
                " removed");
  static struct { mode_t mode; bool is_fixed; } const modes[] =
    { { S_IFREG | 0755, true }, { S_IFREG | 0620, false },
      { S_IFREG | 0602, false }, { S_IFSOCK | 0777, true },
      { S_IFLNK | 0777, true }, { S_IFIFO | 0666, true } };
  for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
    {
      struct stat st = ours;
      st.st_mode = modes[i].mode;
      unit_check (entry_is_fixed (&entry, &st) == modes[i].is_fixed);
    }
  unit_promise ("in a sticky directory, a regular file of ours that others may"
                " write is not safe from them");
  entry_release (&entry);

  unit_check (chmod ("d", 0777) == 0 && find (&entry, &stage, "d/s") == 0
              && entry.shared && ! entry.sticky
              && ! entry_is_fixed (&entry, &ours)
              && unlinkat (entry.dir, "s", 0) == 0);
  entry_release (&entry);
  if (may_give_away ())
    {
      unit_check (chmod ("d", 01777) == 0 && chown ("d", 1, -1) == 0
                  && find (&entry, &stage, "d/s") == 0
                  && entry.shared && ! entry.sticky);
      entry_release (&entry);
    }
  unit_check (rmdir ("d") == 0 && mkdir ("d", 0755) == 0);
  unit_promise ("a shared directory does not protect a file if it is not"
                " sticky, or if its owner is another user");
}

static void
test_publish (void)
{
  struct entry entry;
  struct stagedir stage;
  struct stat seen, other;

  unit_check (find (&entry, &stage, "d/s") == 0
              && stagedir_make (&stage) == 0);
  make_file (stage.inside.dir, STAGEDIR_NAME);
  unit_check (stagedir_publish (&stage, NULL) == 0
              && file_is (entry.dir, "s", STAGEDIR_NAME)
              && file_is (stage.inside.dir, STAGEDIR_NAME, NULL));
  unit_promise ("the new file is moved to a free name");

  make_file (stage.inside.dir, STAGEDIR_NAME);
  unit_check (stagedir_publish (&stage, NULL) != 0 && errno == ESTALE
              && file_is (stage.inside.dir, STAGEDIR_NAME, STAGEDIR_NAME));
  unit_promise ("a name that was taken in the meantime is an error, and is"
                " left alone");

  make_file (entry.dir, "s");
  see (entry.dir, "s", &seen);
  make_file (entry.dir, "t");
  see (entry.dir, "t", &other);
  unit_check (stagedir_publish (&stage, &other) != 0 && errno == ESTALE
              && file_is (stage.inside.dir, STAGEDIR_NAME, STAGEDIR_NAME)
              && unlinkat (entry.dir, "t", 0) == 0);
  see (entry.dir, "s", &other);
  unit_check (SAME_INODE (seen, other));
  unit_promise ("a file that replaced the expected one is moved back");

  unit_check (stagedir_publish (&stage, &seen) == 0
              && file_is (stage.inside.dir, STAGEDIR_NAME, NULL));
  see (entry.dir, "s", &other);
  unit_check (! SAME_INODE (seen, other));
  unit_promise ("the expected file is replaced");

  make_file (stage.inside.dir, STAGEDIR_NAME);
  unit_check (unlinkat (entry.dir, "s", 0) == 0
              && stagedir_publish (&stage, &other) != 0 && errno == ESTALE);
  unit_promise ("a file that was removed in the meantime is an error");
  unit_check (stagedir_remove (&stage) == 0);
  entry_release (&entry);
  unit_check (rmdir ("d") == 0 && mkdir ("d", 0755) == 0);
  unit_promise ("no file is left after the new file has been moved");
}

int
main (int argc, char **argv)
{
  /* Print who may change the directory of the path.  */
  if (argc == 2)
    {
      struct entry entry;
      if (entry_find (&entry, argv[1]) != 0)
        return EXIT_FAILURE;
      printf ("%s%s\n", entry.shared ? "shared" : "private",
              entry.sticky ? " sticky" : "");
      entry_release (&entry);
      return EXIT_SUCCESS;
    }
  /* The tests depend on the modes of the directories.  */
  umask (022);
  unit_check (mkdir ("d", 0755) == 0);
  test_find ();
  test_stage ();
  test_remove (0755, "the file that was examined is removed, and no other");
  test_remove (0777, "in a directory that others may change, the file that was"
               " examined is removed, and no other");
  test_remove (01777, "in a sticky directory, a file of ours that was examined"
               " is removed, and no other");
  test_fixed ();
  test_publish ();
  rmdir ("d");
  return unit_end ();
}
