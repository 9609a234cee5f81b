/* cdbfile-libcdb.c -- look up keys in a cdb file by libcdb.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* The library maps the file and relies on its hash tables alone.  So a damaged
   file could lose a record without an error, and a file that is changed while
   it is mapped could return any data.  Therefore the records are compared with
   the tables when the file is opened, and the modification time is compared
   when the file is closed.  If the file is truncated meanwhile, SIGBUS may
   kill the process; that denies the client, too.  */

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

/* A file begins with the position and the number of slots of each hash table.
   A slot is a hash value and the position of a record, or zeros.  */
enum { TABLES = 256, PAIR = 8 };

struct cdbfile
{
  int fd;
  struct stat seen;
  struct cdb cdb;
};

static char const torn[] = "it is not a whole cdb file";

/* Return the number at POS of CDB, or 0 if POS is beyond the end.  */
static unsigned int
number_at (struct cdb const *cdb, unsigned int pos)
{
  void const *p = cdb_get (cdb, 4, pos);
  return p ? cdb_unpack (p) : 0;
}

/* Count the records of CDB and check that each can be found by its key.
   Return NULL and store their number in *COUNT, or return what is wrong.  */
static char const *
count_records (struct cdb *cdb, size_t *count)
{
  unsigned int pos;
  int more;

  cdb_seqinit (&pos, cdb);
  for (*count = 0; 0 < (more = cdb_seqnext (&pos, cdb)); ++*count)
    {
      unsigned int key_pos = cdb_keypos (cdb);
      /* cdb_seqnext adds up lengths, which may overflow, so it could loop for
         ever. cdb_getkey and cdb_getdata check each length.  */
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

/* Count the slots of the tables of CDB that are in use, and store the number
   in *COUNT.  CDB has SIZE bytes.  Return true if the tables follow the
   records, one after the other, up to the end of the file.  */
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
  char const *why = count_records (&file->cdb, &records);

  if (why)
    return why;
  return (count_slots (&file->cdb, file->seen.st_size, &slots)
          && slots == records ? NULL : torn);
}

/* Map FILE.  Return NULL, or what is wrong with it, with errno as for
   cdbfile_open.  */
static char const *
map (struct cdbfile *file)
{
  char const *why = NULL;

  if (fstat (file->fd, &file->seen) != 0)
    return "unable to examine";
  if (! S_ISREG (file->seen.st_mode))
    why = "it is not a regular file";
  else if (CDBFILE_MAX < file->seen.st_size)
    why = "it is too long";
  else if (file->seen.st_size < TABLES * PAIR)
    why = torn;
  else if (cdb_init (&file->cdb, file->fd) != 0)
    return "unable to map";
  else if ((why = examine (file)) != NULL)
    cdb_free (&file->cdb);
  /* The library may have set errno.  */
  errno = 0;
  return why;
}

struct cdbfile *
cdbfile_open (char const *path, char const **why)
{
  struct cdbfile *file = malloc (sizeof *file);
  if (! file)
    return *why = "unable to read", NULL;
  file->fd = fd_safer_flag (open (path, (O_RDONLY | O_NONBLOCK | O_NOCTTY
                                         | O_CLOEXEC)), O_CLOEXEC);
  *why = file->fd < 0 ? "unable to open" : map (file);
  if (! *why)
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
  /* The file had no error when it was opened, so it has been changed.  */
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

/* Return true if the file has not been changed between the fstat calls that
   returned A and B.  */
static bool
is_unchanged (struct stat const *a, struct stat const *b)
{
  struct timespec then = get_stat_mtime (a);
  struct timespec now = get_stat_mtime (b);

  /* Do not compare the time of the last status change, because that changes
     when another file replaces this one.  */
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
