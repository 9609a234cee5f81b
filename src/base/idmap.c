/* idmap.c -- ids that are ambiguous in a user namespace.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "base/idmap.h"

#include <unistd.h>

#if HAVE_DECL_CLONE_NEWUSER

# include <fcntl.h>
# include <inttypes.h>
# include <stdint.h>
# include <stdio.h>

# include "base/fd.h"
# include "same-inode.h"

/* Call the system's own fchownat, because gnulib's replacement cannot change
   the owner through a descriptor.  */
# if HAVE_FCHOWNAT
#  undef fchownat
# endif

/* A test replaces this directory.  */
# ifndef IDMAP_PROC
#  define IDMAP_PROC "/proc"
# endif

/* The overflow id that Linux starts with, the greatest to which it can be set,
   and the value for an unknown one.  */
enum { OVERFLOW_DEFAULT = 65534, OVERFLOW_MAX = 65535 };
# define OVERFLOW_UNKNOWN UINTMAX_MAX

/* User ids or group ids, and what is known about their map.  */
struct kind
{
  /* The files with the overflow id and with the map.  */
  char const *overflow_file;
  char const *map_file;
  bool has_overflow;
  uintmax_t overflow;
  /* True if the map has been read.  */
  bool has_map;
  /* True if the map leaves ids out, or may leave ids out.  */
  bool is_partial;
  /* True if the map could be read to its end.  */
  bool is_certain;
};

static struct kind users =
{
  .overflow_file = IDMAP_PROC "/sys/kernel/overflowuid",
  .map_file = IDMAP_PROC "/self/uid_map"
};

static struct kind groups =
{
  .overflow_file = IDMAP_PROC "/sys/kernel/overflowgid",
  .map_file = IDMAP_PROC "/self/gid_map"
};

/* Read a line of COUNT numbers from F into NUMBERS.  Return false if there is
   none.  */
static bool
read_numbers (FILE *f, uintmax_t *numbers, int count)
{
  char line[100];
  char *p = line;

  if (! fgets (line, sizeof line, f))
    return false;
  for (int i = 0; i < count; i++)
    {
      char *end;
      numbers[i] = strtoumax (p, &end, 10);
      if (end == p)
        return false;
      p = end;
    }
  return *p == '\n';
}

/* Return the number in the file NAME, or OVERFLOW_UNKNOWN.  */
static uintmax_t
read_overflow (char const *name)
{
  uintmax_t id;
  FILE *f = fopen (name, "re");

  if (! f)
    return OVERFLOW_UNKNOWN;
  if (! read_numbers (f, &id, 1))
    id = OVERFLOW_UNKNOWN;
  fclose (f);
  return id;
}

/* Read the map of KIND.  */
static void
read_map (struct kind *kind)
{
  /* The first id inside, the first id outside, and the number of ids.  */
  uintmax_t range[3];
  uintmax_t total = 0;
  FILE *f = fopen (kind->map_file, "re");

  if (! f)
    {
      /* A kernel built without user namespaces has no map, although the rest
         of /proc/self exists.  */
      kind->is_partial
        = ! (errno == ENOENT && access (IDMAP_PROC "/self/stat", F_OK) == 0);
      return;
    }
  while (read_numbers (f, range, 3))
    total += range[2];
  kind->is_certain = feof (f) && ! ferror (f);
  fclose (f);
  /* Adding up the ranges is enough, because the kernel accepts no map in which
     an id occurs twice, nor one with ids that the parent namespace does not
     map. -1 is not an id, so a complete map has UINT32_MAX ids.  */
  kind->is_partial = ! kind->is_certain || total < UINT32_MAX;
}

/* Return true if the map of KIND leaves ids out, or may leave ids out.  */
static bool
is_partial (struct kind *kind)
{
  if (! kind->has_map)
    read_map (kind);
  kind->has_map = true;
  return kind->is_partial;
}

/* Return the overflow id of KIND.  */
static uintmax_t
overflow_of (struct kind *kind)
{
  if (! kind->has_overflow)
    kind->overflow = read_overflow (kind->overflow_file);
  kind->has_overflow = true;
  return kind->overflow;
}

/* Return true if ID of KIND may stand for more than one id.  */
static bool
is_ambiguous (struct kind *kind, uintmax_t id)
{
  uintmax_t overflow = overflow_of (kind);

  if (overflow != OVERFLOW_UNKNOWN)
    return id == overflow && is_partial (kind);
  return (is_partial (kind)
          && (kind->is_certain ? id <= OVERFLOW_MAX : id == OVERFLOW_DEFAULT));
}

bool
idmap_uid_is_ambiguous (uid_t uid)
{
  return is_ambiguous (&users, uid);
}

bool
idmap_gid_is_ambiguous (gid_t gid)
{
  return is_ambiguous (&groups, gid);
}

bool
idmap_owner_is_ambiguous (uid_t uid)
{
  uintmax_t overflow = overflow_of (&users);
  return (uid == (overflow == OVERFLOW_UNKNOWN ? OVERFLOW_DEFAULT : overflow)
          || is_ambiguous (&users, uid));
}

bool
idmap_owns (int held, struct stat const *st)
{
  char path[FD_PATH_SIZE];
  struct stat now;

  if (st->st_uid != geteuid ())
    return errno = EPERM, false;
  if (! idmap_owner_is_ambiguous (st->st_uid))
    return true;
  if (held < 0)
    return errno = EPERM, false;
  if (fstat (held, &now) != 0)
    return false;
  if (! SAME_INODE (now, *st))
    return errno = EPERM, false;
  fd_path (path, held);
  if (chmod (path, now.st_mode & 07777) == 0)
    return true;
  /* The owner has no id in the map of the mount (notify_change in
     fs/attr.c).  */
  if (errno == EOVERFLOW)
    return errno = EPERM, false;
#ifdef AT_EMPTY_PATH
  /* /proc may be missing.  Do not call fchmodat instead: many C libraries
     cannot change the mode of a descriptor that only holds a file.  */
  return (errno == ENOENT
          && fchownat (held, "", st->st_uid, -1, AT_EMPTY_PATH) == 0);
#else
  return false;
#endif
}

bool
idmap_leaves_users_out (uid_t *uid)
{
  if (! is_partial (&users) || ! users.is_certain)
    return false;
  uintmax_t overflow = overflow_of (&users);
  *uid = overflow == OVERFLOW_UNKNOWN ? (uid_t) -1 : (uid_t) overflow;
  return true;
}

#else

/* This system has no user namespaces.  */

bool
idmap_uid_is_ambiguous (uid_t uid)
{
  (void) uid;
  return false;
}

bool
idmap_gid_is_ambiguous (gid_t gid)
{
  (void) gid;
  return false;
}

bool
idmap_owner_is_ambiguous (uid_t uid)
{
  (void) uid;
  return false;
}

bool
idmap_owns (int held, struct stat const *st)
{
  (void) held;
  return st->st_uid == geteuid () || (errno = EPERM, false);
}

bool
idmap_leaves_users_out (uid_t *uid)
{
  (void) uid;
  return false;
}

#endif
