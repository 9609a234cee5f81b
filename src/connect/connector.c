/* connector.c -- find and connect to a server's socket.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "connect/connector.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/workdir.h"
#include "dirname.h"
#include "same-inode.h"
#include "unistd-safer.h"

int
connector_find (struct connector *connector, char const *path)
{
  *connector = (struct connector) { .dir = FD_CWD, .held = -1 };
  connector->addrlen = address_of_path (path, &connector->addr);
  return connector->addrlen == 0 ? -1 : 0;
}

int
connector_find_abstract (struct connector *connector, char const *name)
{
  *connector = (struct connector) { .dir = FD_CWD, .held = -1 };
  connector->addrlen = address_of_abstract (name, &connector->addr);
  return connector->addrlen == 0 ? -1 : 0;
}

/* Set up *CONNECTOR for PATH by a descriptor of the file, because the last
   component of PATH is too long for an address.  */
static int
address_by_descriptor (struct connector *connector, char const *path)
{
#if HAVE_DECL_O_PATH
  char name[FD_PATH_SIZE];
  struct stat st, by_name;

  connector->held = fd_safer_flag (open (path, O_PATH | O_CLOEXEC), O_CLOEXEC);
  if (connector->held < 0)
    return -1;
  fd_path (name, connector->held);
  connector->addrlen = address_of_path (name, &connector->addr);
  /* The name may be missing, or lead to a device; see fd_is_hidden.  */
  if (fstat (connector->held, &st) == 0 && stat (name, &by_name) == 0
      && SAME_INODE (st, by_name))
    return 0;
  connector_release (connector);
#else
  (void) connector;
  (void) path;
#endif
  return errno = ENAMETOOLONG, -1;
}

int
connector_find_long (struct connector *connector, char const *path)
{
  char const *last = last_component (path);

  *connector = (struct connector) { .dir = FD_CWD, .held = -1 };
  if (*last == '\0' || last[strcspn (last, "/")] != '\0')
    return errno = ENOTDIR, -1;
  if (ADDRESS_PATH_MAX < strlen (last))
    return address_by_descriptor (connector, path);
  connector->addrlen = address_of_path (last, &connector->addr);
  char *dirname = mdir_name (path);
  if (! dirname)
    return -1;
  int dir = fd_safer_flag (open (dirname, O_HOLD | O_DIRECTORY | O_CLOEXEC),
                           O_CLOEXEC);
  int errnum = errno;
  if (0 <= dir)
    connector->dir = dir;
  /* A directory that we may search but not read is good enough.  */
  else if (! HAVE_DECL_O_PATH && errnum == EACCES)
    {
      connector->dirname = dirname;
      return 0;
    }
  free (dirname);
  return 0 <= dir ? 0 : (errno = errnum, -1);
}

int
connector_limit (int fd, unsigned int ms)
{
  struct timeval limit =
    { .tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000L };
  return setsockopt (fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

/* Connect FD to CONNECTOR's address, relative to the working directory.  */
static int
connect_here (struct connector const *connector, int fd)
{
  if (connect (fd, (struct sockaddr const *) &connector->addr,
               connector->addrlen) == 0)
    return 0;
  /* A signal has interrupted an earlier call after the connection was
     made.  */
  if (errno == EISCONN)
    return 0;
  /* A system without abstract names takes the name for an empty path.  */
  if (connector->addr.sun_path[0] == '\0'
      && (errno == ENOENT || errno == EINVAL))
    errno = ENOTSUP;
  return -1;
}

/* Record whether the working directory is the reason why CONNECTOR's directory
   cannot be entered; the other reason is that the latter cannot be searched.
   Return -1 with errno EACCES.  */
static int
fail_stuck (struct connector *connector)
{
  int home = workdir_open ();
  connector->is_stuck = home < 0;
  fd_close (home);
  return errno = EACCES, -1;
}

/* Connect FD to the name in CONNECTOR's directory without changing the working
   directory.  */
static int
connect_by_descriptor (struct connector *connector, int fd)
{
  struct connector by = { .dir = FD_CWD, .held = -1 };
  char path[FD_PATH_SIZE + 1 + ADDRESS_PATH_MAX];

  fd_path (path, connector->dir);
  if (access (path, F_OK) != 0)
    return fail_stuck (connector);
  strcat (strcat (path, "/"), connector->addr.sun_path);
  by.addrlen = address_of_path (path, &by.addr);
  if (by.addrlen == 0)
    return -1;
  int result = connect_here (&by, fd);
  return result != 0 && errno == ENOTDIR ? fail_stuck (connector) : result;
}

int
connector_connect (struct connector *connector, int fd)
{
  connector->is_stuck = false;
  if (! connector->dirname && connector->dir == FD_CWD)
    return connect_here (connector, fd);
  int home = (connector->dirname ? workdir_enter_path (connector->dirname)
              : workdir_enter (connector->dir));
  if (0 <= home)
    return workdir_leave (home, connect_here (connector, fd));
  if (errno != EACCES)
    return -1;
  return (connector->dirname ? fail_stuck (connector)
          : connect_by_descriptor (connector, fd));
}

void
connector_release (struct connector *connector)
{
  if (connector->dir != FD_CWD)
    fd_close (connector->dir);
  fd_close (connector->held);
  free (connector->dirname);
  connector->dirname = NULL;
  connector->dir = FD_CWD;
  connector->held = -1;
}
