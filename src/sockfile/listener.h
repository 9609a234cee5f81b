/* listener.h -- a socket, and the file that it is bound to.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef LISTENER_H
#define LISTENER_H

#include "base/system.h"

#include <sys/stat.h>

#include "sockfile/entry.h"

/* As a mode: the mode that the process's umask gives a new socket.  */
#define LISTENER_MODE_UMASK ((mode_t) -1)

struct listener
{
  /* The socket, close-on-exec.  */
  int fd;
  /* True if the file that the socket is bound to is known.  FILE then has its
     device and inode number; other members of FILE may be out of date.  */
  bool bound;
  struct stat file;
  /* True if the file was made with mode 0, by which it is recognized.  */
  bool marked;
  /* A descriptor that holds the file without opening it, on systems that have
     those; otherwise -1.  */
  int held;
  /* The entry that leads to the file, or should.  If it is shared, others can
     make it lead to another file.  */
  struct entry const *where;
};

/* Options of the socket.  */
enum listener_option
{
  LISTENER_PASS_CREDENTIALS,
  LISTENER_PASS_SECURITY,
  LISTENER_PASS_PIDFD,
  /* This one is on by default, the others are off.  */
  LISTENER_PASS_RIGHTS
};

/* Each function that returns int does one step, so that the caller can name
   the step that failed.  Unless stated otherwise, it returns 0, or -1 with
   errno set.  The functions are declared in the order in which they are
   called.  Every descriptor is above 2, even if standard descriptors are
   closed.  */

/* Return a new socket of TYPE, close-on-exec and above 2, or -1.  */
int listener_new_socket (int type);

/* Set up *LISTENER with a new stream socket.  */
int listener_open (struct listener *listener);

/* Record that the socket is now descriptor FD.  */
void listener_set_fd (struct listener *listener, int fd);

/* Turn OPTION on or off.  ENOTSUP: the system does not have it.  */
int listener_set (struct listener const *listener,
                  enum listener_option option, bool on);

/* The name of OPTION in the system's headers.  */
char const *listener_option_name (enum listener_option option);

/* Bind the socket to PATH, at most ADDRESS_PATH_MAX bytes long.  The file gets
   MODE (at most 0777) in the system call that makes it, so it never has a
   wider one; with LISTENER_MODE_UMASK it gets what the umask allows.  Clients
   cannot connect before listener_listen.  */
int listener_bind (struct listener const *listener, char const *path,
                   mode_t mode);

/* Bind the socket to the name of ENTRY in its directory, as listener_bind
   does.  The address is that name alone, without the directory.  If this
   process may not open its working directory, the address is the name after
   that of a descriptor of the directory, as in "/proc/self/fd/5/NAME".  */
int listener_bind_in (struct listener const *listener,
                      struct entry const *entry, mode_t mode);

/* Bind the socket to the abstract name NAME, at most ADDRESS_PATH_MAX bytes
   long.  ENOTSUP: the system does not have abstract names.  */
int listener_bind_abstract (struct listener const *listener,
                            char const *name);

/* Return true if a file made with mode 0 in the directory DIR can be given
   another mode through a descriptor, without its name.  */
bool listener_can_mark (int dir);

/* Record that the file is going to be made with mode 0, to be recognized by
   that.  */
void listener_mark (struct listener *listener);

/* Find the file that bind has made, to which WHERE should lead; WHERE must
   outlive *LISTENER.  HELD is the result of boundfile_open: a descriptor of
   that file, which becomes *LISTENER's, or -1 if the system could not tell.
   If the entry is shared, another user may have put another file there; then a
   marked file is recognized by its mode.  ESTALE: the entry leads to another
   file.  LISTENER->bound is set if the file itself is known even so.  */
int listener_identify (struct listener *listener, int held,
                       struct entry const *where);

/* Record that the file has been moved to WHERE, which must outlive
   *LISTENER.  */
void listener_moved (struct listener *listener, struct entry const *where);

/* Change the owner of the file to UID and GID; -1 leaves an id as it is.
   errno 0: this system can do so only by the name, and the entry is
   shared.  */
int listener_chown (struct listener const *listener, uid_t uid, gid_t gid);

/* Give the file MODE, if it has another.  errno 0 as above.  */
int listener_chmod (struct listener const *listener, mode_t mode);

/* Check that the file has the owner UID and the group GID, unless they are -1,
   and MODE, unless that is LISTENER_MODE_UMASK.  ENOTSUP: one of them
   differs.  */
int listener_check (struct listener const *listener, uid_t uid, gid_t gid,
                    mode_t mode);

/* Let clients connect.  BACKLOG of them may wait to be accepted.  */
int listener_listen (struct listener const *listener, int backlog);

/* Close the socket.  */
void listener_close (struct listener *listener);

/* Return the descriptor that holds the file, or -1.  It is the caller's from
   then on.  */
int listener_take_held (struct listener *listener);

/* Close the descriptor that holds the file.  The socket stays open.  */
void listener_let_go (struct listener *listener);

#endif /* LISTENER_H */
