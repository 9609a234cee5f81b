/* shim.c -- the credentials and faults for all simulated systems.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* This file is compiled without the headers of a simulated system.

   UCSPI_SHIM_UID and UCSPI_SHIM_GID replace the ids of every peer.  If the uid
   is "+N", it grows by one after each N requests; N is 1 by default.
   UCSPI_SHIM_FAULT is the fault of every request:

     gone      the error for a client that has left
     minus1    ids of -1
     short     success, with one byte too few     (getsockopt)
     empty     success, with nothing stored       (getsockopt)
     version   success, with another version      (xucred)
     nogroups  success, with no groups            (xucred)
     positive  an error without errno             (getpeereid)

   A fault has no effect on a method that cannot have it.

   If SHIM_LOST is defined, "gone" also happens when the client has really
   left.  */

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

/* Return the uid in TEXT, or the next one for "+N".  */
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
  if (size < (size_t) *room)
    *room = (socklen_t) size;
  memcpy (val, answer, *room);
  return 0;
}

/* The real getgroups, for which other/unistd.h defines a macro.  */
int shim_process_getgroups (int size, gid_t *list) __asm ("_getgroups");
int
shim_process_getgroups (int size, gid_t *list)
{
  return getgroups (size, list);
}
