/* listener.c -- a listening socket at a path.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "sockfile/listener.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/address.h"
#include "base/fd.h"
#include "base/idmap.h"
#include "base/workdir.h"
#include "cloexec.h"
#include "same-inode.h"
#include "unistd-safer.h"

/* The system's own: gnulib's replacement for one that it does not trust cannot
   change the owner through a descriptor.  The faults it is against, of slashes
   in the end and of times, do not matter here.  */
#if HAVE_FCHOWNAT
# undef fchownat
#endif

/* Linux numbers these options alike on all processors that number SO_PASSSEC
   like this; older headers do not have them yet.  */
#if !defined SO_PASSPIDFD && defined SO_PASSSEC && SO_PASSSEC == 34
# define SO_PASSPIDFD 76
#endif
#if !defined SO_PASSRIGHTS && defined SO_PASSSEC && SO_PASSSEC == 34
# define SO_PASSRIGHTS 83
#endif

/* A new socket of TYPE, close-on-exec and above 2, or -1.  */
static int
new_socket (int type)
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
  *listener = (struct listener) { .dir = AT_FDCWD, .entry = -1 };
  listener->fd = new_socket (SOCK_STREAM);
  return listener->fd < 0 ? -1 : 0;
}

/* The options of the system; -1 stands for one that it does not have.  */
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
  /* The umask alone makes the mode of a new socket right from the start.  */
  if (mode != LISTENER_MODE_UMASK)
    old_umask = umask (~mode & 0777);
  int result = bind (listener->fd, (struct sockaddr *) &addr, addrlen);
  if (mode != LISTENER_MODE_UMASK)
    umask (old_umask);
  return result;
}

int
listener_bind_in (struct listener const *listener, int dir, char const *name,
                  mode_t mode)
{
  char path[FD_PATH_SIZE + 1 + ADDRESS_PATH_MAX];
  int home = workdir_enter (dir);

  if (0 <= home)
    return workdir_leave (home, listener_bind (listener, name, mode));
  /* The working directory may be one that we may not open, so that there would
     be no way back.  */
  if (errno != EACCES || ADDRESS_PATH_MAX < strlen (name))
    return -1;
  fd_path (path, dir);
  strcat (strcat (path, "/"), name);
  int result = listener_bind (listener, path, mode);
  if (result != 0 && errno == ENOENT)
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
  /* A system without abstract names sees an empty path.  */
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

  /* A default access control list of the directory does not matter: unlike
     open, bind applies the umask before the list, which can only take more
     permissions away (net/unix/af_unix.c, unix_bind_bsd).  */
  fd_path (path, dir);
  return access (path, F_OK) == 0;
#else
  (void) dir;
  return false;
#endif
}

/* Whether ST may be that of LISTENER's file, in a directory that is SHARED.
   Others can make a socket with mode 0, too, but not one of ours.  Where they
   cannot interfere, its owner proves nothing: some file systems give all files
   to somebody else.  */
static bool
may_be_ours (struct listener const *listener, struct stat const *st,
             bool shared)
{
  return (S_ISSOCK (st->st_mode) && st->st_nlink == 1
          && (! shared
              || (st->st_uid == geteuid ()
                  && (! listener->marked || (st->st_mode & 0777) == 0))));
}

int
listener_identify (struct listener *listener, int entry, int dir,
                   char const *name, bool shared)
{
  struct stat st;

  listener->dir = dir;
  listener->name = name;
  listener->entry = entry;
  if (0 <= entry)
    {
      /* The file is known, whatever is called NAME.  */
      if (fstat (entry, &listener->file) != 0)
        return -1;
      listener->bound = true;
      if (fstatat (dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return -1;
      return SAME_INODE (st, listener->file) ? 0 : (errno = ESTALE, -1);
    }

  if (fstatat (dir, name, &listener->file, AT_SYMLINK_NOFOLLOW) != 0)
    return -1;
  if (! may_be_ours (listener, &listener->file, shared))
    return errno = ESTALE, -1;
  listener->bound = true;
#if HAVE_DECL_O_PATH
  listener->entry = fd_safer_flag (openat (dir, name,
                                           O_PATH | O_NOFOLLOW | O_CLOEXEC),
                                   O_CLOEXEC);
  /* Some systems that have O_PATH do not open a socket with it.  */
  if (0 <= listener->entry)
    {
      if (fstat (listener->entry, &st) != 0)
        return -1;
      if (! may_be_ours (listener, &st, shared)
          || ! SAME_INODE (st, listener->file))
        return errno = ESTALE, -1;
    }
  else if (errno != EOPNOTSUPP && errno != ENXIO)
    return -1;
#endif
  /* Our uid may be reported as the owner of what somebody else owns.  */
  if (shared && ! idmap_owns (listener->entry, &listener->file))
    return errno = ESTALE, -1;
  return 0;
}

int
listener_chown (struct listener const *listener, uid_t uid, gid_t gid,
                bool by_name)
{
#ifdef AT_EMPTY_PATH
  if (0 <= listener->entry)
    return fchownat (listener->entry, "", uid, gid, AT_EMPTY_PATH);
#endif
  if (! by_name)
    return errno = EPERM, -1;
  return fchownat (listener->dir, listener->name, uid, gid,
                   AT_SYMLINK_NOFOLLOW);
}

/* Change the mode of LISTENER's file by its name, which nobody can make stand
   for another.  */
static int
chmod_by_name (struct listener const *listener, mode_t mode)
{
  struct stat st;

  if (fstatat (listener->dir, listener->name, &st, AT_SYMLINK_NOFOLLOW) != 0)
    return -1;
  if (! SAME_INODE (st, listener->file))
    return errno = ESTALE, -1;
  if (fchmodat (listener->dir, listener->name, mode, AT_SYMLINK_NOFOLLOW) == 0)
    return 0;
  /* The C library may need descriptors as files not to follow a link.  But
     there is none.  */
  return (errno == EOPNOTSUPP
          ? fchmodat (listener->dir, listener->name, mode, 0) : -1);
}

/* Store in *ST what LISTENER's file is like.  ESTALE: its name stands for
   another.  */
static int
look (struct listener const *listener, struct stat *st)
{
  if ((0 <= listener->entry ? fstat (listener->entry, st)
       : fstatat (listener->dir, listener->name, st,
                  AT_SYMLINK_NOFOLLOW)) != 0)
    return -1;
  return SAME_INODE (*st, listener->file) ? 0 : (errno = ESTALE, -1);
}

int
listener_chmod (struct listener const *listener, mode_t mode, bool by_name)
{
  struct stat st;

  if (look (listener, &st) != 0)
    return -1;
  if ((st.st_mode & 0777) == mode)
    return 0;
  if (0 <= listener->entry)
    {
      char path[FD_PATH_SIZE];
      fd_path (path, listener->entry);
      int result = chmod (path, mode);
      /* The system may not show descriptors as files.  */
      if (result == 0 || errno != ENOENT)
        return result;
#ifdef AT_EMPTY_PATH
      if (fchmodat (listener->entry, "", mode, AT_EMPTY_PATH) == 0)
        return 0;
#endif
    }
  return by_name ? chmod_by_name (listener, mode) : (errno = EPERM, -1);
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
listener_settle (struct listener *listener)
{
  if (0 <= listener->entry)
    close (listener->entry);
  listener->entry = -1;
}

/* Ask, with the datagram socket PROBE, who has the socket at PATH.  A connect
   that asks for another type is told so (EPROTOTYPE) by the socket that is
   there, and succeeds if that is a datagram socket.  */
static enum listener_use
ask (int probe, char const *path)
{
  struct sockaddr_un addr;
  socklen_t addrlen = address_of_path (path, &addr);

  if (addrlen == 0)
    return LISTENER_UNKNOWN;
  if (connect (probe, (struct sockaddr *) &addr, addrlen) == 0
      || errno == EPROTOTYPE)
    return LISTENER_SOMEBODY;
  return errno == ECONNREFUSED ? LISTENER_NOBODY : LISTENER_UNKNOWN;
}

/* As ask, of the file that HELD holds and PATH leads to, which has refused us.
   If it is our own with mode 0, that may be all that its maker has done before
   it was killed.  The uid alone may be reported as the owner of what somebody
   else owns (see idmap.h); then chmod fails.  */
static enum listener_use
ask_as_owner (int probe, int held, char const *path)
{
  struct stat st, now;

  if (fstat (held, &st) != 0 || st.st_uid != geteuid ()
      || (st.st_mode & 0777) != 0 || chmod (path, S_IWUSR) != 0)
    return errno = EACCES, LISTENER_UNKNOWN;
  enum listener_use use = ask (probe, path);
  int saved_errno = errno;
  /* Who has it may have changed the mode meanwhile.  */
  if (use != LISTENER_NOBODY && fstat (held, &now) == 0
      && (now.st_mode & 0777) == S_IWUSR)
    chmod (path, 0);
  errno = saved_errno;
  return use;
}

enum listener_use
listener_probe (int held, int dir, char const *name, bool may_change)
{
  char path[FD_PATH_SIZE];
  enum listener_use use = LISTENER_UNKNOWN;
  int probe = new_socket (SOCK_DGRAM);

  if (probe < 0)
    return LISTENER_UNKNOWN;
  if (0 <= held)
    {
      fd_path (path, held);
      use = ask (probe, path);
      if (use == LISTENER_UNKNOWN && errno == EACCES && may_change)
        use = ask_as_owner (probe, held, path);
    }
  if (use == LISTENER_UNKNOWN && (held < 0 || errno == ENOENT))
    {
      /* The file is not held, or the system does not show descriptors.  */
      int home = dir == AT_FDCWD ? -1 : workdir_enter (dir);
      if (0 <= home || dir == AT_FDCWD)
        use = ask (probe, name);
      if (0 <= home && workdir_leave (home, 0) != 0)
        use = LISTENER_LOST;
    }
  fd_close (probe);
  return use;
}
