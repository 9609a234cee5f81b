/* place.c -- tests of src/sockfile/place.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: unit-place          the test; runs in an empty directory
          unit-place PATH     say whether others may change the directory of
                              PATH, and whether it keeps them from our files
                              there  */

#include <config.h>

#include "sockfile/place.h"

#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "same-inode.h"
#include "helpers/power.h"
#include "unit.h"

/* What is to be removed is first called so.  */
#define ASIDE "ucspi-aside"

/* Make the file NAME in DIR with the text NAME.  */
static void
make_file (int dir, char const *name)
{
  int fd = openat (dir, name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  size_t len = strlen (name);
  unit_check (0 <= fd && write (fd, name, len) == (ssize_t) len);
  close (fd);
}

/* Whether NAME in DIR is there and has the text TEXT, or is not there if that
   is null.  */
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

/* Store in *ST what NAME in DIR is.  */
static void
see (int dir, char const *name, struct stat *st)
{
  unit_check (fstatat (dir, name, st, AT_SYMLINK_NOFOLLOW) == 0);
}

static void
test_find (void)
{
  struct place place, other;

  unit_check (place_find (&place, "d/s") == 0 && 2 < place.dir
              && strcmp (place.name, "s") == 0 && ! place.shared);
  place_release (&place);
  unit_check (place_find (&place, "s") == 0
              && strcmp (place.name, "s") == 0);
  place_release (&place);
  unit_promise ("a path is a directory and a name");

  static char const *const directories[] = { "d/", "d//", ".", "..", "d/.",
                                             "d/..", "/", "//" };
  for (size_t i = 0; i < sizeof directories / sizeof *directories; i++)
    {
      errno = 0;
      unit_check (place_find (&place, directories[i]) != 0
                  && errno == EISDIR);
    }
  unit_promise ("what can only be a directory is refused");

  errno = 0;
  unit_check (place_find (&place, "none/s") != 0 && errno == ENOENT);
  errno = 0;
  make_file (AT_FDCWD, "f");
  unit_check (place_find (&place, "f/s") != 0 && errno == ENOTDIR);
  unlink ("f");
  unit_promise ("a directory that is not there is an error");

  unit_check (chmod ("d", 01777) == 0 && place_find (&place, "d/s") == 0
              && place.shared);
  place_release (&place);
  unit_check (chmod ("d", 0720) == 0 && place_find (&place, "d/s") == 0
              && place.shared);
  place_release (&place);
  unit_check (chmod ("d", 0755) == 0 && place_find (&place, "d/s") == 0
              && ! place.shared);
  unit_promise ("a directory that others may write to is shared");

  unit_check (place_find (&other, "d/t") == 0
              && strcmp (place.stage_name, other.stage_name) != 0);
  place_release (&other);
  unit_check (place_find (&other, "d/s") == 0
              && strcmp (place.stage_name, other.stage_name) == 0);
  place_release (&other);
  place_release (&place);
  unit_promise ("each name has its own private directory");
}

static void
test_stage (void)
{
  struct place place, other;
  struct stat st;
  mode_t old_umask = umask (0277);

  unit_check (place_find (&place, "d/s") == 0 && place_stage (&place) == 0
              && 2 < place.stage);
  umask (old_umask);
  see (place.dir, place.stage_name, &st);
  unit_check (S_ISDIR (st.st_mode) && (st.st_mode & 0777) == 0700);
  unit_promise ("the private directory is private whatever the umask");

  unit_check (place_stage (&place) == 0);
  unit_check (place_unstage (&place) == 0 && place.stage < 0
              && place_unstage (&place) == 0
              && fstatat (place.dir, place.stage_name, &st, 0) != 0);
  unit_promise ("and is gone afterwards");

  unit_check (mkdirat (place.dir, place.stage_name, 0755) == 0
              && place_stage (&place) != 0 && errno == EEXIST
              && unlinkat (place.dir, place.stage_name, AT_REMOVEDIR) == 0);
  unit_check (symlinkat ("/", place.dir, place.stage_name) == 0
              && place_stage (&place) != 0 && errno == EEXIST
              && unlinkat (place.dir, place.stage_name, 0) == 0);
  make_file (place.dir, place.stage_name);
  unit_check (place_stage (&place) != 0 && errno == EEXIST
              && unlinkat (place.dir, place.stage_name, 0) == 0);
  unit_promise ("what somebody else has put there is left alone");

#if HAVE_FLOCK
  /* What a process that was killed has left.  */
  unit_check (mkdirat (place.dir, place.stage_name, 0700) == 0
              && place_stage (&place) == 0);
  make_file (place.stage, PLACE_STAGED);
  make_file (place.stage, ASIDE);
  close (place.stage);
  place.stage = -1;
  unit_check (place_stage (&place) == 0
              && file_is (place.stage, PLACE_STAGED, NULL)
              && file_is (place.stage, ASIDE, NULL)
              && file_is (place.dir, "s", ASIDE));
  unit_promise ("a killed process's is cleared, and what it moved goes back");

  make_file (place.stage, ASIDE);
  close (place.stage);
  place.stage = -1;
  unit_check (place_stage (&place) != 0 && errno == EBUSY
              && file_is (place.dir, "s", ASIDE));
  unit_promise ("what cannot go back is not lost");
  int stage = openat (place.dir, place.stage_name, O_RDONLY);
  unit_check (file_is (stage, ASIDE, ASIDE)
              && unlinkat (stage, ASIDE, 0) == 0
              && unlinkat (place.dir, place.stage_name, AT_REMOVEDIR) == 0
              && unlinkat (place.dir, "s", 0) == 0);
  close (stage);

  /* A private directory that somebody has moved here.  */
  unit_check (mkdirat (place.dir, place.stage_name, 0700) == 0);
  stage = openat (place.dir, place.stage_name, O_RDONLY);
  make_file (stage, PLACE_STAGED);
  make_file (stage, "other");
  unit_check (place_stage (&place) != 0 && errno == EEXIST
              && file_is (stage, PLACE_STAGED, PLACE_STAGED)
              && file_is (stage, "other", "other")
              && unlinkat (stage, "other", 0) == 0
              && unlinkat (stage, PLACE_STAGED, 0) == 0
              && unlinkat (place.dir, place.stage_name, AT_REMOVEDIR) == 0);
  close (stage);
  unit_promise ("a directory with other files is not taken for ours");

  /* Another process holds it, and lets go.  */
  int ends[2];
  char byte;
  unit_check (pipe (ends) == 0);
  pid_t pid = fork ();
  if (pid == 0)
    {
      close (ends[0]);
      unit_check (place_find (&other, "d/s") == 0
                  && place_stage (&other) == 0
                  && write (ends[1], "", 1) == 1);
      for (int i = 0; i < 20; i++)
        {
          make_file (other.stage, PLACE_STAGED);
          usleep (10000);
        }
      _exit (unit_holds && place_unstage (&other) == 0 ? 0 : 1);
    }
  close (ends[1]);
  unit_check (read (ends[0], &byte, 1) == 1);
  unit_check (place_stage (&place) == 0
              && file_is (place.stage, PLACE_STAGED, NULL));
  int status;
  unit_check (waitpid (pid, &status, 0) == pid && status == 0);
  close (ends[0]);
  unit_check (place_unstage (&place) == 0);
  unit_promise ("two processes take turns");
#endif
  place_release (&place);
}

/* place_remove, in a directory of MODE.  */
static void
test_remove (mode_t mode, char const *promise)
{
  struct place place;
  struct stat seen = { .st_ino = 0 }, st;

  unit_check (chmod ("d", mode) == 0 && place_find (&place, "d/s") == 0);
  make_file (place.dir, "s");
  if (place.shared)
    {
      see (place.dir, "s", &seen);
      if (! place.sticky)
        unit_check (! place_is_fixed (&place, &seen)
                    && place_remove (&place, &seen) != 0 && errno == EACCES);
      else
        unit_check (place_is_fixed (&place, &seen)
                    && place_remove (&place, &seen) == 0
                    && file_is (place.dir, "s", NULL));
      make_file (place.dir, "s");
      unit_check (place_stage (&place) == 0);
    }
  unit_check (place_look (&place, &seen) == 0
              && place_remove (&place, &seen) == 0
              && place_look (&place, &st) != 0 && errno == ENOENT);
  make_file (place.dir, "t");
  make_file (place.dir, "s");
  see (place.dir, "t", &seen);
  unit_check (place_remove (&place, &seen) != 0 && errno == ESTALE
              && file_is (place.dir, "s", "s")
              && file_is (place.dir, "t", "t"));
  unit_check (unlinkat (place.dir, "s", 0) == 0
              && place_remove (&place, &seen) != 0 && errno == ENOENT);
  unit_check (mkdirat (place.dir, "s", 0700) == 0
              && place_remove (&place, &seen) != 0 && errno == ESTALE);
  see (place.dir, "s", &st);
  unit_check (S_ISDIR (st.st_mode)
              && unlinkat (place.dir, "s", AT_REMOVEDIR) == 0);
  unit_check (unlinkat (place.dir, "t", 0) == 0
              && place_unstage (&place) == 0);
  place_release (&place);
  unit_check (rmdir ("d") == 0 && mkdir ("d", 0755) == 0);
  unit_promise (promise);
}

static void
test_fixed (void)
{
  struct place place;
  struct stat ours, theirs;

  unit_check (chmod ("d", 01777) == 0 && place_find (&place, "d/s") == 0
              && place.shared && place.sticky);
  make_file (place.dir, "s");
  see (place.dir, "s", &ours);
  theirs = ours;
  theirs.st_uid++;
  unit_check (place_is_fixed (&place, &ours)
              && ! place_is_fixed (&place, &theirs));
  if (may_give_away ())
    unit_check (fchownat (place.dir, "s", 1, -1, 0) == 0
                && place_remove (&place, &ours) != 0 && errno == EACCES
                && fchownat (place.dir, "s", 0, -1, 0) == 0);
  unit_promise ("what is not ours is not removed so");
  place_release (&place);

  unit_check (chmod ("d", 0777) == 0 && place_find (&place, "d/s") == 0
              && place.shared && ! place.sticky
              && ! place_is_fixed (&place, &ours)
              && unlinkat (place.dir, "s", 0) == 0);
  place_release (&place);
  if (may_give_away ())
    {
      unit_check (chmod ("d", 01777) == 0 && chown ("d", 1, -1) == 0
                  && place_find (&place, "d/s") == 0
                  && place.shared && ! place.sticky);
      place_release (&place);
    }
  unit_check (rmdir ("d") == 0 && mkdir ("d", 0755) == 0);
  unit_promise ("nor where the owner of the directory may do everything");
}

static void
test_publish (void)
{
  struct place place;
  struct stat seen, other;

  unit_check (place_find (&place, "d/s") == 0 && place_stage (&place) == 0);
  make_file (place.stage, PLACE_STAGED);
  unit_check (place_publish (&place, NULL) == 0
              && file_is (place.dir, "s", PLACE_STAGED)
              && file_is (place.stage, PLACE_STAGED, NULL));
  unit_promise ("a name that was free is taken");

  make_file (place.stage, PLACE_STAGED);
  unit_check (place_publish (&place, NULL) != 0 && errno == ESTALE
              && file_is (place.stage, PLACE_STAGED, PLACE_STAGED));
  unit_promise ("a name that is taken meanwhile is left");

  make_file (place.dir, "s");
  see (place.dir, "s", &seen);
  make_file (place.dir, "t");
  see (place.dir, "t", &other);
  unit_check (place_publish (&place, &other) != 0 && errno == ESTALE
              && file_is (place.stage, PLACE_STAGED, PLACE_STAGED)
              && unlinkat (place.dir, "t", 0) == 0);
  see (place.dir, "s", &other);
  unit_check (SAME_INODE (seen, other));
  unit_promise ("what has come instead goes back");

  unit_check (place_publish (&place, &seen) == 0
              && file_is (place.stage, PLACE_STAGED, NULL));
  see (place.dir, "s", &other);
  unit_check (! SAME_INODE (seen, other));
  unit_promise ("what was seen is replaced");

  make_file (place.stage, PLACE_STAGED);
  unit_check (unlinkat (place.dir, "s", 0) == 0
              && place_publish (&place, &other) != 0 && errno == ESTALE);
  unit_promise ("what has gone meanwhile is noticed");
  unit_check (place_unstage (&place) == 0);
  place_release (&place);
  unit_check (rmdir ("d") == 0 && mkdir ("d", 0755) == 0);
  unit_promise ("and nothing is left");
}

int
main (int argc, char **argv)
{
  /* Who is trusted with the directory of a path.  */
  if (argc == 2)
    {
      struct place place;
      if (place_find (&place, argv[1]) != 0)
        return EXIT_FAILURE;
      printf ("%s%s\n", place.shared ? "shared" : "private",
              place.sticky ? " sticky" : "");
      place_release (&place);
      return EXIT_SUCCESS;
    }
  /* Which modes the directories have is up to the tests.  */
  umask (022);
  unit_check (mkdir ("d", 0755) == 0);
  test_find ();
  test_stage ();
  test_remove (0755, "what was seen is removed, and nothing else");
  test_remove (0777, "what was seen is removed where others may write");
  test_remove (01777, "what is ours is removed where others may add names");
  test_fixed ();
  test_publish ();
  rmdir ("d");
  return unit_end ();
}
