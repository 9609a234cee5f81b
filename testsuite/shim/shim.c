/* shim.c -- what every pretended system answers with.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* This file alone is compiled without any of the pretended headers.

   UCSPI_SHIM_UID and UCSPI_SHIM_GID replace the ids of every peer.  A uid of
   "+N" stands for a new one each N requests (N being 1 if it is left out).
   UCSPI_SHIM_FAULT is what goes wrong with every request:

     gone      an error, as if the client had left
     minus1    ids of -1
     short     success, with one byte too few     (getsockopt)
     empty     success, with nothing stored       (getsockopt)
     version   success, with another version      (xucred)
     nogroups  success, with no groups            (xucred)
     positive  an error without errno             (getpeereid)

   A request that cannot go wrong in that way succeeds.

   With SHIM_LOST the first is what happens when the client has truly left.  */

#include <config.h>

#include "shim.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

bool
shim_fault (char const *name)
{
  char const *fault = getenv ("UCSPI_SHIM_FAULT");

  return fault != NULL && strcmp (fault, name) == 0;
}

/* The uid that TEXT says, or the next one of many.  */
static uid_t
uid_of (char const *text)
{
  static unsigned long int requests;

  if (*text != '+')
    return (uid_t) strtoul (text, NULL, 10);
  unsigned long int each = strtoul (text + 1, NULL, 10);
  return (uid_t) (1 + requests++ / (each ? each : 1));
}

int
shim_peer (int fd, int gone, struct shim_peer *peer)
{
  struct ucred uc;
  socklen_t len = sizeof uc;
  char const *uid = getenv ("UCSPI_SHIM_UID");
  char const *gid = getenv ("UCSPI_SHIM_GID");

  if (shim_fault ("gone"))
    return errno = gone, -1;
#ifdef SHIM_LOST
  struct pollfd end = { .fd = fd };
  if (0 < poll (&end, 1, 0) && (end.revents & POLLHUP))
    return errno = gone, -1;
#endif
  if (getsockopt (fd, SOL_SOCKET, SO_PEERCRED, &uc, &len) != 0)
    return -1;
  peer->uid = uid != NULL ? uid_of (uid) : uc.uid;
  peer->gid = gid != NULL ? (gid_t) strtoul (gid, NULL, 10) : uc.gid;
  peer->pid = uc.pid;
  if (shim_fault ("minus1"))
    {
      peer->uid = (uid_t) -1;
      peer->gid = (gid_t) -1;
    }
  return 0;
}

int
shim_groups (int fd, gid_t *groups, size_t room)
{
#ifdef SO_PEERGROUPS
  socklen_t len = room * sizeof *groups;
  if (getsockopt (fd, SOL_SOCKET, SO_PEERGROUPS, groups, &len) != 0)
    return -1;
  return len / sizeof *groups;
#else
  (void) fd;
  (void) groups;
  (void) room;
  return errno = ENOPROTOOPT, -1;
#endif
}

int
shim_answer (void const *answer, size_t size, void *val, void *len)
{
  socklen_t *room = len;

  if (shim_fault ("empty"))
    size = 0;
  else if (shim_fault ("short"))
    size--;
  if (size < *room)
    *room = (socklen_t) size;
  memcpy (val, answer, *room);
  return 0;
}

/* The getgroups that other/unistd.h hides.  */
int shim_process_getgroups (int size, gid_t *list) __asm ("_getgroups");
int
shim_process_getgroups (int size, gid_t *list)
{
  return getgroups (size, list);
}
