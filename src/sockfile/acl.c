/* acl.c -- the access control list that a new file gets from its directory.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "sockfile/acl.h"

#if HAVE_GETXATTR

# include <fcntl.h>
# include <sys/types.h>
# include <sys/xattr.h>
# include <unistd.h>

# include "base/fd.h"
# include "base/workdir.h"
# include "unistd-safer.h"

static char const access_list[] = "system.posix_acl_access";
static char const default_list[] = "system.posix_acl_default";

/* Return true if ERRNUM means that a file has no list, or that its file system
   or the system has no lists.  */
static bool
is_absence (int errnum)
{
  return errnum == ENODATA || errnum == ENOTSUP || errnum == ENOSYS;
}

bool
acl_is_inherited (int dir, bool trusted)
{
  char path[FD_PATH_SIZE];

  if (dir < 0 || ! trusted)
    return true;
  fd_path (path, dir);
  ssize_t size = getxattr (path, default_list, NULL, 0);
  int errnum = size < 0 ? errno : 0;
  /* Every user who can reach a file may read its list, so EACCES cannot come
     from the list.  */
  if (fd_is_hidden (errnum))
    {
      /* DIR may be a descriptor that only holds the directory (O_PATH), which
         fgetxattr refuses.  */
      int fd = fd_safer_flag (openat (dir, ".", O_RDONLY | O_DIRECTORY
                                      | O_CLOEXEC), O_CLOEXEC);
      if (fd < 0)
        return true;
      errnum = fgetxattr (fd, default_list, NULL, 0) < 0 ? errno : 0;
      close (fd);
    }
  return ! is_absence (errnum);
}

/* Remove the list of the file PATH by REMOVE, and check by GET that the file
   has none.  */
static int
clear (char const *path,
       ssize_t (*get) (char const *, char const *, void *, size_t),
       int (*remove) (char const *, char const *))
{
  if (get (path, access_list, NULL, 0) < 0)
    return is_absence (errno) ? 0 : -1;
  if (remove (path, access_list) != 0 && ! is_absence (errno))
    return -1;
  if (get (path, access_list, NULL, 0) < 0)
    return is_absence (errno) ? 0 : -1;
  return errno = ENOTSUP, -1;
}

int
acl_remove (int held, int dir, char const *name, bool by_name)
{
  if (0 <= held)
    {
      char path[FD_PATH_SIZE];
      fd_path (path, held);
      int result = clear (path, getxattr, removexattr);
      if (result == 0 || ! fd_is_hidden (errno))
        return result;
    }
  if (! by_name)
    return errno = ENOENT, -1;
  int home = workdir_enter (dir);
  return (home < 0 ? -1
          : workdir_leave (home, clear (name, lgetxattr, lremovexattr)));
}

#else

bool
acl_is_inherited (int dir, bool trusted)
{
  (void) dir;
  (void) trusted;
  return false;
}

int
acl_remove (int held, int dir, char const *name, bool by_name)
{
  (void) held;
  (void) dir;
  (void) name;
  (void) by_name;
  return 0;
}

#endif
