/* ipc-probe.c -- connect to local stream sockets, for the tests.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: ipc-probe [OPTION]... PATH

   Connect to PATH and copy what the server sends to standard output until the
   server closes the connection.  Exit with 0 then, 1 if the connection could
   not be made ("connect: REASON" on standard error), 2 if it was reset.

   PATH may have escapes \ooo.  If it begins with \000, it is an abstract name.

     -b BYTES   first bind to the name BYTES, which may have escapes \ooo; it
                ends without a NUL if it fills sun_path
     -a NAME    first bind to the abstract name NAME
     -g GID     set this gid and no supplementary groups before connecting
     -G COUNT   set the supplementary groups 20001 to 20000 + COUNT
     -u UID     set this uid before connecting
     -E UID:GID set these effective ids only while connecting
     -s TEXT    send TEXT and a newline
     -e         then shut down the sending side
     -i         copy standard input to the server, and shut down the sending
                side at its end; print "connected" first
     -N         fail if the backlog is full, instead of waiting for room
     -v         vanish: exit right after connecting (and sending)
     -n COUNT   make COUNT connections, one after the other
     -p COUNT   make COUNT connections at the same time, each in a process of
                its own; print the first line of each reply, then "held", and
                keep the connections until standard input ends
     -r TEXT    compare each reply with TEXT and a newline instead of copying
                it; if it differs, print it and exit with 3
     -c         at the end, print "visits N": how many connections the server
                closed without a reset; with -r, count only those
                whose reply is right
     -m         at the end, print "median N": the median time, in
                microseconds, from connect to the end of the reply
     -d SECONDS exit with 4 after that time (default 600) */

#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char const *bind_bytes;
static char const *abstract_name;
static char const *effective_ids;
static char const *sent_text;
static char const *wanted_reply;
static char const *server_path;
static bool ends_sending;
static bool copies_input;
static bool never_waits;
static bool vanishes;
static bool measures;
static int visits;

static void
fail (char const *what)
{
  fprintf (stderr, "%s: %s\n", what, strerror (errno));
  exit (1);
}

/* Put the bytes that TEXT describes into the sun_path of *ADDR.  Return the
   length of the address.  */
static socklen_t
unescape (char const *text, struct sockaddr_un *addr)
{
  size_t n = 0;
  memset (addr, 0, sizeof *addr);
  addr->sun_family = AF_UNIX;
  while (*text && n < sizeof addr->sun_path)
    if (*text == '\\')
      {
        addr->sun_path[n++] = ((text[1] - '0') * 64 + (text[2] - '0') * 8
                               + (text[3] - '0'));
        text += 4;
      }
    else
      addr->sun_path[n++] = *text++;
  return offsetof (struct sockaddr_un, sun_path) + n
         /* A path ends with a NUL; an abstract name is as long as the length
            says.  */
         + (n < sizeof addr->sun_path && addr->sun_path[0] != '\0');
}

static void
bind_as_asked (int fd)
{
  struct sockaddr_un addr;
  socklen_t len = 0;

  if (bind_bytes)
    len = unescape (bind_bytes, &addr);
  else if (abstract_name)
    {
      memset (&addr, 0, sizeof addr);
      addr.sun_family = AF_UNIX;
      snprintf (addr.sun_path + 1, sizeof addr.sun_path - 1, "%s",
                abstract_name);
      len = offsetof (struct sockaddr_un, sun_path) + 1
            + strlen (abstract_name);
    }
  if (len && bind (fd, (struct sockaddr *) &addr, len) != 0)
    fail ("bind");
}

/* Connect FD to ADDR, which has LEN bytes, with the effective ids of -E.  */
static void
connect_as_asked (int fd, struct sockaddr_un const *addr, socklen_t len)
{
  uid_t uid = geteuid ();
  gid_t gid = getegid ();

  if (effective_ids
      && (setegid (strtoul (strchr (effective_ids, ':') + 1, NULL, 10)) != 0
          || seteuid (strtoul (effective_ids, NULL, 10)) != 0))
    fail ("seteuid");
  if (connect (fd, (struct sockaddr const *) addr, len) != 0)
    fail ("connect");
  if (effective_ids && (seteuid (uid) != 0 || setegid (gid) != 0))
    fail ("seteuid");
}

static void
put (int fd, char const *bytes, size_t n)
{
  while (n)
    {
      ssize_t w = write (fd, bytes, n);
      if (w <= 0)
        return;
      bytes += w;
      n -= w;
    }
}

static int
connect_to_server (void)
{
  struct sockaddr_un addr;
  int fd = socket (AF_UNIX, SOCK_STREAM, 0);

  if (fd < 0)
    fail ("socket");
  bind_as_asked (fd);
  socklen_t len = unescape (server_path, &addr);
  int flags = fcntl (fd, F_GETFL);
  if (never_waits)
    fcntl (fd, F_SETFL, flags | O_NONBLOCK);
  connect_as_asked (fd, &addr, len);
  if (never_waits)
    fcntl (fd, F_SETFL, flags);
  if (copies_input)
    {
      puts ("connected");
      fflush (stdout);
    }
  if (sent_text)
    {
      put (fd, sent_text, strlen (sent_text));
      put (fd, "\n", 1);
    }
  if (ends_sending)
    shutdown (fd, SHUT_WR);
  return fd;
}

/* Copy in both directions until the server closes.  Return the exit
   status.  */
static int
relay (int fd)
{
  char buffer[65536];
  struct pollfd fds[2] = { { .fd = fd, .events = POLLIN },
                           { .fd = copies_input ? 0 : -1, .events = POLLIN } };
  for (;;)
    {
      if (poll (fds, 2, -1) < 0)
        continue;
      if (fds[0].revents)
        {
          ssize_t n = read (fd, buffer, sizeof buffer);
          if (n < 0)
            return 2;
          if (n == 0)
            return 0;
          put (1, buffer, n);
        }
      if (fds[1].revents)
        {
          ssize_t n = read (0, buffer, sizeof buffer);
          if (n <= 0)
            {
              shutdown (fd, SHUT_WR);
              fds[1].fd = -1;
            }
          else
            put (fd, buffer, n);
        }
    }
}

/* Read the reply from FD to its end and compare it.  Return the exit
   status.  */
static int
compare (int fd)
{
  char reply[65536];
  size_t n = 0;
  ssize_t r;

  while (n < sizeof reply - 1
         && 0 < (r = read (fd, reply + n, sizeof reply - 1 - n)))
    n += r;
  reply[n] = '\0';
  size_t len = strlen (wanted_reply);
  if (n == len + 1 && memcmp (reply, wanted_reply, len) == 0
      && reply[len] == '\n')
    return 0;
  printf ("got '%s'\n", reply);
  return 3;
}

/* Return the monotonic time in microseconds.  */
static long long int
microseconds (void)
{
  struct timespec ts;
  clock_gettime (CLOCK_MONOTONIC, &ts);
  return ts.tv_sec * 1000000LL + ts.tv_nsec / 1000;
}

static int
compare_times (void const *a, void const *b)
{
  long long int const *x = a;
  long long int const *y = b;
  return (*x > *y) - (*x < *y);
}

static int
visit (void)
{
  int fd = connect_to_server ();
  int status = vanishes ? 0 : wanted_reply ? compare (fd) : relay (fd);
  close (fd);
  visits += status == 0;
  return status;
}

static void
print_visits (void)
{
  printf ("visits %d\n", visits);
}

/* Hold COUNT connections at the same time, each in a process of its own.  */
static int
hold_many (int count)
{
  int results[2];
  int release[2];

  if (pipe (results) != 0 || pipe (release) != 0)
    fail ("pipe");
  fflush (stdout);
  for (int i = 0; i < count; i++)
    {
      pid_t pid = fork ();
      if (pid < 0)
        fail ("fork");
      if (pid == 0)
        {
          char line[256];
          size_t n = 0;
          char c;
          close (release[1]);
          int fd = connect_to_server ();
          while (n < sizeof line - 1 && read (fd, &c, 1) == 1)
            {
              line[n++] = c;
              if (c == '\n')
                break;
            }
          if (n == 0)
            {
              memcpy (line, "closed\n", 7);
              n = 7;
            }
          put (results[1], line, n);
          while (read (release[0], &c, 1) < 0 && errno == EINTR)
            continue;
          _exit (0);
        }
    }
  close (results[1]);
  close (release[0]);

  int lines = 0;
  char c;
  while (lines < count && read (results[0], &c, 1) == 1)
    {
      putchar (c);
      lines += c == '\n';
    }
  puts ("held");
  fflush (stdout);
  while (0 < read (0, &c, 1))
    continue;
  close (release[1]);
  int status = 0, one;
  while (0 < wait (&one))
    if (one != 0)
      status = 1;
  return status;
}

static void
take_groups (int count)
{
  static gid_t groups[65536];
  for (int i = 0; i < count; i++)
    groups[i] = 20001 + i;
  if (setgroups (count, groups) != 0)
    fail ("setgroups");
}

static void
out_of_time (int sig)
{
  (void) sig;
  _exit (4);
}

int
main (int argc, char **argv)
{
  int count = 1;
  int at_once = 0;
  unsigned int seconds = 600;
  char const *uid = NULL;
  char const *gid = NULL;
  int groups = -1;
  int c;

  while ((c = getopt (argc, argv, "+b:a:u:g:G:E:s:eiNvn:p:r:cmd:")) != -1)
    switch (c)
      {
      case 'b': bind_bytes = optarg; break;
      case 'a': abstract_name = optarg; break;
      case 'u': uid = optarg; break;
      case 'g': gid = optarg; break;
      case 'G': groups = atoi (optarg); break;
      case 'E': effective_ids = optarg; break;
      case 's': sent_text = optarg; break;
      case 'e': ends_sending = true; break;
      case 'i': copies_input = true; break;
      case 'N': never_waits = true; break;
      case 'v': vanishes = true; break;
      case 'n': count = atoi (optarg); break;
      case 'p': at_once = atoi (optarg); break;
      case 'r': wanted_reply = optarg; break;
      case 'c': atexit (print_visits); break;
      case 'm': measures = true; break;
      case 'd': seconds = atoi (optarg); break;
      default: return 99;
      }
  if (argc != optind + 1)
    return 99;
  server_path = argv[optind];

  signal (SIGPIPE, SIG_IGN);
  signal (SIGALRM, out_of_time);
  alarm (seconds);
  if (gid && (setgroups (0, NULL) != 0
              || setgid (strtoul (gid, NULL, 10)) != 0))
    fail ("setgid");
  if (0 <= groups)
    take_groups (groups);
  if (uid && setuid (strtoul (uid, NULL, 10)) != 0)
    fail ("setuid");

  if (at_once)
    return hold_many (at_once);
  int status = 0;
  long long int *times = measures ? calloc (count, sizeof *times) : NULL;
  for (int i = 0; i < count && status == 0; i++)
    {
      long long int began = microseconds ();
      status = visit ();
      if (times)
        times[i] = microseconds () - began;
    }
  if (times && status == 0)
    {
      qsort (times, count, sizeof *times, compare_times);
      printf ("median %lld\n", times[count / 2]);
    }
  return status;
}
