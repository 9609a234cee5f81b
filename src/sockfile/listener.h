/* listener.h -- a listening socket at a path.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef LISTENER_H
#define LISTENER_H

#include "base/system.h"

#include <sys/stat.h>

/* The mode that the process's umask makes of a new socket.  */
#define LISTENER_MODE_UMASK ((mode_t) -1)

struct listener
{
  /* The socket, close-on-exec.  */
  int fd;
  /* What it is bound to, once BOUND; only st_dev and st_ino count.  */
  bool bound;
  struct stat file;
  /* Whether it was made with mode 0, so as to be known by that.  */
  bool marked;
  /* That file itself, where the system has descriptors that hold a file
     without opening it; otherwise -1, and the file is called NAME in the
     directory DIR.  */
  int entry;
  int dir;
  char const *name;
};

/* What the socket is to be like, apart from its address.  */
enum listener_option
{
  LISTENER_PASS_CREDENTIALS,
  LISTENER_PASS_SECURITY,
  LISTENER_PASS_PIDFD,
  /* The only one that is on unless it is turned off.  */
  LISTENER_PASS_RIGHTS
};

/* One step each, in this order.  They return 0, or -1 with errno set; each
   has one reason to fail, so that the caller can name it.  Every descriptor
   is above 2, whatever is closed.  */

/* Set up *LISTENER with a new socket.  */
int listener_open (struct listener *listener);

/* Turn OPTION on or off.  ENOTSUP: the system does not have it.  */
int listener_set (struct listener const *listener,
                  enum listener_option option, bool on);

/* The name of OPTION in the system's headers.  */
char const *listener_option_name (enum listener_option option);

/* Bind the socket to PATH, at most ADDRESS_PATH_MAX bytes long.  The file is
   made with MODE (at most 0777) and is at no time wider, or with what the
   umask gives.  Nobody can connect before listener_listen.  */
int listener_bind (struct listener const *listener, char const *path,
                   mode_t mode);

/* Likewise to NAME in the directory DIR.  The address will be NAME alone.  */
int listener_bind_in (struct listener const *listener, int dir,
                      char const *name, mode_t mode);

/* Bind the socket to the abstract name NAME, at most ADDRESS_PATH_MAX bytes
   long.  ENOTSUP: the system does not have them.  */
int listener_bind_abstract (struct listener const *listener,
                            char const *name);

/* Whether a file made in the directory DIR with mode 0 can be given its own
   mode without being named.  */
bool listener_can_mark (int dir);

/* Find the file that was made, which should be called NAME in DIR; NAME must
   outlive *LISTENER.  ENTRY holds that file, as boundfile_open has told, and
   becomes *LISTENER's, or is -1 if that could not tell.  If SHARED, others may
   have put another there; a file made with mode 0, where LISTENER->marked says
   so, is known by that.  ESTALE: somebody has put another there.  If the file
   is known nevertheless, LISTENER->bound is set.  */
int listener_identify (struct listener *listener, int entry, int dir,
                       char const *name, bool shared);

/* Give the file to UID and GID; an id of -1 is left.  BY_NAME: nobody can make
   its name stand for another file, so the name may be used.  Without that,
   EPERM where the system can do it no other way.  */
int listener_chown (struct listener const *listener, uid_t uid, gid_t gid,
                    bool by_name);

/* Make sure that the file has MODE, on systems where bind alone does not.
   BY_NAME as above.  */
int listener_chmod (struct listener const *listener, mode_t mode,
                    bool by_name);

/* See that the file has the owner UID and the group GID, unless they are -1,
   and MODE, unless that is LISTENER_MODE_UMASK.  ENOTSUP: it has not.  */
int listener_check (struct listener const *listener, uid_t uid, gid_t gid,
                    mode_t mode);

/* Let clients connect, BACKLOG of them waiting.  */
int listener_listen (struct listener const *listener, int backlog);

/* Close what only the making needed.  */
void listener_settle (struct listener *listener);

/* What processes have a socket.  */
enum listener_use
{
  LISTENER_NOBODY,
  LISTENER_SOMEBODY,
  /* It could not be asked.  */
  LISTENER_UNKNOWN,
  /* It could not be asked, and there is no way back to the working
     directory.  */
  LISTENER_LOST
};

/* Find out who has the socket that HELD, unless it is -1, holds and that is
   called NAME in DIR; for the last two errno tells why.  A server that listens
   is not woken: it is asked for a connection of a type that it cannot accept.
   A socket of ours whose mode denies us is unknown; if MAY_CHANGE, one with
   mode 0 gets another while it is asked.  */
enum listener_use listener_probe (int held, int dir, char const *name,
                                  bool may_change);

#endif /* LISTENER_H */
