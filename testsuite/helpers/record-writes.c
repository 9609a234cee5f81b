/* record-writes.c -- record each write of a program to standard error.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: record-writes FILE PROGRAM [ARG]...

   Become PROGRAM with a SOCK_SEQPACKET socket as standard error, so that each
   write arrives as one record.  A child appends each record to FILE as one
   line, in which \n stands for a newline and \\ for a backslash, until no
   process holds the socket any more.  Exit with 77 if the system has no such
   sockets.  */

#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum
{
  /* In seconds, in case a process never closes the socket.  */
  DEADLINE = 3600,
  /* More empty records in a row than any program writes.  */
  EMPTY_MAX = 1000
};

static void
copy_records (int fd, FILE *f)
{
  char record[65536];
  ssize_t n;
  int empty = 0;

  /* recv also returns 0 for an empty record, and valgrind writes such
     records.  NetBSD does not report POLLHUP at the end of the file.  */
  while (empty < EMPTY_MAX && 0 <= (n = recv (fd, record, sizeof record, 0)))
    if (n == 0)
      empty++;
    else
      {
        empty = 0;
        for (ssize_t i = 0; i < n; i++)
          if (record[i] == '\n' || record[i] == '\\')
            fprintf (f, "\\%c", record[i] == '\n' ? 'n' : '\\');
          else
            putc (record[i], f);
        putc ('\n', f);
        fflush (f);
      }
}

int
main (int argc, char **argv)
{
  int ends[2];

  if (argc < 3)
    return 99;
  if (socketpair (AF_UNIX, SOCK_SEQPACKET, 0, ends) != 0)
    return 77;
  FILE *f = fopen (argv[1], "a");
  pid_t pid = f ? fork () : -1;
  if (pid < 0)
    return 99;
  if (pid == 0)
    {
      close (ends[1]);
      close (STDIN_FILENO);
      close (STDOUT_FILENO);
      alarm (DEADLINE);
      copy_records (ends[0], f);
      _exit (0);
    }
  fclose (f);
  close (ends[0]);
  dup2 (ends[1], STDERR_FILENO);
  close (ends[1]);
  execvp (argv[2], argv + 2);
  perror (argv[2]);
  return 127;
}
