/* fullname.c -- let clients of a local socket change their own full names.

   Copyright (C) 2026 The ucspi-local authors

   Copying and distribution of this file, with or without modification,
   are permitted in any medium without royalty provided the copyright
   notice and this notice are preserved.  This file is offered as-is,
   without any warranty.  */

/* Usage: fullname FILE

   FILE has lines as /etc/passwd.  Read one line, a name, from standard input,
   and put it into the line of FILE that belongs to the user IPCREMOTEEUID.
   FULLNAME_MAX in the environment is how many bytes it may have, 40 by
   default.  Answer "changed" or "refused: REASON".  */

/* Ask for POSIX.1-2008 and all extensions: some systems hide functions of
   POSIX from programs that ask for POSIX alone.  */
#define _GNU_SOURCE 1
#define __EXTENSIONS__ 1
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LONGEST = 200 };

static const char *uid = "unknown";

/* Report WHY to the client and in the log, and exit.  WHY must not contain
   data of the client, because it goes into the log.  */
static void
refuse (const char *why)
{
  printf ("refused: %s\n", why);
  fprintf (stderr, "fullname: uid %s: refused: %s\n", uid, why);
  exit (1);
}

/* Store the line that the client sends in NAME, which has LONGEST + 1 bytes.
   Read a byte at a time, so that nothing after the line is read, and never
   more than NAME can hold.  */
static void
read_name (char *name)
{
  size_t length = 0;
  for (;;)
    {
      char c;
      ssize_t n = read (0, &c, 1);
      if (n != 1)
        refuse ("no whole line");
      if (c == '\n')
        break;
      if (length == LONGEST)
        refuse ("too long");
      if ((unsigned char) c < ' ' || c == 127 || c == ':' || c == ',')
        refuse ("bad character");
      name[length++] = c;
    }
  name[length] = '\0';
  if (length == 0)
    refuse ("empty");
}

/* Return the number in TEXT, or -1 if TEXT is not a number.  */
static long
whole_number (const char *text)
{
  if (!text || !*text || strspn (text, "0123456789") != strlen (text)
      || strlen (text) > 10)
    return -1;
  return strtol (text, NULL, 10);
}

/* Copy FROM into TO, with NAME in the lines of USER.  Return the number of
   these lines, or -1.  */
static int
copy_with_name (FILE *from, FILE *to, long user, const char *name)
{
  char *line = NULL;
  size_t size = 0;
  ssize_t length;
  int found = 0;
  /* Reject a file with a NUL, which would hide the rest of its line.  */
  while ((length = getline (&line, &size, from)) > 0)
    {
      /* The third field is the uid, the fifth begins with the name.  */
      char *field[7];
      int n = 0;
      if (line[length - 1] == '\n')
        line[--length] = '\0';
      if (strlen (line) != (size_t) length)
        {
          found = 2;
          break;
        }
      for (char *rest = line; rest && n < 7; n++)
        {
          field[n] = rest;
          rest = strchr (rest, ':');
          if (rest && n < 6)
            *rest++ = '\0';
        }
      if (n == 7 && whole_number (field[2]) == user)
        {
          char *comma = strchr (field[4], ',');
          fprintf (to, "%s:%s:%s:%s:%s%s:%s:%s\n", field[0], field[1],
                   field[2], field[3], name, comma ? comma : "", field[5],
                   field[6]);
          found++;
        }
      else
        {
          for (int i = 0; i < n; i++)
            fprintf (to, i ? ":%s" : "%s", field[i]);
          putc ('\n', to);
        }
    }
  free (line);
  return ferror (from) || ferror (to) ? -1 : found;
}

int
main (int argc, char **argv)
{
  char name[LONGEST + 1];
  char lock_name[PATH_MAX];
  char new_name[PATH_MAX];
  if (argc != 2 || strlen (argv[1]) > PATH_MAX - 6)
    {
      fprintf (stderr, "usage: fullname FILE\n");
      return 100;
    }

  /* The server sets this variable, and has the id from the kernel.  */
  long user = whole_number (getenv ("IPCREMOTEEUID"));
  if (user < 0)
    refuse ("unknown user");
  uid = getenv ("IPCREMOTEEUID");
  long longest = whole_number (getenv ("FULLNAME_MAX"));
  if (longest < 0)
    longest = 40;

  /* Read before locking, so that a slow client keeps no other waiting.  */
  read_name (name);
  if (strlen (name) > (size_t) longest)
    refuse ("too long");

  sprintf (lock_name, "%s.lock", argv[1]);
  sprintf (new_name, "%s.new", argv[1]);
  int lock = open (lock_name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  if (lock < 0 || fcntl (lock, F_SETLKW, &whole) != 0)
    refuse ("no lock");

  /* Rename a new file over the old one, so that a reader of FILE sees all of
     the old one or all of the new one.  */
  FILE *from = fopen (argv[1], "re");
  struct stat st;
  if (!from || fstat (fileno (from), &st) != 0)
    refuse ("no file of names");
  unlink (new_name);
  int fd = open (new_name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  FILE *to = fd < 0 ? NULL : fdopen (fd, "w");
  if (!to)
    refuse ("no new file");
  int found = copy_with_name (from, to, user, name);
  if (found != 1)
    {
      unlink (new_name);
      refuse (found == 0 ? "unknown user" : "file of names is bad");
    }
  if (fchown (fd, st.st_uid, st.st_gid) != 0
      || fchmod (fd, st.st_mode & 0777) != 0
      || fflush (to) != 0 || fsync (fd) != 0
      || rename (new_name, argv[1]) != 0)
    {
      unlink (new_name);
      refuse ("not written");
    }
  fprintf (stderr, "fullname: uid %s: changed\n", uid);
  puts ("changed");
  return 0;
}
