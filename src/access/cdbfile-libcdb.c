/* cdbfile-libcdb.c -- a file in cdb format, read by libcdb.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* The library maps the file and goes by the hash tables alone.  A damaged file
   could thus lose a record without an error, and a file that is changed while
   it is mapped could read as anything.  So the records are compared with the
   tables when the file is opened, and the time of the last change is compared
   when it is closed.  If the file is cut short meanwhile, SIGBUS may end the
   process, which keeps the client out, too.  */

#include <config.h>

#include "access/cdbfile.h"

#include <cdb.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "stat-time.h"
#include "unistd-safer.h"

/* A file begins with the position and the number of slots of each table.  A
   slot is a hash and the position of a record, or zeros.  */
enum { TABLES = 256, PAIR = 8 };

struct cdbfile
{
  int fd;
  struct stat seen;
  struct cdb cdb;
};

static char const torn[] = "it is not a whole cdb file";

/* The number at POS of CDB; zero if it ends there.  */
static unsigned int
number_at (struct cdb const *cdb, unsigned int pos)
{
  void const *p = cdb_get (cdb, 4, pos);
  return p ? cdb_unpack (p) : 0;
}

/* Count the records of CDB, and make sure that each is found.  Return NULL and
   store their number in *COUNT, or return what is wrong.  */
static char const *
count_records (struct cdb *cdb, size_t *count)
{
  unsigned int pos;
  int more;

  cdb_seqinit (&pos, cdb);
  for (*count = 0; 0 < (more = cdb_seqnext (&pos, cdb)); ++*count)
    {
      unsigned int key_pos = cdb_keypos (cdb);
      /* cdb_seqnext adds lengths up that may overflow, and could go on
         forever; these two functions look at each length by itself.  */
      void const *key = cdb_getkey (cdb);
      if (! key || ! cdb_getdata (cdb)
          || cdb_find (cdb, key, cdb_keylen (cdb)) <= 0)
        return torn;
      if (cdb_keypos (cdb) != key_pos)
        return "it has two records with the same key";
    }
  /* The first table follows the last record.  */
  return more == 0 && pos == number_at (cdb, 0) ? NULL : torn;
}

/* Count the records that the tables of CDB, which has SIZE bytes, lead to.
   Return true and store that in *COUNT if the tables follow the records, one
   after the other, to the end of the file.  */
static bool
count_slots (struct cdb const *cdb, size_t size, size_t *count)
{
  size_t pos = number_at (cdb, 0);

  *count = 0;
  for (unsigned int i = 0; i < TABLES; i++)
    {
      size_t slots = number_at (cdb, i * PAIR + 4);
      if (number_at (cdb, i * PAIR) != pos || size < pos
          || (size - pos) / PAIR < slots)
        return false;
      for (; slots != 0; slots--, pos += PAIR)
        if (number_at (cdb, pos + 4) != 0)
          ++*count;
    }
  return pos == size;
}

/* Return what is wrong with FILE, which the library has mapped, or NULL.  */
static char const *
examine (struct cdbfile *file)
{
  size_t records;
  size_t slots;
  char const *trouble = count_records (&file->cdb, &records);

  if (trouble)
    return trouble;
  return (count_slots (&file->cdb, file->seen.st_size, &slots)
          && slots == records ? NULL : torn);
}

/* Map FILE.  Return NULL, or what is wrong, with errno as for
   cdbfile_open.  */
static char const *
map (struct cdbfile *file)
{
  char const *trouble = NULL;

  if (fstat (file->fd, &file->seen) != 0)
    return "unable to examine";
  if (! S_ISREG (file->seen.st_mode))
    trouble = "it is not a regular file";
  else if (CDBFILE_MAX < file->seen.st_size)
    trouble = "it is too long";
  else if (file->seen.st_size < TABLES * PAIR)
    trouble = torn;
  else if (cdb_init (&file->cdb, file->fd) != 0)
    return "unable to map";
  else if ((trouble = examine (file)) != NULL)
    cdb_free (&file->cdb);
  /* The library may have set it.  */
  errno = 0;
  return trouble;
}

struct cdbfile *
cdbfile_open (char const *path, char const **trouble)
{
  struct cdbfile *file = malloc (sizeof *file);
  if (! file)
    return *trouble = "unable to read", NULL;
  file->fd = fd_safer_flag (open (path, (O_RDONLY | O_NONBLOCK | O_NOCTTY
                                         | O_CLOEXEC)), O_CLOEXEC);
  *trouble = file->fd < 0 ? "unable to open" : map (file);
  if (! *trouble)
    return file;
  fd_close (file->fd);
  free (file);
  return NULL;
}

int
cdbfile_find (struct cdbfile *file, char const *key, char **data, size_t *len)
{
  int found = cdb_find (&file->cdb, key, strlen (key));

  if (found == 0)
    return 0;
  /* There was no error in the file when it was opened.  */
  if (found < 0)
    return errno = EBUSY, -1;
  *len = cdb_datalen (&file->cdb);
  *data = malloc (*len + 1);
  if (! *data)
    return -1;
  if (cdb_readdata (&file->cdb, *data) != 0)
    {
      free (*data);
      return errno = EBUSY, -1;
    }
  return 1;
}

/* Return true if A and B were taken of a file that nobody has changed in
   between.  */
static bool
is_unchanged (struct stat const *a, struct stat const *b)
{
  struct timespec then = get_stat_mtime (a);
  struct timespec now = get_stat_mtime (b);

  /* Not the time of the last change of its inode: that changes as another file
     takes its name.  */
  return (a->st_size == b->st_size && then.tv_sec == now.tv_sec
          && then.tv_nsec == now.tv_nsec);
}

int
cdbfile_close (struct cdbfile *file)
{
  struct stat st;

  cdb_free (&file->cdb);
  bool is_good = (fstat (file->fd, &st) == 0
                  && is_unchanged (&file->seen, &st));
  close (file->fd);
  free (file);
  return is_good ? 0 : -1;
}
