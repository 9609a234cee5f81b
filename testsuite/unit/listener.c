/* listener.c -- unit test of src/sockfile/listener.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* The working directory is empty and writable for every user.  Root becomes an
   ordinary user first, because root is permitted everything, and because the
   kernel tells root which file a socket is bound to.  */

#include <config.h>

#include "sockfile/listener.h"

#include <fcntl.h>
#include <grp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/address.h"
#include "sockfile/acl.h"
#include "sockfile/probe.h"
#include "stat-time.h"
#include "unit.h"

/* The directory in which the sockets are made.  */
static int dir;

/* The entry of the socket, static because the listener refers to it.  */
static struct entry where;

/* Set WHERE to NAME in DIRECTORY, which others may change if SHARED.  */
static void
set_where (int directory, char const *name, bool shared)
{
  where = (struct entry) ENTRY_NONE;
  where.dir = directory;
  where.name = name;
  where.shared = shared;
}

/* Bind *LISTENER to NAME in DIRECTORY.  */
static int
bind_in (struct listener *listener, int directory, char const *name,
         mode_t mode)
{
  set_where (directory, name, false);
  return listener_bind_in (listener, &where, mode);
}

/* Return the result of listener_identify for NAME.  */
static int
identify (struct listener *listener, char const *name, bool shared)
{
  set_where (dir, name, shared);
  errno = 0;
  return listener_identify (listener, -1, &where);
}

/* Open *LISTENER, bind it to NAME with MODE, and return the result of
   listener_identify with SHARED.  */
static int
make (struct listener *listener, char const *name, mode_t mode, bool shared)
{
  unit_check (listener_open (listener) == 0 && 2 < listener->fd);
  if (mode == 0)
    listener_mark (listener);
  unit_check (bind_in (listener, dir, name, mode) == 0);
  return identify (listener, name, shared);
}

/* Return the mode of NAME, or -1.  */
static int
mode_of (char const *name)
{
  struct stat st;
  return (fstatat (dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0
          ? (int) (st.st_mode & 0777) : -1);
}

static void
close_socket (struct listener *listener)
{
  listener_let_go (listener);
  listener_close (listener);
}

static void
forget (struct listener *listener, char const *name)
{
  close_socket (listener);
  unlinkat (dir, name, 0);
}

/* Probe the socket NAME, through a descriptor that holds it if HELD.  The
   probe may change the mode of the socket if MAY_CHANGE.  */
static enum probe_result
use_of (char const *name, bool held, bool may_change)
{
  int fd = -1;
#if HAVE_DECL_O_PATH
  if (held)
    fd = openat (dir, name, O_PATH | O_NOFOLLOW);
#else
  (void) held;
#endif
  enum probe_result use = probe_socket (fd, dir, name, may_change);
  if (0 <= fd)
    close (fd);
  return use;
}

static void
test_probe (void)
{
  struct listener listener;
  char cwd[4096], now[4096];

  unit_check (getcwd (cwd, sizeof cwd) != NULL);
  for (int held = 0; held < 2; held++)
    {
      unit_check (make (&listener, "s", 0777, false) == 0);
      unit_check (use_of ("s", held, true) == PROBE_SOMEBODY);
      unit_check (listener_listen (&listener, 1) == 0);
      unit_check (use_of ("s", held, true) == PROBE_SOMEBODY);
      close_socket (&listener);
      unit_check (use_of ("s", held, true) == PROBE_NOBODY);
      unlinkat (dir, "s", 0);
      unit_check (use_of ("s", held, true) == PROBE_UNKNOWN);
    }
  unit_promise ("a socket that a process has is told from a stale one");

#if HAVE_DECL_O_PATH
  if (access ("/proc/self/fd", F_OK) == 0)
    {
      unit_check (make (&listener, "s", 0, false) == 0);
      unit_check (use_of ("s", true, true) == PROBE_SOMEBODY
                  && mode_of ("s") == 0);
      close_socket (&listener);
      unit_check (use_of ("s", true, true) == PROBE_NOBODY);
      unlinkat (dir, "s", 0);
    }
#endif
  unit_promise ("a socket of ours with mode 0 is probed, and its mode is"
                " unchanged");

  static mode_t const modes[] = { 0, 0, 0444, 0466 };
  for (int i = 0; i < 4; i++)
    {
      struct stat before, after;
      unit_check (make (&listener, "s", modes[i], false) == 0
                  && fstatat (dir, "s", &before, 0) == 0);
      unit_check (use_of ("s", i % 2, i == 3) == PROBE_UNKNOWN);
      unit_check (fstatat (dir, "s", &after, 0) == 0
                  && get_stat_ctime (&before).tv_sec
                     == get_stat_ctime (&after).tv_sec
                  && get_stat_ctime (&before).tv_nsec
                     == get_stat_ctime (&after).tv_nsec);
      forget (&listener, "s");
    }
  unit_promise ("without write permission, or if it is not allowed, a socket"
                " is not probed");

  char name[ADDRESS_PATH_MAX + 2];
  memset (name, 'x', sizeof name - 1);
  name[sizeof name - 1] = '\0';
  unit_check (use_of (name, false, true) == PROBE_UNKNOWN);
  unit_promise ("a socket that cannot be probed is unknown");

  unit_check (getcwd (now, sizeof now) && strcmp (cwd, now) == 0);
  unit_promise ("the working directory is unchanged");
}

static void
test_identify (void)
{
  struct listener listener, other;
  bool can_mark = listener_can_mark (dir);

  unit_check (make (&listener, "s", 0600, true) == 0 && listener.bound);
  unit_check (mode_of ("s") == 0600);
  forget (&listener, "s");
  unit_promise ("a socket that was just bound is recognized");

  if (can_mark)
    {
      unit_check (make (&listener, "s", 0, true) == 0);
      unit_check (mode_of ("s") == 0);
      unit_check (listener_chmod (&listener, 0640) == 0);
      unit_check (mode_of ("s") == 0640);
      unit_check (listener_chmod (&listener, 0640) == 0);
      forget (&listener, "s");

      /* Put another socket of ours in its place.  */
      unit_check (make (&other, "other", 0777, false) == 0);
      unit_check (listener_open (&listener) == 0);
      listener_mark (&listener);
      unit_check (bind_in (&listener, dir, "s", 0) == 0
                  && renameat (dir, "other", dir, "s") == 0);
      errno = 0;
      unit_check (identify (&listener, "s", true) != 0
                  && errno == ESTALE && ! listener.bound);
      close_socket (&listener);
      forget (&other, "s");
    }
  unit_promise ("a socket that was made with mode 0 is recognized by its"
                " mode");

  for (int kind = 0; kind < 3; kind++)
    {
      unit_check (listener_open (&listener) == 0
                  && bind_in (&listener, dir, "s", 0600) == 0);
      if (kind == 0)
        unit_check (linkat (dir, "s", dir, "link", 0) == 0);
      else
        unit_check (unlinkat (dir, "s", 0) == 0);
      if (kind == 1)
        unit_check (mkdirat (dir, "s", 0700) == 0);
      errno = 0;
      unit_check (identify (&listener, "s", false) != 0
                  && errno == (kind == 2 ? ENOENT : ESTALE)
                  && ! listener.bound);
      close_socket (&listener);
      unlinkat (dir, "link", 0);
      unlinkat (dir, "s", kind == 1 ? AT_REMOVEDIR : 0);
    }
  unit_promise ("a file that cannot be the new socket is not taken for it");
}

static void
test_check (void)
{
  struct listener listener;
  struct stat st = { .st_gid = getegid () };

  unit_check (make (&listener, "s", 0600, false) == 0);
  /* On the BSDs a new file has the group of its directory.  */
  unit_check (fstatat (dir, "s", &st, AT_SYMLINK_NOFOLLOW) == 0);
  unit_check (listener_check (&listener, -1, -1, LISTENER_MODE_UMASK) == 0
              && listener_check (&listener, geteuid (), st.st_gid, 0600)
                 == 0);
  /* Other ids; -1 would mean "unchanged".  */
  uid_t uid = geteuid () == 1234 ? 4321 : 1234;
  gid_t gid = st.st_gid == 1234 ? 4321 : 1234;
  errno = 0;
  unit_check (listener_check (&listener, -1, -1, 0640) != 0
              && errno == ENOTSUP);
  errno = 0;
  unit_check (listener_check (&listener, uid, -1, 0600) != 0
              && errno == ENOTSUP);
  errno = 0;
  unit_check (listener_check (&listener, -1, gid, 0600) != 0
              && errno == ENOTSUP);
  unit_promise ("a file system that does not keep owner or mode is noticed");
  listener_let_go (&listener);
  close (listener.fd);
  unlinkat (dir, "s", 0);
}

static void
test_by_name (void)
{
  struct listener listener;

  unit_check (make (&listener, "s", 0600, false) == 0);
  /* Release the file, as if it could not be held.  */
  listener_let_go (&listener);
  where.shared = true;
  errno = EIO;
  unit_check (listener_chown (&listener, -1, getegid ()) != 0
              && errno == 0);
  errno = EIO;
  unit_check (listener_chmod (&listener, 0640) != 0
              && errno == 0);
  unit_check (listener_chmod (&listener, 0600) == 0);
  unit_promise ("in a shared directory no file is changed by name");

  where.shared = false;
  unit_check (listener_chown (&listener, -1, getegid ()) == 0);
  unit_check (listener_chmod (&listener, 0640) == 0
              && mode_of ("s") == 0640);
  unit_promise ("in a trusted directory the file is changed by name");

  unit_check (renameat (dir, "s", dir, "t") == 0
              && mkdirat (dir, "s", 0700) == 0);
  errno = 0;
  unit_check (listener_chmod (&listener, 0600) != 0
              && errno == ESTALE && mode_of ("s") == 0700);
  unlinkat (dir, "s", AT_REMOVEDIR);
  errno = 0;
  unit_check (listener_chmod (&listener, 0600) != 0
              && errno == ENOENT);
  forget (&listener, "t");
  unit_promise ("a file that has replaced the socket is left alone");
}

static void
test_bind (void)
{
  struct listener listener, other;
  char name[ADDRESS_PATH_MAX + 2];

  memset (name, 'x', sizeof name - 1);
  name[sizeof name - 1] = '\0';
  unit_check (listener_open (&listener) == 0);
  errno = 0;
  unit_check (bind_in (&listener, dir, name, 0600) != 0
              && errno == ENAMETOOLONG);
  errno = 0;
  unit_check (listener_bind (&listener, "", 0600) != 0 && errno == ENOENT);
  errno = 0;
  unit_check (listener_bind_abstract (&listener, "") != 0
              && errno == ENOENT);
  int file = open (".", O_RDONLY);
  int null = open ("/dev/null", O_RDONLY);
  errno = 0;
  unit_check (bind_in (&listener, null, "s", 0600) != 0
              && errno == ENOTDIR);
  close_socket (&listener);
  unit_promise ("an invalid address is an error");

  snprintf (name, sizeof name, "unit-listener.%jd", (intmax_t) getpid ());
  unit_check (listener_open (&listener) == 0 && listener_open (&other) == 0);
  if (listener_bind_abstract (&listener, name) == 0)
    {
      errno = 0;
      unit_check (listener_bind_abstract (&other, name) != 0
                  && errno == EADDRINUSE);
    }
  else
    unit_check (errno == ENOTSUP);
  close_socket (&listener);
  close_socket (&other);
  unit_promise ("an abstract name is bound once, or is an error on this"
                " system");

  /* A working directory that we could not return to.  */
  unit_check (mkdir ("closed", 0700) == 0 && chdir ("closed") == 0
              && chmod (".", 0) == 0);
  unit_check (listener_open (&listener) == 0);
  errno = 0;
  int result = bind_in (&listener, dir, "s", 0600);
  unit_check (result == 0 ? mode_of ("s") == 0600 : errno == EACCES);
  unit_check (fchdir (file) == 0 && rmdir ("closed") == 0);
  forget (&listener, "s");
  close (file);
  close (null);
  unit_promise ("with a working directory that cannot be searched, bind"
                " works or gives EACCES");

  for (int option = LISTENER_PASS_CREDENTIALS; option <= LISTENER_PASS_RIGHTS;
       option++)
    {
      unit_check (listener_open (&listener) == 0);
      errno = 0;
      unit_check (listener_set (&listener, option, true) == 0
                  || errno == ENOTSUP || errno == ENOPROTOOPT
                  || errno == EOPNOTSUPP);
      unit_check (strncmp (listener_option_name (option), "SO_PASS", 7) == 0);
      close_socket (&listener);
    }
  unit_promise ("socket options are set, or are an error on this system");
}

/* Simulate a user namespace: FOREIGN is a socket of mode 0 whose owner is not
   mapped, but it appears to be ours.  */
static void
test_foreign (char const *foreign)
{
  struct listener listener;
  struct stat st;

  unit_check (fstatat (dir, foreign, &st, AT_SYMLINK_NOFOLLOW) == 0
              && st.st_uid == geteuid () && S_ISSOCK (st.st_mode));
  for (int marked = 0; marked < 2; marked++)
    {
      unit_check (listener_open (&listener) == 0);
      if (marked)
        listener_mark (&listener);
      errno = 0;
      unit_check (identify (&listener, foreign, true)
                  != 0
                  && errno == ESTALE);
      close_socket (&listener);
    }
  unit_promise ("a socket of an unknown user is not taken for ours");

  for (int marked = 0; marked < 2; marked++)
    {
      unit_check (make (&listener, "s", marked ? 0 : 0600, true) == 0);
      forget (&listener, "s");
    }
  unit_promise ("a socket of ours is recognized beside it");
}

/* The owner of a directory can give it a default list at any time.  */
static void
test_list (void)
{
#if HAVE_GETXATTR
  unit_check (acl_is_inherited (dir, false));
#else
  unit_check (! acl_is_inherited (dir, false));
#endif
  unit_promise ("where access control lists are known, a directory of another"
                " user is taken to have one");
}

/* With an argument, run only test_foreign with it.  */
int
main (int argc, char **argv)
{
  if (1 < argc)
    {
      dir = open (".", O_RDONLY);
      test_foreign (argv[1]);
      return unit_end ();
    }
  if (geteuid () == 0)
    {
      /* Run a new program, because a process that has changed its ids may not
         look at its own descriptors in /proc.  */
      if (setgroups (0, NULL) == 0 && setgid (65534) == 0
          && setuid (65534) == 0)
        execv (argv[0], argv);
      puts ("FAIL: unable to become an ordinary user");
      return unit_end ();
    }
  unit_check (mkdir ("d", 0777) == 0);
  dir = open ("d", O_RDONLY);
  test_probe ();
  test_identify ();
  test_check ();
  test_by_name ();
  test_bind ();
  test_list ();
  close (dir);
  rmdir ("d");
  return unit_end ();
}
