/* with-state.c -- run a program in a process state that a shell cannot make.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */


/* Usage: with-state [OPTION]... PROGRAM [ARG]...

   Apply the options in their order and become PROGRAM.

     -b SIG     block the signal
     -i SIG     ignore the signal
     -d SIG     give the signal its default action
     -p SIG     send the signal to this process; after -b it stays pending
     -P SIG     the same, but raise it, as the kernel raises SIGPIPE
     -c FD      close the descriptor
     -o FD      open /dev/null as FD
     -k FD      make FD the write end of a pipe that has no reader
     -r FD      make FD the read end of a pipe; the write end stays open, too
     -f FD      make FD the write end of a full pipe, with O_NONBLOCK
     -s KIND    make descriptor 3 a socket that is not a listening local stream
                socket: "stream", "connected", "datagram", or a listening
                "seqpacket" or "inet" socket
     -x FD      shut down the socket FD
     -l NUMBER  set RLIMIT_NOFILE to NUMBER
     -g GID     set this gid, and no supplementary groups
     -u UID     set this uid
     -e ENTRY   append ENTRY to the environment, which consists of these
                entries only; ENTRY need not have a "=".  \ooo stands for a
                byte, \p for the pid of this process */

#include <config.h>

#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static char *entries[1024];
static size_t entry_count;

/* Exit with 98 unless OK.  WHAT names the step that failed.  */
static void
need (int ok, char const *what)
{
  if (! ok)
    {
      perror (what);
      exit (98);
    }
}

/* Return TEXT with its escapes replaced, in new memory.  */
static char *
unescape (char const *text)
{
  char *result = malloc (8 * strlen (text) + 32);
  char *to = result;
  need (result != NULL, "malloc");
  while (*text)
    if (text[0] == '\\' && text[1] == 'p')
      {
        to += sprintf (to, "%jd", (intmax_t) getpid ());
        text += 2;
      }
    else if (text[0] == '\\')
      {
        *to++ = ((text[1] - '0') * 64 + (text[2] - '0') * 8 + (text[3] - '0'));
        text += 4;
      }
    else
      *to++ = *text++;
  *to = '\0';
  return result;
}

static void
move_descriptor (int from, int to)
{
  need (0 <= from && dup2 (from, to) == to, "dup2");
  if (from != to)
    close (from);
}

static void
break_pipe (int to)
{
  int ends[2];
  need (pipe (ends) == 0, "pipe");
  /* Move the write end above TO first; otherwise dup2 onto TO could close
     it.  */
  int writing = fcntl (ends[1], F_DUPFD, to + 1);
  close (ends[0]);
  close (ends[1]);
  move_descriptor (writing, to);
}

/* Make a pipe and move both ends above TO.  They stay open.  */
static void
make_pipe (int ends[2], int to)
{
  int first[2];
  need (pipe (first) == 0, "pipe");
  for (int i = 0; i < 2; i++)
    {
      ends[i] = fcntl (first[i], F_DUPFD, to + 1);
      need (0 <= ends[i], "fcntl");
    }
  close (first[0]);
  close (first[1]);
}

static void
give_reading_end (int to)
{
  int ends[2];
  make_pipe (ends, to);
  move_descriptor (ends[0], to);
}

static void
give_full_pipe (int to)
{
  int ends[2];
  make_pipe (ends, to);
  need (fcntl (ends[1], F_SETFL, O_NONBLOCK) == 0, "fcntl");
  while (write (ends[1], "\n", 1) == 1)
    continue;
  move_descriptor (ends[1], to);
}

/* If not OK, exit with 77: the system does not support such a socket.  */
static void
want (int ok)
{
  if (! ok)
    exit (77);
}

static void
make_socket (char const *kind, int to)
{
  int ends[2];
  struct sockaddr_un addr = { .sun_family = AF_UNIX, .sun_path = "seqpacket" };

  if (strcmp (kind, "connected") == 0)
    {
      need (socketpair (AF_UNIX, SOCK_STREAM, 0, ends) == 0, "socketpair");
      int fd = fcntl (ends[1], F_DUPFD, to + 1);
      move_descriptor (ends[0], to);
      need (0 <= fd, "fcntl");
      return;
    }
  int fd = (strcmp (kind, "inet") == 0 ? socket (AF_INET, SOCK_STREAM, 0)
            : socket (AF_UNIX, (strcmp (kind, "datagram") == 0 ? SOCK_DGRAM
                                : strcmp (kind, "seqpacket") == 0
                                ? SOCK_SEQPACKET : SOCK_STREAM), 0));
  want (0 <= fd);
  if (strcmp (kind, "seqpacket") == 0)
    want (bind (fd, (struct sockaddr *) &addr, sizeof addr) == 0
          && listen (fd, 1) == 0);
  else if (strcmp (kind, "inet") == 0)
    want (listen (fd, 1) == 0);
  move_descriptor (fd, to);
}

static void
limit_descriptors (rlim_t number)
{
  struct rlimit limit = { .rlim_cur = number, .rlim_max = number };
  need (setrlimit (RLIMIT_NOFILE, &limit) == 0, "setrlimit");
}

static void
block (int sig)
{
  sigset_t set;
  sigemptyset (&set);
  sigaddset (&set, sig);
  need (sigprocmask (SIG_BLOCK, &set, NULL) == 0, "sigprocmask");
}

static void
act (int option, char const *value)
{
  int number = atoi (value);

  switch (option)
    {
    case 'b':
      block (number);
      break;
    case 'i':
      need (signal (number, SIG_IGN) != SIG_ERR, "signal");
      break;
    case 'd':
      need (signal (number, SIG_DFL) != SIG_ERR, "signal");
      break;
    case 'p':
      need (kill (getpid (), number) == 0, "kill");
      break;
    case 'P':
      need (raise (number) == 0, "raise");
      break;
    case 'c':
      close (number);
      break;
    case 'o':
      move_descriptor (open ("/dev/null", O_RDWR), number);
      break;
    case 'k':
      break_pipe (number);
      break;
    case 'r':
      give_reading_end (number);
      break;
    case 'f':
      give_full_pipe (number);
      break;
    case 's':
      make_socket (value, 3);
      break;
    case 'x':
      need (shutdown (number, SHUT_RDWR) == 0, "shutdown");
      break;
    case 'l':
      limit_descriptors (number);
      break;
    case 'g':
      need (setgroups (0, NULL) == 0 && setgid (number) == 0, "setgid");
      break;
    case 'u':
      need (setuid (number) == 0, "setuid");
      break;
    case 'e':
      need (entry_count < sizeof entries / sizeof *entries - 1, "-e");
      entries[entry_count++] = unescape (value);
      environ = entries;
      break;
    default:
      exit (99);
    }
}

int
main (int argc, char **argv)
{
  int c;

  while ((c = getopt (argc, argv, "+b:i:d:p:P:c:o:k:r:f:s:x:l:g:u:e:")) != -1)
    act (c, optarg);
  if (optind == argc)
    return 99;
  execvp (argv[optind], argv + optind);
  perror (argv[optind]);
  return 98;
}
