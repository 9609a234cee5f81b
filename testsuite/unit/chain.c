/* chain.c -- unit test of src/spawn/chain.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "spawn/chain.h"

#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

enum { SELF = 1234 };

/* Return the result of chain_inherited for LISTEN_PID=PID and LISTEN_FDS=FDS
   (NULL: unset): the count; -1 if the variables do not apply to us; -2 with
   errno on failure.  */
static int
inherited (char const *pid, char const *fds)
{
  char pid_text[80], fds_text[80];
  char other[] = "LISTEN_PIDX=1";
  char *env[4] = { other };
  size_t n = 1;
  struct envlist list;
  int count = 4711;
  bool counted = false;

  snprintf (pid_text, sizeof pid_text, "LISTEN_PID=%s", pid ? pid : "");
  snprintf (fds_text, sizeof fds_text, "LISTEN_FDS=%s", fds ? fds : "");
  if (pid)
    env[n++] = pid_text;
  if (fds)
    env[n++] = fds_text;
  env[n] = NULL;
  unit_check (envlist_init (&list, env, 0) == 0);
  errno = 0;
  int result = chain_inherited (&list, SELF, &count, &counted);
  int errnum = errno;
  free (list.vector);
  errno = errnum;
  if (result != 0)
    return -2;
  unit_check (counted || count == 0);
  return counted ? count : -1;
}

static void
test_inherited (void)
{
  /* 3, 4 and 5 are open; 6 is closed.  */
  for (int fd = 3; fd <= 5; fd++)
    dup2 (STDERR_FILENO, fd);
  close (6);

  unit_check (inherited ("1234", "3") == 3);
  unit_check (inherited ("1234", "1") == 1);
  unit_check (inherited ("1234", "0") == 0);
  unit_promise ("descriptors for our pid are counted");

  unit_check (inherited (NULL, NULL) == -1);
  unit_check (inherited (NULL, "1") == -1);
  unit_check (inherited ("1234", NULL) == -1);
  unit_check (inherited ("1235", "1") == -1);
  unit_check (inherited ("0", "1") == -1);
  unit_check (inherited ("18446744073709551616", "1") == -1);
  unit_check (inherited ("4294968530", "1") == -1);
  unit_promise ("descriptors without a pid or for another pid are ignored");

  static char const *const rubbish[] =
    { "", " 1", "1 ", "+1", "-1", "0x1", "1a", "x", "1.0" };
  for (size_t i = 0; i < sizeof rubbish / sizeof *rubbish; i++)
    unit_check (inherited ("1234", rubbish[i]) == -1);
  unit_check (inherited ("", "1") == -1);
  unit_check (inherited (" 1234", "1") == -1);
  unit_check (inherited ("+1234", "1") == -1);
  unit_check (inherited ("0x4d2", "1") == -1);
  unit_check (inherited ("1234 ", "1") == -1);
  unit_promise ("a number that is not plain decimal is ignored");

  unit_check (inherited ("1234", "4") == -2 && errno == EBADF);
  close (4);
  unit_check (inherited ("1234", "3") == -2 && errno == EBADF);
  unit_check (inherited ("1234", "1") == 1);
  unit_promise ("a count whose descriptors are not all open is an error");

  unit_check (inherited ("1234", "2147483647") == -2 && errno == ERANGE);
  unit_check (inherited ("1234", "99999999999999999999") == -2
              && errno == ERANGE);
  unit_check (inherited ("1235", "99999999999999999999") == -1);
  unit_promise ("a count that cannot grow is an error");
  close (3);
  close (5);
}

static void
test_place (void)
{
  int fd = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  int other = open ("/", O_RDONLY);
  struct stat null, st;

  unit_check (3 <= fd && 3 <= other);
  fstat (fd, &null);
  unit_check (chain_place (fd, other) == 0);
  unit_check (fcntl (fd, F_GETFD) < 0);
  unit_check (fcntl (other, F_GETFD) == 0);
  unit_check (fstat (other, &st) == 0 && st.st_ino == null.st_ino
              && st.st_rdev == null.st_rdev);
  unit_promise ("a descriptor is moved to a number in use, and exec keeps it"
                " open");

  fcntl (other, F_SETFD, FD_CLOEXEC);
  unit_check (chain_place (other, other) == 0);
  unit_check (fcntl (other, F_GETFD) == 0);
  unit_promise ("a descriptor that has its number already is kept open by"
                " exec");

  errno = 0;
  unit_check (chain_place (other, -1) == -1 && errno == EBADF);
  unit_check (chain_place (900, 900) == -1);
  unit_promise ("a number above the limit is an error");
  close (other);
}

/* Return the exit status of chain_exec in a child, for the program NAME with
   the argument ARG and the given PATH.  */
static int
exec_status (char const *name, char const *path, char const *arg)
{
  char name_text[80], path_text[200], arg_text[200];
  snprintf (name_text, sizeof name_text, "%s", name);
  snprintf (path_text, sizeof path_text, "PATH=%s", path);
  snprintf (arg_text, sizeof arg_text, "%s", arg);
  char variable[] = "HELLO=world";
  char *env[] = { variable, path_text, NULL };
  char *argv[] = { name_text, arg_text, NULL };
  struct envlist list;
  int status = 0;

  unit_check (envlist_init (&list, env, 2) == 0);
  pid_t pid = fork ();
  if (pid == 0)
    _exit (chain_exec (argv, &list));
  unit_check (waitpid (pid, &status, 0) == pid && WIFEXITED (status));
  free (list.vector);
  return WEXITSTATUS (status);
}

static void
write_program (char const *name, char const *body, mode_t mode)
{
  FILE *f = fopen (name, "w");
  bool is_good = f && fputs (body, f) >= 0;
  if (f && fclose (f) != 0)
    is_good = false;
  unit_check (is_good && chmod (name, mode) == 0);
}

static void
test_exec (void)
{
  unit_check (mkdir ("bin", 0755) == 0 && mkdir ("bin/dir", 0755) == 0);
  write_program ("bin/good", "#!/bin/sh\ntest \"$HELLO\" = world"
                 " && test \"$#\" = 1 && exit $1\n", 0755);
  write_program ("bin/bare", "exit $1\n", 0755);
  write_program ("bin/locked", "#!/bin/sh\nexit 0\n", 0644);

  unit_check (exec_status ("good", "/nonexistent:bin", "17") == 17);
  unit_check (exec_status ("bin/good", "/nonexistent", "18") == 18);
  unit_check (exec_status ("./bin/good", "", "19") == 19);
  unit_promise ("the program is searched for in the PATH of its environment");

  unit_check (exec_status ("bare", "bin", "21") == 21);
  unit_check (exec_status ("bin/bare", "bin", "22") == 22);
  unit_promise ("a script without #! is run by the shell");

  unit_check (exec_status ("nosuch", "bin", "") == EXIT_NOT_FOUND);
  unit_check (exec_status ("./nosuch", "bin", "") == EXIT_NOT_FOUND);
  unit_check (exec_status ("", "bin", "") == EXIT_NOT_FOUND);
  unit_check (exec_status ("./bin/good/x", "bin", "") == EXIT_NOT_FOUND);
  unit_promise ("a missing program gives status 127");

  unit_check (exec_status ("locked", "bin", "") == EXIT_CANNOT_RUN);
  unit_check (exec_status ("./bin/locked", "bin", "") == EXIT_CANNOT_RUN);
  unit_check (exec_status ("./bin/dir", "bin", "") == EXIT_CANNOT_RUN);
  unit_promise ("a program that cannot be executed gives status 126");
}

/* Return whether chain_names makes WANTED of NAMES, COUNT and NAME.  */
static bool
names_are (char const *names, int count, char const *name,
           char const *wanted)
{
  char *value = chain_names (names, count, name);
  bool result = value && strcmp (value, wanted) == 0;
  free (value);
  return result;
}

static void
test_names (void)
{
  unit_check (names_are (NULL, 0, "a", "a"));
  unit_check (names_are (NULL, 0, NULL, "unknown"));
  unit_check (names_are (NULL, 1, "a", "unknown:a"));
  unit_check (names_are (NULL, 3, "a", "unknown:unknown:unknown:a"));
  unit_promise ("descriptors without names get the name \"unknown\"");

  unit_check (names_are ("a", 1, "b", "a:b"));
  unit_check (names_are ("a", 1, NULL, "a:unknown"));
  unit_check (names_are ("", 1, "b", ":b"));
  unit_check (names_are ("a:b", 2, "c", "a:b:c"));
  unit_check (names_are ("a::b", 3, "c", "a::b:c"));
  unit_promise ("a list of names grows by one");

  unit_check (names_are ("a", 2, "b", "a:unknown:b"));
  unit_check (names_are ("a:", 4, "b", "a::unknown:unknown:b"));
  unit_promise ("a list that is too short is filled up");

  unit_check (names_are ("a", 0, NULL, "a"));
  unit_check (names_are ("", 0, NULL, ""));
  unit_check (names_are ("a:b", 0, NULL, "a:b"));
  unit_check (names_are ("a:b:c", 2, NULL, "a:b:c"));
  unit_check (names_are (":", 1, NULL, ":"));
  unit_check (names_are ("a::c:d", 1, NULL, "a::c:d"));
  unit_promise ("a list that is longer than the count is not cut");

  unit_check (names_are ("a", 0, "b", "b"));
  unit_check (names_are ("", 0, "b", "b"));
  unit_check (names_are ("a:", 1, "b", "a:b"));
  unit_check (names_are ("a:b:c", 0, "d", "d:b:c"));
  unit_check (names_are ("a:b:c", 1, "d", "a:d:c"));
  unit_check (names_are ("a:b:c", 2, "d", "a:b:d"));
  unit_check (names_are ("a::c", 1, "d", "a:d:c"));
  unit_check (names_are ("::", 2, "d", "::d"));
  unit_promise ("a name replaces only the name of its descriptor");
}

int
main (void)
{
  test_names ();
  test_inherited ();
  test_place ();
  test_exec ();
  return unit_end ();
}
