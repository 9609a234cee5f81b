/* cli.c -- unit test of src/cli/cli.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

/* Include the source file, because it is in no library.  */
#include "cli/cli.c"

#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

/* Return the exit status of a child that reads the options of ARGV as a tool
   does, and exits with 0 if there is none.  */
static int
status_of (int argc, char **argv)
{
  static struct option const options[] =
    { CLI_LONG_OPTIONS, { NULL, 0, NULL, 0 } };
  int status = -1;
  pid_t pid = fork ();

  if (pid == 0)
    _exit (cli_option (argc, argv, "+:", options) == -1 ? 0 : 1);
  unit_check (waitpid (pid, &status, 0) == pid && WIFEXITED (status));
  return WEXITSTATUS (status);
}

/* Newer kernels give a program an empty name if its caller gives it none.  */
static void
test_no_name (void)
{
  char name[] = "tool", path[] = "s";
  char *none[] = { NULL, path, NULL };
  char *argv[] = { name, path, NULL };

  unit_check (status_of (1, argv) == 0 && status_of (2, argv) == 0);
  unit_check (status_of (0, none) == EXIT_USAGE);
  unit_promise ("an empty list of arguments is an error");
}

static void
test_backlog (void)
{
  unit_check (cli_backlog ("it", "0", 10) == 0);
  unit_check (cli_backlog ("it", "2147483647", 10) == 2147483647);
  unit_check (cli_backlog ("it", "4294967295", 10) == INT_MAX);
  unit_promise ("a backlog that does not fit into an int is as large as"
                " possible");
}

int
main (void)
{
  log_init ("unit-cli", "unit-cli");
  test_no_name ();
  test_backlog ();
  return unit_end ();
}
