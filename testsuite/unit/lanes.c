/* lanes.c -- unit and stress test of src/spawn/lanes-clone.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */


/* Usage: unit-lanes           run the test
          unit-lanes say       be a child of the test: print the variable N */

#include <config.h>

/* Include the source file, to see its static variables.  */
#include "spawn/lanes-clone.c"

#include <sys/socket.h>

#include "unit.h"

/* The number of children started by each test.  */
#if defined __SANITIZE_ADDRESS__
enum { STARTS = 300 };
#else
enum { STARTS = 3000 };
#endif

static struct program program;
static struct lanes *lanes;

/* A child, our end of its connection, and its number.  */
struct start
{
  pid_t pid;
  int fd;
  int number;
};

/* One environment for each lane.  A child reads it, so it must not change
   while the lane is in use.  */
static char variables[LANES][40];
static char *environments[LANES][2];

/* Allocate, write and free memory, as a server does while its children
   start.  */
static void
make_noise (void)
{
  static void *blocks[16];
  static unsigned int turn;
  char text[200];

  for (int i = 0; i < 4; i++)
    {
      size_t size = 16 + turn * 37 % 5000;
      void **block = &blocks[turn++ % 16];
      free (*block);
      *block = malloc (size);
      if (*block)
        memset (*block, turn, size);
      snprintf (text, sizeof text, "%u %zu %p", turn, size, *block);
    }
}

/* Start a child with NUMBER in its environment on a free lane, and store the
   lane in *USED.  If none is free, wait.  */
static struct start
start_held (int number, int *used)
{
  int ends[2];
  int lane;

  unit_check (socketpair (AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  fcntl (ends[0], F_SETFD, FD_CLOEXEC);
  fcntl (ends[1], F_SETFD, FD_CLOEXEC);
  while ((lane = lanes_pick (lanes)) < 0)
    make_noise ();
  snprintf (variables[lane], sizeof variables[lane], "N=%d", number);
  environments[lane][0] = variables[lane];
  struct start start = { .fd = ends[0], .number = number };
  start.pid = lanes_start (lanes, lane, ends[1], -1, environments[lane]);
  unit_check (0 < start.pid);
  close (ends[1]);
  *used = lane;
  return start;
}

/* Likewise, and let the child run.  */
static struct start
start_one (int number)
{
  int lane;
  struct start start = start_held (number, &lane);
  lanes_let_run (lanes, lane);
  return start;
}

/* Wait for the child START and return its status.  Store in *ERROR the error
   that kept it from running the program, or 0. Check that its output is its
   number, or nothing if not SAYS.  */
static int
finish (struct start const *start, bool says, int *error)
{
  char said[100] = "";
  char wanted[100] = "";
  size_t n = 0;
  ssize_t r;
  int status = -1;

  while (0 < (r = read (start->fd, said + n, sizeof said - 1 - n)))
    n += r;
  close (start->fd);
  if (says)
    snprintf (wanted, sizeof wanted, "%d\n", start->number);
  unit_check (strcmp (said, wanted) == 0);
  unit_check (waitpid (start->pid, &status, 0) == start->pid);
  *error = lanes_end (lanes, start->pid);
  return status;
}

/* Start STARTS children in groups.  Send SIG to each, unless SIG is 0. Return
   how many were ended by it.  */
static int
run_groups (bool says, int sig, int wanted_error)
{
  struct start group[LANES + 4];
  int error;
  int killed = 0;

  for (int i = 0; i < STARTS; )
    {
      int n = 0;
      /* More children than there are lanes.  */
      for (; n < LANES + 4 && wanted_error == 0 && i < STARTS; n++, i++)
        {
          group[n] = start_one (i);
          if (sig)
            kill (group[n].pid, sig);
          make_noise ();
        }
      /* The lane of a child that failed is taken until lanes_end has been
         called.  */
      for (; n < LANES && i < STARTS; n++, i++)
        group[n] = start_one (i);
      for (int j = 0; j < n; j++)
        {
          int status = finish (&group[j], says, &error);
          unit_check (error == wanted_error);
          if (WIFSIGNALED (status) && WTERMSIG (status) == sig)
            killed++;
          else if (wanted_error)
            unit_check (WIFEXITED (status)
                        && WEXITSTATUS (status) == EXIT_NOT_FOUND);
          else if (sig == 0)
            unit_check (WIFEXITED (status) && WEXITSTATUS (status) == 0);
        }
    }
  unit_check (waitpid (-1, NULL, WNOHANG) < 0 && errno == ECHILD);
  return killed;
}

static bool
all_lanes_are_free (void)
{
  for (size_t i = 0; i < LANES; i++)
    if (lanes->lane[i].busy || lanes->lane[i].error)
      return false;
  return true;
}

static void
test_many (void)
{
  unit_check (run_groups (true, 0, 0) == 0);
  unit_check (all_lanes_are_free ());
  unit_promise ("each of thousands of children gets its own environment");
}

static void
test_failures (char **candidates)
{
  static char absent[] = "./no-such-program";
  static char *none[] = { absent, NULL };

  program.candidates = none;
  run_groups (false, 0, ENOENT);
  unit_check (all_lanes_are_free ());
  program.candidates = candidates;
  unit_check (run_groups (true, 0, 0) == 0);
  unit_promise ("thousands of children that cannot execute their program are"
                " reported, and later ones run");
}

static void
test_signals (void)
{
  /* The program prints nothing, so the signal may come before or after
     that.  */
  static char quiet[] = "quiet";
  program.argv[1] = quiet;
  int killed = run_groups (false, SIGKILL, 0);
  unit_check (0 < killed);
  unit_check (all_lanes_are_free ());
  killed = run_groups (false, SIGTERM, 0);
  unit_check (0 < killed);
  unit_check (all_lanes_are_free ());
  static char say[] = "say";
  program.argv[1] = say;
  unit_check (run_groups (true, 0, 0) == 0);
  unit_promise ("a signal at any time ends only the child, and frees its"
                " lane");
}

/* The child shares the memory of errno.  */
static void
test_errno (char **candidates)
{
  static char absent[] = "./no-such-program";
  static char *none[] = { absent, NULL };
  int error;

  program.candidates = none;
  for (int i = 0; i < 200; i++)
    {
      struct start start = start_one (i);
      errno = 12345;
      while (! __atomic_load_n (&lanes->lane[0].error, __ATOMIC_ACQUIRE))
        continue;
      unit_check (errno == 12345);
      finish (&start, false, &error);
      unit_check (error == ENOENT);
    }
  program.candidates = candidates;
  unit_promise ("a failure in the child does not change the errno of the"
                " server");
}

static void
test_shortage (void)
{
  lanes->lane[LANES - 1].shortage = ENOMEM;
  unit_check (lanes_shortage (lanes) == ENOMEM && lanes_shortage (lanes) == 0);
  unit_promise ("the shortage of a child is reported once");
}

/* Start a child and look whether it waits until it may run.  Store in *LATE
   whether this has taken so long that it may have given up.  */
static bool
one_waits (bool *late)
{
  struct timespec const rest = { .tv_nsec = 20000000 };
  struct timespec began, now;
  int lane, error;
  char byte;

  clock_gettime (CLOCK_MONOTONIC, &began);
  struct start start = start_held (7, &lane);
  struct lane *l = &lanes->lane[lane];
  while (__atomic_load_n (&l->gate, __ATOMIC_ACQUIRE) == GATE_SHUT
         && __atomic_load_n (&l->busy, __ATOMIC_ACQUIRE))
    continue;
  nanosleep (&rest, NULL);
  bool waits = (__atomic_load_n (&l->busy, __ATOMIC_ACQUIRE) != 0
                && recv (start.fd, &byte, 1, MSG_DONTWAIT) < 0);
  clock_gettime (CLOCK_MONOTONIC, &now);
  *late = LANES_PATIENCE <= now.tv_sec - began.tv_sec;
  lanes_let_run (lanes, lane);
  finish (&start, true, &error);
  return waits;
}

static void
test_gate (void)
{
  enum { TRIES = 100 };
  bool waits = false, late = true;
  int lane, error;

  for (int i = 0; late && i < TRIES; i++)
    waits = one_waits (&late);
  unit_check (waits && ! late);
  unit_promise ("a child runs the program only when the server lets it");

  struct timespec began, now;
  clock_gettime (CLOCK_MONOTONIC, &began);
  struct start start = start_held (7, &lane);
  finish (&start, true, &error);
  clock_gettime (CLOCK_MONOTONIC, &now);
  long int ms = ((now.tv_sec - began.tv_sec) * 1000
                 + (now.tv_nsec - began.tv_nsec) / 1000000);
  unit_check (LANES_PATIENCE * 1000 - 1 <= ms);
  unit_promise ("a child that the server forgets runs the program later");
}

static void
test_stacks (void)
{
  struct lane *lane = &lanes->lane[0];
  size_t page = sysconf (_SC_PAGESIZE);
  size_t size = (STACK_SIZE + page - 1) / page * page;
  char *bottom = lane->stack - size;
  int error;

  memset (bottom, 0xa5, size);
  struct start start = start_one (7);
  finish (&start, true, &error);
  size_t untouched = 0;
  while (untouched < size && (unsigned char) bottom[untouched] == 0xa5)
    untouched++;
  unit_check (untouched < size);
  unit_check (size / 2 < untouched);
  unit_promise ("a child uses less than half of its stack");

  for (size_t i = 0; i < LANES; i++)
    {
      int status = 0;
      char *guard = lanes->lane[i].stack - size - 1;
      pid_t pid = fork ();
      if (pid == 0)
        {
          signal (SIGSEGV, SIG_DFL);
          signal (SIGBUS, SIG_DFL);
          *(char volatile *) guard = 1;
          _exit (0);
        }
      unit_check (waitpid (pid, &status, 0) == pid && WIFSIGNALED (status));
    }
  unit_promise ("memory below a stack cannot be accessed");
}

int
main (int argc, char **argv)
{
  static char self[] = "/proc/self/exe";
  static char name[4096];
  static char say[] = "say";
  static char *child_argv[] = { name, say, NULL };
  static int const wanted[] = { SIGTERM, SIGCHLD };

  if (argc == 2)
    {
      char const *n = getenv ("N");
      return (strcmp (argv[1], "say") == 0
              && (! n || printf ("%s\n", n) < 0));
    }
  /* Without /proc, rely on the name by which this program was started.  */
  if (readlink (self, name, sizeof name - 1) < 0)
    snprintf (name, sizeof name, "%s", argv[0]);
  unit_check (signals_init (wanted, 2) == 0);
  unit_check (program_init (&program, child_argv, NULL) == 0);
  char **candidates = program.candidates;
  lanes = lanes_new (&program);
  if (! lanes)
    {
      unit_promise ("there are no lanes if they do not work");
      return unit_end ();
    }
  test_many ();
  test_failures (candidates);
  test_signals ();
  test_errno (candidates);
  test_shortage ();
  test_gate ();
  test_stacks ();
  return unit_end ();
}
