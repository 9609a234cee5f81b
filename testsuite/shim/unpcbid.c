/* unpcbid.c -- implement LOCAL_PEEREID with SO_PEERCRED.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include <sys/socket.h>
#include <sys/un.h>

#include <errno.h>
#ifdef SHIM_XATTR
# include <sys/xattr.h>
#endif

#include "shim.h"

#undef getsockopt

int
shim_getsockopt (int fd, int level, int option, void *val, socklen_t *len)
{
  struct shim_peer peer;

  if (level != 0 || option != LOCAL_PEEREID)
    return getsockopt (fd, level, option, val, len);
  if (shim_peer (fd, EINVAL, &peer) != 0)
    return -1;

  struct unpcbid answer
    = { .unp_pid = peer.pid, .unp_euid = peer.uid, .unp_egid = peer.gid };

  return shim_answer (&answer, sizeof answer, val, len);
}

#ifdef SHIM_XATTR

/* These replace the functions of the C library in the tools for the simulated
   NetBSD (testsuite/systems.sh).  On NetBSD, an ordinary user may not ask for
   an attribute of this kind (ffs_getextattr, extattr_check_cred).  */

ssize_t
getxattr (char const *file, char const *name, void *value, size_t size)
{
  (void) file;
  (void) name;
  (void) value;
  (void) size;
  return errno = EPERM, -1;
}

ssize_t
lgetxattr (char const *file, char const *name, void *value, size_t size)
{
  return getxattr (file, name, value, size);
}

ssize_t
fgetxattr (int fd, char const *name, void *value, size_t size)
{
  (void) fd;
  return getxattr (NULL, name, value, size);
}

int
removexattr (char const *file, char const *name)
{
  (void) file;
  (void) name;
  return errno = EPERM, -1;
}

int
lremovexattr (char const *file, char const *name)
{
  return removexattr (file, name);
}

#endif
