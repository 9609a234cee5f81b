/* listener.c -- a socket, and the file that it is bound to.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "sockfile/listener.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/address.h"
#include "base/errors.h"
#include "base/fd.h"
#include "base/idmap.h"
#include "base/workdir.h"
#include "cloexec.h"
#include "same-inode.h"
#include "unistd-safer.h"

/* Call the system's own fchownat.  Where gnulib distrusts it, gnulib's
   replacement cannot change the owner through a descriptor.  The faults that
   it mends, with trailing slashes and with times, do not matter here.  */
#if HAVE_FCHOWNAT
# undef fchownat
#endif

/* Headers older than the running kernel may lack these options.  On all
   processors where SO_PASSSEC is 34, Linux gives them the numbers below.  */
#if !defined SO_PASSPIDFD && defined SO_PASSSEC && SO_PASSSEC == 34
# define SO_PASSPIDFD 76
#endif
#if !defined SO_PASSRIGHTS && defined SO_PASSSEC && SO_PASSSEC == 34
# define SO_PASSRIGHTS 83
#endif

int
listener_new_socket (int type)
{
#ifdef SOCK_CLOEXEC
  return fd_safer_flag (socket (AF_UNIX, type | SOCK_CLOEXEC, 0), O_CLOEXEC);
#else
  int fd = fd_safer (socket (AF_UNIX, type, 0));
  if (0 <= fd && set_cloexec_flag (fd, true) != 0)
    {
      fd_close (fd);
      fd = -1;
    }
  return fd;
#endif
}

int
listener_open (struct listener *listener)
{
  *listener = (struct listener) { .held = -1 };
  listener->fd = listener_new_socket (SOCK_STREAM);
  return listener->fd < 0 ? -1 : 0;
}

void
listener_set_fd (struct listener *listener, int fd)
{
  listener->fd = fd;
}

/* The numbers of the options; -1 for those that the system does not have.  */
static struct
{
  char const *name;
  int option;
} const socket_options[] =
{
  [LISTENER_PASS_CREDENTIALS] = { "SO_PASSCRED",
#ifdef SO_PASSCRED
    SO_PASSCRED
#else
    -1
#endif
  },
  [LISTENER_PASS_SECURITY] = { "SO_PASSSEC",
#ifdef SO_PASSSEC
    SO_PASSSEC
#else
    -1
#endif
  },
  [LISTENER_PASS_PIDFD] = { "SO_PASSPIDFD",
#ifdef SO_PASSPIDFD
    SO_PASSPIDFD
#else
    -1
#endif
  },
  [LISTENER_PASS_RIGHTS] = { "SO_PASSRIGHTS",
#ifdef SO_PASSRIGHTS
    SO_PASSRIGHTS
#else
    -1
#endif
  }
};

int
listener_set (struct listener const *listener, enum listener_option option,
              bool on)
{
  int value = on;
  if (socket_options[option].option < 0)
    return errno = ENOTSUP, -1;
  return setsockopt (listener->fd, SOL_SOCKET, socket_options[option].option,
                     &value, sizeof value);
}

char const *
listener_option_name (enum listener_option option)
{
  return socket_options[option].name;
}

int
listener_bind (struct listener const *listener, char const *path, mode_t mode)
{
  struct sockaddr_un addr;
  socklen_t addrlen = address_of_path (path, &addr);
  mode_t old_umask = 0;

  if (addrlen == 0)
    return -1;
  /* Only the umask can give a new socket its mode in the very call that makes
     it.  */
  if (mode != LISTENER_MODE_UMASK)
    old_umask = umask (~mode & 0777);
  int result = bind (listener->fd, (struct sockaddr *) &addr, addrlen);
  if (mode != LISTENER_MODE_UMASK)
    umask (old_umask);
  return result;
}

int
listener_bind_in (struct listener const *listener, struct entry const *entry,
                  mode_t mode)
{
  char path[FD_PATH_SIZE + 1 + ADDRESS_PATH_MAX];
  int home = workdir_enter (entry->dir);

  if (0 <= home)
    return workdir_leave (home, listener_bind (listener, entry->name, mode));
  /* EACCES: we may not open the working directory, so we could not return to
     it.  Reach the directory of ENTRY by the name of its descriptor.  */
  if (errno != EACCES || ADDRESS_PATH_MAX < strlen (entry->name))
    return -1;
  fd_path (path, entry->dir);
  strcat (strcat (path, "/"), entry->name);
  int result = listener_bind (listener, path, mode);
  if (result != 0 && fd_is_hidden (errno))
    errno = EACCES;
  return result;
}

int
listener_bind_abstract (struct listener const *listener, char const *name)
{
  struct sockaddr_un addr, back;
  socklen_t addrlen = address_of_abstract (name, &addr);
  socklen_t backlen = sizeof back;

  if (addrlen == 0)
    return -1;
  /* On a system without abstract names the path seems to be empty.  */
  if (bind (listener->fd, (struct sockaddr *) &addr, addrlen) != 0)
    return errno == ENOENT || errno == EINVAL ? (errno = ENOTSUP, -1) : -1;
  if (getsockname (listener->fd, (struct sockaddr *) &back, &backlen) != 0)
    return -1;
  if (backlen != addrlen
      || memcmp (addr.sun_path, back.sun_path, strlen (name) + 1) != 0)
    return errno = ENOTSUP, -1;
  return 0;
}

bool
listener_can_mark (int dir)
{
#if HAVE_DECL_O_PATH
  char path[FD_PATH_SIZE];

  /* A default access control list of the directory does no harm.  Unlike open,
     bind applies the umask before the list, which can then only remove more
     permissions (Linux, net/unix/af_unix.c, unix_bind_bsd).  */
  fd_path (path, dir);
  return access (path, F_OK) == 0;
#else
  (void) dir;
  return false;
#endif
}

void
listener_mark (struct listener *listener)
{
  listener->marked = true;
}

/* Return true if ST may describe the file of LISTENER.  SHARED is that of the
   entry by which the file was found.  In a shared directory, check the owner:
   others can make a socket with mode 0, too, but not one that we own.  In
   other directories do not check the owner, because some file systems report
   another owner for all files.  */
static bool
may_be_ours (struct listener const *listener, struct stat const *st,
             bool shared)
{
  return (S_ISSOCK (st->st_mode) && st->st_nlink == 1
          && (! shared
              || (st->st_uid == geteuid ()
                  && (! listener->marked || (st->st_mode & 0777) == 0))));
}

/* Store in *ST the status of the file that the entry leads to.  */
static int
look_at_name (struct listener const *listener, struct stat *st)
{
  return fstatat (listener->where->dir, listener->where->name, st,
                  AT_SYMLINK_NOFOLLOW);
}

/* Do what listener_identify does where the system did not tell which file the
   socket is bound to.  Hold the file if the system can.  */
static int
identify_by_name (struct listener *listener)
{
  bool shared = listener->where->shared;
  struct stat st;

  if (look_at_name (listener, &listener->file) != 0)
    return -1;
  if (! may_be_ours (listener, &listener->file, shared))
    return errno = ESTALE, -1;
  listener->bound = true;
#if HAVE_DECL_O_PATH
  listener->held = fd_safer_flag (openat (listener->where->dir,
                                          listener->where->name,
                                          O_PATH | O_NOFOLLOW | O_CLOEXEC),
                                  O_CLOEXEC);
  /* Some systems that have O_PATH do not open a socket with it.  */
  if (0 <= listener->held)
    {
      if (fstat (listener->held, &st) != 0)
        return -1;
      if (! may_be_ours (listener, &st, shared)
          || ! SAME_INODE (st, listener->file))
        return errno = ESTALE, -1;
    }
  else if (errno != EOPNOTSUPP && errno != ENXIO)
    return -1;
#else
  (void) st;
#endif
  /* In a user namespace, files of other users may seem to be ours.  */
  if (shared && ! idmap_owns (listener->held, &listener->file))
    return errno = errno == EPERM ? ESTALE : errno, -1;
  return 0;
}

int
listener_identify (struct listener *listener, int held,
                   struct entry const *where)
{
  struct stat st;

  listener->where = where;
  listener->held = held;
  if (held < 0)
    return identify_by_name (listener);
  if (fstat (held, &listener->file) != 0)
    return -1;
  listener->bound = true;
  if (look_at_name (listener, &st) != 0)
    return -1;
  return SAME_INODE (st, listener->file) ? 0 : (errno = ESTALE, -1);
}

void
listener_moved (struct listener *listener, struct entry const *where)
{
  listener->where = where;
}

int
listener_chown (struct listener const *listener, uid_t uid, gid_t gid)
{
#ifdef AT_EMPTY_PATH
  if (0 <= listener->held)
    return fchownat (listener->held, "", uid, gid, AT_EMPTY_PATH);
#endif
  if (listener->where->shared)
    return errno = 0, -1;
  return fchownat (listener->where->dir, listener->where->name, uid, gid,
                   AT_SYMLINK_NOFOLLOW);
}

/* Change the mode of the file by its name, which nobody else can make lead to
   another file.  */
static int
chmod_by_name (struct listener const *listener, mode_t mode)
{
  struct entry const *where = listener->where;
  struct stat st;

  if (look_at_name (listener, &st) != 0)
    return -1;
  if (! SAME_INODE (st, listener->file))
    return errno = ESTALE, -1;
  if (fchmodat (where->dir, where->name, mode, AT_SYMLINK_NOFOLLOW) == 0)
    return 0;
  /* Without /proc, some C libraries cannot avoid following a symbolic link.
     But the file is a socket, so there is none to follow.  */
  return (errno == EOPNOTSUPP
          ? fchmodat (where->dir, where->name, mode, 0) : -1);
}

/* Store in *ST the status of the file.  ESTALE: its name leads to another.  */
static int
look (struct listener const *listener, struct stat *st)
{
  if ((0 <= listener->held ? fstat (listener->held, st)
       : look_at_name (listener, st)) != 0)
    return -1;
  return SAME_INODE (*st, listener->file) ? 0 : (errno = ESTALE, -1);
}

int
listener_chmod (struct listener const *listener, mode_t mode)
{
  struct stat st;

  if (look (listener, &st) != 0)
    return -1;
  if ((st.st_mode & 0777) == mode)
    return 0;
  if (0 <= listener->held)
    {
      char path[FD_PATH_SIZE];
      fd_path (path, listener->held);
      int result = chmod (path, mode);
      /* ENOENT: the system does not show descriptors as files.  EACCES could
         come from a security module.  */
      if (result == 0 || errno != ENOENT)
        return result;
#ifdef AT_EMPTY_PATH
      if (fchmodat (listener->held, "", mode, AT_EMPTY_PATH) == 0)
        return 0;
      if (listener->where->shared && ! is_unsupported (errno))
        return -1;
#endif
    }
  return (listener->where->shared ? (errno = 0, -1)
          : chmod_by_name (listener, mode));
}

int
listener_check (struct listener const *listener, uid_t uid, gid_t gid,
                mode_t mode)
{
  struct stat st;

  if (look (listener, &st) != 0)
    return -1;
  return ((uid == (uid_t) -1 || st.st_uid == uid)
          && (gid == (gid_t) -1 || st.st_gid == gid)
          && (mode == LISTENER_MODE_UMASK || (st.st_mode & 0777) == mode)
          ? 0 : (errno = ENOTSUP, -1));
}

int
listener_listen (struct listener const *listener, int backlog)
{
  return listen (listener->fd, backlog);
}

void
listener_close (struct listener *listener)
{
  close (listener->fd);
  listener->fd = -1;
}

int
listener_take_held (struct listener *listener)
{
  int fd = listener->held;
  listener->held = -1;
  return fd;
}

void
listener_let_go (struct listener *listener)
{
  if (0 <= listener->held)
    close (listener->held);
  listener->held = -1;
}
