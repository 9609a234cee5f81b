/* spawn.c -- unit test of src/spawn/spawn*.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "spawn/spawn.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "spawn/lanes.h"
#include "spawn/program.h"
#include "base/signals.h"
#include "unit.h"

static char variable[] = "HELLO=world";
static char *environment[] = { variable, NULL };

/* The output of the program, and whether the process was made.  */
static char said[4096];
static bool found_process;

/* Return whether this process has no children left.  */
static bool
is_childless (void)
{
  return waitpid (-1, NULL, WNOHANG) < 0 && errno == ECHILD;
}

/* Start a child with SPAWN, send it "in", and store its output in SAID.
   Return its exit status, or -1 with errno set if it did not start.  */
static int
serve_once (struct spawn *spawn)
{
  int ends[2];
  int status = 0;
  size_t n = 0;
  ssize_t r;

  unit_check (socketpair (AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  unit_check (2 < ends[0] && 2 < ends[1]);
  fcntl (ends[0], F_SETFD, FD_CLOEXEC);
  fcntl (ends[1], F_SETFD, FD_CLOEXEC);
  unit_check (write (ends[0], "in\n", 3) == 3);
  pid_t pid = spawn_start (spawn, spawn_lane (spawn), ends[1], -1,
                           environment, &found_process);
  int errnum = errno;
  close (ends[1]);
  spawn_let_run (spawn);
  while (0 < (r = read (ends[0], said + n, sizeof said - 1 - n)))
    n += r;
  said[n] = '\0';
  close (ends[0]);
  if (pid < 0)
    return errno = errnum, -1;
  unit_check (found_process);
  unit_check (waitpid (pid, &status, 0) == pid && WIFEXITED (status));
  unit_check (spawn_end (spawn, pid) == 0);
  return WEXITSTATUS (status);
}

/* Start the program NAME with the argument ARG, searched for in PATH, as
   serve_once does.  */
static int
run (char const *name, char const *arg, char const *path)
{
  char name_text[200], arg_text[200];
  char *argv[] = { name_text, arg_text, NULL };

  snprintf (name_text, sizeof name_text, "%s", name);
  snprintf (arg_text, sizeof arg_text, "%s", arg);
  found_process = false;
  struct spawn *spawn = spawn_new (argv, path);
  unit_check (spawn != NULL);
  if (! spawn)
    return -1;
  int status = serve_once (spawn);
  int errnum = errno;
  /* All memory is allocated at the first call.  A second call has the same
     result.  */
  unit_check (serve_once (spawn) == status
              && (status != -1 || errno == errnum));
  errno = errnum;
  return status;
}

/* Return whether running the program fails with ERRNUM and leaves no
   child.  */
static bool
cannot_run (char const *name, char const *path, int errnum)
{
  errno = 0;
  return (run (name, "", path) == -1 && errno == errnum && found_process
          && *said == '\0' && is_childless ());
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
make_programs (void)
{
  unit_check (mkdir ("a", 0755) == 0 && mkdir ("b", 0755) == 0
              && mkdir ("locked", 0755) == 0);
  write_program ("a/which", "#!/bin/sh\necho a; exit $1\n", 0755);
  write_program ("b/which", "#!/bin/sh\necho b; exit $1\n", 0755);
  write_program ("which", "#!/bin/sh\necho here; exit $1\n", 0755);
  write_program ("locked/which", "#!/bin/sh\necho locked\n", 0644);
  write_program ("locked/only", "#!/bin/sh\necho locked\n", 0644);
  write_program ("b/bare", "echo bare \"$0\" \"$#\" \"$1\"; exit 3\n", 0755);
  write_program ("b/echo-in", "#!/bin/sh\nread x; echo \"$x $HELLO\"\n", 0755);
  write_program ("b/broken", "#!/nonexistent/interpreter\n", 0755);
  unit_check (mkdir ("b/dir", 0755) == 0 && symlink ("loop", "b/loop") == 0);
}

/* The names that program_run has tried, and what try_name returns for "a", "b"
   and "c".  */
static char tried_names[8];
static int results[3];

static int
try_name (char const *name, char **argv _GL_UNUSED, char **envp _GL_UNUSED)
{
  size_t n = strlen (tried_names);
  if (n < sizeof tried_names - 1)
    tried_names[n] = *name;
  return results[*name - 'a'];
}

/* Call program_run for the names "a", "b" and "c", with *TRIED.  */
static int
try_names (size_t *tried)
{
  static char a[] = "a", b[] = "b", c[] = "c";
  static char *names[] = { a, b, c, NULL };
  static char *script[] = { c, NULL, NULL };
  struct program program = { .argv = names, .candidates = names };

  memset (tried_names, 0, sizeof tried_names);
  return program_run (&program, tried, script, environment, try_name);
}

static void
test_names (void)
{
  static int const absent[] = { ENOENT, ENOTDIR, ENODEV, ESTALE, ETIMEDOUT };
  size_t tried;

  for (size_t i = 0; i < sizeof absent / sizeof *absent; i++)
    {
      results[0] = absent[i];
      tried = 0;
      unit_check (try_names (&tried) == 0 && tried == 1);
    }
  unit_promise ("an error that means \"no such file\" does not end the"
                " search");

  results[0] = results[1] = results[2] = ENOENT;
  tried = 1;
  unit_check (try_names (&tried) == ENOENT
              && strcmp (tried_names, "bac") == 0);
  results[0] = 0;
  tried = 1;
  unit_check (try_names (&tried) == 0 && tried == 0);
  unit_promise ("after the name that worked last time, the others are tried in"
                " their order");
}

static void
test_search (void)
{
  unit_check (run ("which", "7", "a:b") == 7 && strcmp (said, "a\n") == 0);
  unit_check (run ("which", "7", "b:a") == 7 && strcmp (said, "b\n") == 0);
  unit_check (run ("which", "7", "/nonexistent:b") == 7
              && strcmp (said, "b\n") == 0);
  unit_check (run ("which", "7", "a/which:b") == 7
              && strcmp (said, "b\n") == 0);
  unit_promise ("the first program of this name in PATH is run");

  unit_check (run ("which", "7", "") == 7 && strcmp (said, "here\n") == 0);
  unit_check (run ("which", "7", ":a") == 7 && strcmp (said, "here\n") == 0);
  unit_check (run ("which", "7", "/nonexistent::a") == 7
              && strcmp (said, "here\n") == 0);
  unit_check (run ("which", "7", "/nonexistent:") == 7
              && strcmp (said, "here\n") == 0);
  unit_promise ("an empty member of PATH is the current directory");

  char late[] = "late", path[] = "a:b";
  char *argv[] = { late, NULL };
  struct spawn *spawn = spawn_new (argv, path);
  unit_check (spawn && serve_once (spawn) == -1);
  write_program ("b/late", "#!/bin/sh\necho b\n", 0755);
  write_program ("a/late", "#!/bin/sh\necho a\n", 0755);
  unit_check (spawn && serve_once (spawn) == 0 && strcmp (said, "a\n") == 0);
  unit_promise ("a program that was missing at first is searched for in the"
                " order of PATH");

  unit_check (run ("./which", "7", "a") == 7 && strcmp (said, "here\n") == 0);
  unit_check (run ("b/which", "7", "a") == 7 && strcmp (said, "b\n") == 0);
  unit_promise ("a name with a slash is not searched for in PATH");

  unit_check (run ("sh", "/dev/null", NULL) == 0);
  unit_promise ("without PATH the default directories of the system are"
                " searched");

  unit_check (run ("which", "7", "locked:b") == 7
              && strcmp (said, "b\n") == 0);
  unit_promise ("a file that may not be run does not end the search");
}

static void
test_failures (void)
{
  unit_check (cannot_run ("nosuch", "a:b", ENOENT));
  unit_check (cannot_run ("./nosuch", "a:b", ENOENT));
  unit_check (cannot_run ("", "a:b", ENOENT));
  /* valgrind itself crashes at this one.  */
  if (! unit_is_wrapped ())
    unit_check (cannot_run ("broken", "b", ENOENT));
  unit_promise ("a missing program is reported, and its process is reaped");

  unit_check (cannot_run ("only", "locked", EACCES));
  unit_check (cannot_run ("only", "a:locked:b", EACCES));
  unit_check (cannot_run ("locked/only", "a", EACCES));
  unit_check (cannot_run ("./b/dir", "a", EACCES));
  unit_promise ("a program that we may not execute gives EACCES, even if it"
                " is missing in other directories");

  unit_check (cannot_run ("loop", "b:a", ELOOP));
  unit_check (cannot_run ("which/x", "a", ENOTDIR));
  unit_promise ("any other error is reported unchanged");
}

static void
test_child (void)
{
  unit_check (run ("echo-in", "", "b") == 0
              && strcmp (said, "in world\n") == 0);
  unit_promise ("the program has the connection as 0 and 1, and the given"
                " environment");

  /* The shell may use descriptors from 10 on itself.  */
  char open[32] = "", *end = open;
  write_program ("b/open", "#!/bin/sh\nfor fd in 3 4 5 6 7 8 9; do"
                 " if (: >&$fd) 2>/dev/null; then echo $fd; fi; done\n", 0755);
  for (int fd = 3; fd <= 9; fd++)
    if (fcntl (fd, F_GETFD) == 0)
      end += sprintf (end, "%d\n", fd);
  unit_check (run ("open", "", "b") == 0 && strcmp (said, open) == 0);
  unit_promise ("the program gets no descriptor that is close-on-exec");

  unit_check (run ("bare", "x y", "a:b") == 3);
  unit_check (strcmp (said, "bare b/bare 1 x y\n") == 0);
  unit_check (run ("./b/bare", "", "a") == 3);
  unit_check (strcmp (said, "bare ./b/bare 1 \n") == 0);
  unit_promise ("a script without #! is run by the shell under its own name");

  /* Each child gets the same arguments, even if a child before it has modified
     them.  */
  char name[] = "bare", x[] = "x", y[] = "y y", path[] = "b";
  char *argv[] = { name, x, y, NULL };
  struct spawn *spawn = spawn_new (argv, path);
  for (int i = 0; i < 50 && spawn; i++)
    {
      unit_check (serve_once (spawn) == 3);
      unit_check (strcmp (said, "bare b/bare 2 x\n") == 0);
    }
  unit_check (spawn && is_childless ());
  unit_promise ("each of 50 children gets the same arguments");
}

static void
test_signals (void)
{
  static int const wanted[] = { SIGTERM };
  char show[] = "b/signals";
  char *argv[] = { show, NULL };
  sigset_t all, old;

  /* Use the kill of the shell: if SIGTERM were blocked in the shell, the
     script would stay alive.  */
  write_program (show, "#!/bin/sh\nkill -TERM $$\necho alive\n", 0755);
  signal (SIGTERM, SIG_IGN);
  unit_check (signals_init (wanted, 1) == 0);
  sigfillset (&all);
  sigprocmask (SIG_BLOCK, &all, &old);

  struct spawn *spawn = spawn_new (argv, NULL);
  int ends[2];
  unit_check (spawn && socketpair (AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  fcntl (ends[1], F_SETFD, FD_CLOEXEC);
  pid_t pid = spawn_start (spawn, spawn_lane (spawn), ends[1], -1,
                           environment, &found_process);
  int status = 0;
  spawn_let_run (spawn);
  unit_check (0 < pid && waitpid (pid, &status, 0) == pid);
  unit_check (WIFSIGNALED (status) && WTERMSIG (status) == SIGTERM);
  close (ends[0]);
  close (ends[1]);

  sigset_t now;
  sigprocmask (SIG_BLOCK, NULL, &now);
  for (int sig = 1; sig < 32; sig++)
    unit_check (sigismember (&now, sig) == sigismember (&all, sig)
                || sig == SIGKILL || sig == SIGSTOP);
  unit_promise ("the program has no signal blocked or ignored, and our mask"
                " is unchanged");
}

static void
test_method (void)
{
  char name[] = "which";
  char *argv[] = { name, NULL };
  struct spawn *spawn = spawn_new (argv, "a");

  unit_check (spawn != NULL);
#ifdef SPAWN_ONLY
  unit_check (strcmp (spawn_method (spawn), METHOD_NAME) == 0);
#else
  unit_check (unit_is_wrapped ()
              || strcmp (spawn_method (spawn), METHOD_NAME) == 0);
#endif
  unit_check (is_childless ());
  unit_promise ("the method can be asked for, and no child is left");
}

#ifdef SPAWN_ONLY
/* These tests are linked with lanes-none.c.  */
static void
test_no_lanes (void)
{
  unit_check (lanes_new (NULL) == NULL && errno == ENOSYS);
  unit_check (lanes_pick (NULL) == -1);
  unit_check (lanes_start (NULL, 0, 0, -1, environment) == -1
              && errno == ENOSYS);
  lanes_let_run (NULL, 0);
  unit_check (lanes_end (NULL, 1) == 0 && lanes_shortage (NULL) == 0);
  unit_promise ("without lanes no lane is free, and none has failed");
}
#endif

int
main (void)
{
#ifdef SPAWN_ONLY
  test_no_lanes ();
#endif
  make_programs ();
  test_method ();
  test_names ();
  test_search ();
  test_failures ();
  test_child ();
  test_signals ();
  return unit_end ();
}
