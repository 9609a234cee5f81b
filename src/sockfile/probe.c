/* probe.c -- whether a process has a socket open, asked without waking it.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "sockfile/probe.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/address.h"
#include "base/fd.h"
#include "base/workdir.h"
#include "sockfile/entry.h"
#include "sockfile/listener.h"

/* Connect PROBE, a datagram socket, to the socket at PATH.  A stream socket
   that a process has open refuses the other type with EPROTOTYPE.  A datagram
   socket accepts the connection.  */
static enum probe_result
ask (int probe, char const *path)
{
  struct sockaddr_un addr;
  socklen_t addrlen = address_of_path (path, &addr);

  if (addrlen == 0)
    return PROBE_UNKNOWN;
  if (connect (probe, (struct sockaddr *) &addr, addrlen) == 0
      || errno == EPROTOTYPE)
    return PROBE_SOMEBODY;
  /* For a socket that no process has open, illumos and Solaris report
     EDESTADDRREQ to a datagram socket (illumos, so_ux_lookup in
     fs/sockfs/socksubr.c).  */
  return (errno == ECONNREFUSED || errno == EDESTADDRREQ ? PROBE_NOBODY
          : PROBE_UNKNOWN);
}

/* Do what ask does, for a socket that has refused us permission.  HELD is a
   descriptor of its file, and PATH leads to it.  If we own the file and it has
   mode 0, its maker may have been killed before giving it another mode, so
   give it one for a moment.  The uid alone does not prove that we own it (see
   idmap.h); if we do not, chmod fails.  */
static enum probe_result
ask_as_owner (int probe, int held, char const *path)
{
  struct stat st, now;

  if (fstat (held, &st) != 0 || st.st_uid != geteuid ()
      || (st.st_mode & 0777) != 0 || chmod (path, S_IWUSR) != 0)
    return errno = EACCES, PROBE_UNKNOWN;
  enum probe_result result = ask (probe, path);
  int saved_errno = errno;
  /* Restore the mode, unless a process that has the socket open has changed it
     meanwhile.  */
  if (result != PROBE_NOBODY && fstat (held, &now) == 0
      && (now.st_mode & 0777) == S_IWUSR)
    chmod (path, 0);
  errno = saved_errno;
  return result;
}

enum probe_result
probe_socket (int held, int dir, char const *name, bool may_change)
{
  char path[FD_PATH_SIZE];
  enum probe_result result = PROBE_UNKNOWN;
  int probe = listener_new_socket (SOCK_DGRAM);

  if (probe < 0)
    return PROBE_UNKNOWN;
  if (0 <= held)
    {
      fd_path (path, held);
      result = ask (probe, path);
      if (result == PROBE_UNKNOWN && errno == EACCES && may_change)
        result = ask_as_owner (probe, held, path);
    }
  if (result == PROBE_UNKNOWN
      && (held < 0 || errno == ENOENT || errno == ENOTDIR
          || errno == ENOTSOCK))
    {
      /* The file is not held, or the system does not show descriptors as
         files; EACCES would mean that the socket itself refuses us.  FreeBSD
         can show descriptors as character devices (see fd_is_hidden).  connect
         then fails with ENOTSOCK.  */
      int home = dir == FD_CWD ? -1 : workdir_enter (dir);
      if (0 <= home || dir == FD_CWD)
        result = ask (probe, name);
      if (0 <= home && workdir_leave (home, 0) != 0)
        result = PROBE_LOST;
    }
  fd_close (probe);
  return result;
}

enum probe_result
probe_path (int held, char const *path)
{
  struct entry entry;

  if (strlen (path) <= ADDRESS_PATH_MAX)
    return probe_socket (held, FD_CWD, path, false);
  /* Only the last component must fit into an address.  */
  if (entry_find (&entry, path) != 0)
    return PROBE_UNKNOWN;
  enum probe_result result = probe_socket (held, entry.dir, entry.name, false);
  entry_release (&entry);
  return result;
}
