/* connect-loop.c -- try to connect to a socket while a tool makes it.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: connect-loop [OPTION]... DIRECTORY NAME TOOL [ARG]...

   Run TOOL, which makes the socket NAME in DIRECTORY, many times, one run
   after the other.  Meanwhile a child with other ids tries in a loop to
   connect to the socket, and to every other file in DIRECTORY and in the
   private directories there.  Print "STARTS starts, C connected, R refused, D
   denied": how many connects succeeded, were refused because no socket
   listened, and were denied permission.  If anything else goes wrong, print
   that and exit with 1.

     -n COUNT   the number of runs (default 500)
     -u UID     the uid of the child (default 65534)
     -g GID     the gid of the child (default 65534); it has no supplementary
                groups

   When TOOL has written a newline to standard output and the child has then
   tried every file once more, TOOL gets SIGTERM; it must exit with 0.  With
   only one processor this takes a while.  */

#include <config.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* Memory that both processes share.  */
struct tally
{
  long int tries;
  /* How many times the child has tried every file.  */
  long int rounds;
  long int connected;
  long int refused;
  long int denied;
};
static struct tally volatile *tally;

static char const *directory;
static char const *socket_name;
static char **tool;

static void
fail (char const *what)
{
  perror (what);
  exit (1);
}

static void
probe (char const *path)
{
  struct sockaddr_un addr = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM, 0);

  fcntl (fd, F_SETFL, O_NONBLOCK);
  snprintf (addr.sun_path, sizeof addr.sun_path, "%s", path);
  if (connect (fd, (struct sockaddr *) &addr, sizeof addr) == 0
      || errno == EAGAIN)
    tally->connected++;
  else if (errno == ECONNREFUSED)
    tally->refused++;
  else if (errno == EACCES || errno == EPERM)
    tally->denied++;
  close (fd);
  tally->tries++;
}

/* Try to connect to each file in DIR and, if DEEP, in its private
   directories.  */
static void
probe_all (char const *dir, bool deep)
{
  DIR *stream = opendir (dir);
  if (! stream)
    return;
  for (struct dirent *e; (e = readdir (stream)); )
    {
      char path[600];
      snprintf (path, sizeof path, "%s/%s", dir, e->d_name);
      if (e->d_name[0] != '.')
        probe (path);
      else if (deep && strncmp (e->d_name, ".ucspi-", 7) == 0)
        probe_all (path, false);
    }
  closedir (stream);
}

static _Noreturn void
be_hostile (uid_t uid, gid_t gid, pid_t parent)
{
  char path[600];

  if (setgroups (0, NULL) != 0 || setgid (gid) != 0 || setuid (uid) != 0)
    fail ("setuid");
  snprintf (path, sizeof path, "%s/%s", directory, socket_name);
  while (getppid () == parent)
    {
      for (int i = 0; i < 20; i++)
        probe (path);
      probe_all (directory, true);
      tally->rounds++;
    }
  _exit (0);
}

/* Wait until the child has tried every file that exists now, at most a
   minute.  */
static void
wait_for_round (void)
{
  /* The round in progress may have passed the new file, so wait for the
     next.  */
  long int end = tally->rounds + 2;
  for (int i = 0; i < 60000 && tally->rounds < end; i++)
    poll (NULL, 0, 1);
}

/* Run the tool once, until it exits.  */
static void
start_once (void)
{
  int output[2];
  int status;

  if (pipe (output) != 0)
    fail ("pipe");
  pid_t pid = fork ();
  if (pid < 0)
    fail ("fork");
  if (pid == 0)
    {
      dup2 (output[1], STDOUT_FILENO);
      close (output[0]);
      close (output[1]);
      execv (tool[0], tool);
      _exit (98);
    }
  close (output[1]);
  char c;
  while (0 < read (output[0], &c, 1))
    if (c == '\n')
      {
        wait_for_round ();
        kill (pid, SIGTERM);
      }
  close (output[0]);
  if (waitpid (pid, &status, 0) != pid || status != 0)
    {
      printf ("a start ended with %x\n", status + 0u);
      exit (1);
    }
}

int
main (int argc, char **argv)
{
  int count = 500;
  uid_t uid = 65534;
  gid_t gid = 65534;
  int c;

  while ((c = getopt (argc, argv, "+n:u:g:")) != -1)
    switch (c)
      {
      case 'n': count = atoi (optarg); break;
      case 'u': uid = strtoul (optarg, NULL, 10); break;
      case 'g': gid = strtoul (optarg, NULL, 10); break;
      default: return 99;
      }
  if (argc < optind + 3)
    return 99;
  directory = argv[optind];
  socket_name = argv[optind + 1];
  tool = argv + optind + 2;

  void *shared = mmap (NULL, sizeof *tally, PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED)
    fail ("mmap");
  tally = shared;
  pid_t parent = getpid ();
  pid_t hostile = fork ();
  if (hostile < 0)
    fail ("fork");
  if (hostile == 0)
    be_hostile (uid, gid, parent);

  for (int i = 0; i < count; i++)
    {
      /* Make sure that the child is running before each start.  */
      long int before = tally->tries;
      for (int waits = 0; tally->tries == before; waits++)
        {
          if (waits == 100000 || waitpid (hostile, NULL, WNOHANG) != 0)
            {
              puts ("the other process does not try");
              return 1;
            }
          poll (NULL, 0, 1);
        }
      start_once ();
    }
  kill (hostile, SIGKILL);
  waitpid (hostile, NULL, 0);
  printf ("%d starts, %ld connected, %ld refused, %ld denied\n", count,
          tally->connected, tally->refused, tally->denied);
  return 0;
}
