/* inherited.c -- sockets that were open when the program started.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "base/inherited.h"

#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/sockopt.h"
#include "cloexec.h"

/* Check that FD is a local stream socket, and store its address in *ADDR,
   followed by zeros, and the length of the address in *LEN.  Return 0, or -1
   with errno set.  */
static int
check_stream (int fd, union peer_address *addr, socklen_t *len)
{
  int type = sockopt_get (fd, SO_TYPE);

  memset (addr, 0, sizeof *addr);
  *len = sizeof *addr;
  if (type < 0 || getsockname (fd, &addr->any, len) != 0)
    return -1;
  /* Some systems store nothing for a local socket without a name.  */
  if (addr->any.sa_family != AF_UNIX && *len != 0)
    return errno = EAFNOSUPPORT, -1;
  return type == SOCK_STREAM ? 0 : (errno = EPROTOTYPE, -1);
}

int
inherited_check (int fd)
{
  union peer_address addr;
  socklen_t len;

  if (check_stream (fd, &addr, &len) != 0)
    return -1;
  int listening = sockopt_listens (fd);
  if (listening < 0)
    return -1;
  if (listening == 0)
    return errno = EINVAL, -1;
  return 0;
}

/* Return true if ADDR holds a path or an abstract name.  ADDR was filled with
   zeros before the system stored at most LEN bytes in it.  */
static bool
has_name (union peer_address const *addr, socklen_t len)
{
  for (size_t i = offsetof (struct sockaddr_un, sun_path);
       i < (size_t) len && i < sizeof addr->room; i++)
    if (addr->room[i] != '\0')
      return true;
  return false;
}

/* Return true if ADDR, of LEN bytes, has the form of the names that Haiku
   gives to sockets without a name (INTERNAL_UNIX_ADDRESS_LEN in
   UnixAddress.h): a NUL and five lower-case hexadecimal digits.  On Linux,
   where such a name is abstract, bind gives one to a socket that asks for any
   name.  */
static bool
is_internal_name (union peer_address const *addr, socklen_t len)
{
  enum { DIGITS = 5 };
  size_t start = offsetof (struct sockaddr_un, sun_path);
  char const *path = addr->room + start;

  if ((size_t) len < start + 1 + DIGITS || path[0] != '\0'
      || strspn (path + 1, "0123456789abcdef") != DIGITS)
    return false;
  for (size_t i = start + 1 + DIGITS;
       i < (size_t) len && i < sizeof addr->room; i++)
    if (addr->room[i] != '\0')
      return false;
  return true;
}

/* Return 1 if the system gives a name to the ends of a socket pair, 0 if it
   does not, or -1 with errno set.  */
static int
names_socket_pairs (void)
{
  union peer_address addr;
  socklen_t len = sizeof addr;
  int ends[2];

  if (socketpair (AF_UNIX, SOCK_STREAM, 0, ends) != 0)
    return -1;
  memset (&addr, 0, sizeof addr);
  int result = getsockname (ends[0], &addr.any, &len);
  if (result == 0)
    result = has_name (&addr, len);
  int saved_errno = errno;
  close (ends[0]);
  close (ends[1]);
  errno = saved_errno;
  return result;
}

/* Return true if FD, a stream socket for which getpeername has failed with
   ERRNUM, is a connection that the peer has closed.  For such a connection the
   BSDs report ENOTCONN (FreeBSD, kern_getpeername in
   sys/kern/uipc_syscalls.c), and macOS EINVAL (xnu, getpeername in
   bsd/kern/uipc_syscalls.c).  It can be read to its end, unlike a socket that
   was never connected.  But on NetBSD and OpenBSD, a socket that was shut down
   can be read whether or not it was connected, and on OpenBSD sockopt_listens
   does not recognize such a listening socket.  Then the query for the
   credentials fails, because the kernel knows none of a peer.  */
static bool
was_closed (int fd, int errnum)
{
  return ((errnum == ENOTCONN || errnum == EINVAL)
          && sockopt_listens (fd) == 0
          && (0 <= sockopt_peek (fd) || errno == ECONNRESET));
}

int
inherited_check_connection (int fd, union peer_address *peer,
                            socklen_t *peerlen)
{
  union peer_address addr;
  socklen_t len;

  if (check_stream (fd, &addr, &len) != 0)
    return -1;
  /* Check that there is a peer, before the caller asks for its credentials:
     for a listening socket, Linux would return those of the process that
     listens.  */
  *peerlen = sizeof *peer;
  if (getpeername (fd, &peer->any, peerlen) != 0)
    {
      int errnum = errno;
      if (! was_closed (fd, errnum))
        return errno = errnum, -1;
      *peerlen = 0;
    }
  /* The server's end of a connection has the name of the listening socket.  An
     end of a socket pair has no name, unless a process has bound it, and its
     peer's credentials are those of the process that made the pair, whichever
     process has the other end now.  */
  int is_pair = (! has_name (&addr, len) ? 1
                 : is_internal_name (&addr, len) ? names_socket_pairs () : 0);
  if (is_pair < 0)
    return -1;
  return is_pair == 0 ? 0 : (errno = EDESTADDRREQ, -1);
}

bool
inherited_listens (int fd)
{
  return 0 < sockopt_listens (fd);
}

int
inherited_take (int fd)
{
  if (fd <= STDERR_FILENO)
    return fcntl (fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  return set_cloexec_flag (fd, true) == 0 ? fd : -1;
}

char const *
inherited_path (int fd, union peer_address *addr, size_t *pathlen)
{
  socklen_t len = sizeof *addr;

  if (getsockname (fd, &addr->any, &len) != 0)
    len = 0;
  return address_peer_path (addr, len, pathlen);
}
