/* load.c -- clients of a local stream socket, as fast as the server answers.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: load [OPTION]... PATH CONNECTIONS AT-ONCE

   Make CONNECTIONS connections to PATH, AT-ONCE of them at the same time, and
   wait until the server has closed each.  The reply must be "ok\n".

     -t MS        begin no connection after this time
     -h COUNT     meanwhile hold COUNT more connections open; each has got its
                  reply, and ends after the others
     -s           shut down our direction of each connection at once, for a
                  service that reads to the end
     -w SECONDS   first wait up to this time for a right reply
     -p PID       the server whose processor time is measured (needs /proc)

   Print one line of names and numbers:

     connections N seconds S rate R p50 A p90 B p99 C server-cpu V
     client-cpu U failed F

   R is the number of right replies per second.  A, B and C are latencies in
   microseconds, from before the call of socket to the end of the connection.
   V is the processor time of the server without its children, U that of this
   program, both for one connection in microseconds.  V is there only with -p.
   Held connections are not counted.  If nothing arrives for STALL seconds,
   give up.  Exit with 1 if no connection was good.

   One process waits for all connections, by epoll and only for their ends,
   because the processor time of this program is lost for the servers: most of
   them could use every processor of a small machine.  One process for each of
   the AT-ONCE connections would wake twice for each reply, and cost up to 50 %
   more; poll would also cost that with 64 connections.  */

#include <config.h>

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum
{
  STALL = 20,
  CONNECTIONS_MAX = 100000000,
  AT_ONCE_MAX = 4096,
  HELD_MAX = 100000
};

static char const reply[] = "ok\n";

static struct sockaddr_un addr = { .sun_family = AF_UNIX };
static bool half_close;

/* How many connections have ended, now and when the watchdog last looked.  */
static size_t volatile done;
static size_t volatile done_before;

static size_t failed;

_Noreturn static void
fail (char const *what)
{
  fprintf (stderr, "load: %s: %s\n", what, strerror (errno));
  exit (EXIT_FAILURE);
}

static void
watchdog (int sig)
{
  static char const message[] = "load: no answer\n";
  if (done == done_before)
    {
      if (write (STDERR_FILENO, message, sizeof message - 1) < 0)
        _exit (EXIT_FAILURE);
      _exit (EXIT_FAILURE);
    }
  done_before = done;
  (void) sig;
}

static double
microseconds (void)
{
  struct timespec ts;
  clock_gettime (CLOCK_MONOTONIC, &ts);
  return ts.tv_sec * 1e6 + ts.tv_nsec / 1e3;
}

/* Return the processor time that this process has used, in microseconds.  */
static double
used (void)
{
  struct rusage usage;
  getrusage (RUSAGE_SELF, &usage);
  return ((usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6
          + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

/* Read the first line of /proc/PID/NAME into LINE, which has SIZE bytes.
   Return whether there is one.  */
static bool
read_proc (size_t pid, char const *name, char *line, size_t size)
{
  char path[64];
  snprintf (path, sizeof path, "/proc/%zu/%s", pid, name);
  FILE *f = fopen (path, "r");
  bool good = f && fgets (line, size, f);
  if (f)
    fclose (f);
  return good;
}

/* Return the processor time that PID has used, in microseconds.  It is exact
   to a nanosecond if the scheduler reports it, otherwise to a clock tick.  */
static double
used_by (size_t pid)
{
  char line[1024];
  if (read_proc (pid, "schedstat", line, sizeof line))
    return strtoull (line, NULL, 10) / 1e3;

  if (! read_proc (pid, "stat", line, sizeof line))
    fail ("the processor time of the server");
  /* The name, in parentheses, may contain blanks and parentheses.  */
  char *p = strrchr (line, ')');
  for (int i = 0; p && i < 12; i++)
    p = strchr (p + 1, ' ');
  if (! p)
    fail ("the processor time of the server");
  double user = strtoull (p, &p, 10);
  return (user + strtoull (p, NULL, 10)) * 1e6 / sysconf (_SC_CLK_TCK);
}

/* Return TEXT as a number from LOW to HIGH.  Exit if it is none.  */
static size_t
number (char const *text, size_t low, size_t high)
{
  char *end;
  errno = 0;
  unsigned long int n = strtoul (text, &end, 10);
  if (errno != 0 || end == text || *end || n < low || high < n)
    {
      errno = EINVAL;
      fail (text);
    }
  return n;
}

/* Return a new connection, or -1.  */
static int
begin_visit (void)
{
  int fd = socket (AF_UNIX, SOCK_STREAM, 0);
  if (fd < 0)
    fail ("socket");
  if (connect (fd, (struct sockaddr const *) &addr, sizeof addr) != 0)
    {
      close (fd);
      return -1;
    }
  if (half_close)
    shutdown (fd, SHUT_WR);
  return fd;
}

/* Return whether the next data from FD is the reply.  */
static bool
is_answered (int fd)
{
  char buffer[sizeof reply + 8];
  return (read (fd, buffer, sizeof buffer) == sizeof reply - 1
          && memcmp (buffer, reply, sizeof reply - 1) == 0);
}

/* Sleep for five milliseconds.  */
static void
rest (void)
{
  nanosleep (&(struct timespec) { .tv_nsec = 5000000 }, NULL);
}

/* Wait up to SECONDS for a right reply.  Exit if there is none.  */
static void
wait_for_server (double seconds)
{
  double deadline = microseconds () + seconds * 1e6;
  for (;;)
    {
      int fd = begin_visit ();
      bool good = 0 <= fd && is_answered (fd);
      if (0 <= fd)
        close (fd);
      if (good)
        return;
      if (deadline < microseconds ())
        {
          fputs ("load: no server\n", stderr);
          exit (EXIT_FAILURE);
        }
      rest ();
    }
}

static int
compare (void const *a, void const *b)
{
  double x = *(double const *) a;
  double y = *(double const *) b;
  return (x > y) - (x < y);
}

/* A connection whose end is awaited.  */
struct visit
{
  int fd;
  double begin;
};

/* Begin VISIT and add it to POLLER.  No event is requested, because epoll
   always reports a hangup.  Return whether the connection was made.  */
static bool
start (struct visit *visit, int poller)
{
  struct epoll_event event = { .data.ptr = visit };

  visit->begin = microseconds ();
  visit->fd = begin_visit ();
  if (visit->fd < 0)
    {
      failed++;
      done++;
      return false;
    }
  if (epoll_ctl (poller, EPOLL_CTL_ADD, visit->fd, &event) != 0)
    fail ("epoll_ctl");
  return true;
}

/* Make TOTAL connections, AT_ONCE at the same time, but begin none after
   DEADLINE.  Store in TOOK how long each good one took, and return the number
   of good ones.  */
static size_t
visit_all (size_t total, size_t at_once, double deadline, double *took)
{
  struct visit *visits = calloc (at_once, sizeof *visits);
  struct epoll_event *events = calloc (at_once, sizeof *events);
  int poller = epoll_create1 (EPOLL_CLOEXEC);
  size_t started = 0, active = 0, good = 0;
  if (! visits || ! events || poller < 0)
    fail ("preparation");

  while (active < at_once && started < total)
    {
      started++;
      active += start (&visits[active], poller);
    }
  while (0 < active)
    {
      int n = epoll_wait (poller, events, at_once, -1);
      if (n < 0 && errno != EINTR)
        fail ("epoll_wait");
      for (int i = 0; i < n; i++)
        {
          struct visit *visit = events[i].data.ptr;
          bool right = is_answered (visit->fd);
          close (visit->fd);
          double time = microseconds ();
          done++;
          if (right)
            took[good++] = time - visit->begin;
          else
            failed++;
          active--;
          while (started < total && time < deadline)
            {
              started++;
              if (start (visit, poller))
                {
                  active++;
                  break;
                }
            }
        }
    }
  close (poller);
  free (visits);
  free (events);
  return good;
}

int
main (int argc, char **argv)
{
  double limit = 1e18;
  size_t held = 0;
  double patience = 0;
  size_t server = 0;
  int option;

  while ((option = getopt (argc, argv, "t:h:sw:p:")) != -1)
    switch (option)
      {
      case 't': limit = number (optarg, 1, 100000000) * 1e3; break;
      case 'h': held = number (optarg, 0, HELD_MAX); break;
      case 's': half_close = true; break;
      case 'w': patience = number (optarg, 1, 3600); break;
      case 'p': server = number (optarg, 1, 4194304); break;
      default: return EXIT_FAILURE;
      }
  if (argc - optind != 3 || sizeof addr.sun_path <= strlen (argv[optind]))
    {
      fputs ("usage: load [-t MS] [-h COUNT] [-s] [-w SECONDS] [-p PID]"
             " PATH CONNECTIONS AT-ONCE\n", stderr);
      return EXIT_FAILURE;
    }
  strcpy (addr.sun_path, argv[optind]);
  size_t total = number (argv[optind + 1], 1, CONNECTIONS_MAX);
  size_t at_once = number (argv[optind + 2], 1, AT_ONCE_MAX);
  double *took = malloc (total * sizeof *took);
  int *holds = malloc ((held + 1) * sizeof *holds);
  if (! took || ! holds)
    fail ("memory");

  if (patience)
    wait_for_server (patience);
  sigaction (SIGALRM, &(struct sigaction) { .sa_handler = watchdog }, NULL);
  setitimer (ITIMER_REAL, &(struct itimerval) { { STALL, 0 }, { STALL, 0 } },
             NULL);

  bool shuts = half_close;
  half_close = false;
  for (size_t i = 0; i < held; i++, done++)
    {
      holds[i] = begin_visit ();
      if (holds[i] < 0 || ! is_answered (holds[i]))
        fail ("a held connection");
    }
  half_close = shuts;

  size_t before = done;
  double server_cpu = server ? used_by (server) : 0;
  double cpu = used ();
  double begin = microseconds ();
  size_t good = visit_all (total, at_once, begin + limit, took);
  double seconds = (microseconds () - begin) / 1e6;
  cpu = used () - cpu;
  if (server)
    {
      /* Let the server reap its last children.  */
      rest ();
      server_cpu = used_by (server) - server_cpu;
    }
  for (size_t i = 0; i < held; i++)
    {
      shutdown (holds[i], SHUT_WR);
      if (is_answered (holds[i]))
        failed++;
    }

  if (good == 0)
    {
      fputs ("load: every connection failed\n", stderr);
      return EXIT_FAILURE;
    }
  qsort (took, good, sizeof *took, compare);
  printf ("connections %zu seconds %.3f rate %.0f p50 %.0f p90 %.0f p99 %.0f",
          done - before, seconds, good / seconds, took[good / 2],
          took[good * 9 / 10], took[good * 99 / 100]);
  if (server)
    printf (" server-cpu %.2f", server_cpu / (done - before));
  printf (" client-cpu %.2f failed %zu\n", cpu / (done - before), failed);
  return EXIT_SUCCESS;
}
