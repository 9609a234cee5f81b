/* socket.h -- local sockets as on other systems.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Compared with FreeBSD 14, NetBSD 10, OpenBSD 6.6, DragonFly 3.5, macOS 26
   and illumos of June 2021.  None of them has the removed options and flags;
   DragonFly 3.5 and macOS 26 also lack SOCK_CLOEXEC.  */

/* The options and flags that only Linux has are removed, abstract names do not
   work, and an accepted socket inherits O_NONBLOCK.  Macros select more:

     SHIM_SUN_LEN         the addresses of the BSDs
     SHIM_NO_SOCK_CLOEXEC without that flag, so accept4 is not used
     SHIM_DEAD_DATAGRAM   connect of a datagram socket fails with EDESTADDRREQ
                          if no process has the other socket open (illumos,
                          so_ux_lookup in fs/sockfs/socksubr.c)
     SHIM_GETPEEREID      with getpeereid, which returns error numbers and
                          fails for a client that has left

   All functions are inline, so no library is needed.  Their own system calls
   are made by syscall(2), because tests make those of the C library fail.  */

#pragma GCC system_header

/* In glibc these are also members of an enum, so that #undef alone would not
   remove them.  */
#define MSG_MORE shim_hidden_MSG_MORE
#ifdef SHIM_NO_SOCK_CLOEXEC
# define SOCK_CLOEXEC shim_hidden_SOCK_CLOEXEC
# define SOCK_NONBLOCK shim_hidden_SOCK_NONBLOCK
#endif
#include_next <sys/socket.h>
#undef MSG_MORE
#ifdef SHIM_NO_SOCK_CLOEXEC
# undef SOCK_CLOEXEC
# undef SOCK_NONBLOCK
#endif

#ifndef SHIM_OTHER_SYS_SOCKET_H
#define SHIM_OTHER_SYS_SOCKET_H

#include <asm/unistd.h>
#include <errno.h>
#include <stddef.h>
#include <sys/types.h>

/* The declaration in <unistd.h>, which this header must not include.  */
extern long int syscall (long int, ...);

enum
{
  SHIM_ADDRESS_MAX = 512,
  SHIM_GETFL = 3,
  SHIM_SETFL = 4,
#ifdef SHIM_NO_SOCK_CLOEXEC
  SHIM_NONBLOCK = shim_hidden_SOCK_NONBLOCK,
#else
  SHIM_NONBLOCK = SOCK_NONBLOCK,
#endif
  SHIM_POLLHUP = 16
};

/* Convert ADDR of length LEN to the form of the kernel in NATIVE.  Return 0,
   or -1 with errno set if the other system would fail.  */
static inline int
shim_to_native (char native[SHIM_ADDRESS_MAX], struct sockaddr const *addr,
                socklen_t len)
{
  char const *bytes = (char const *) addr;

  if (len < 2 || SHIM_ADDRESS_MAX < len)
    return errno = EINVAL, -1;
  __builtin_memset (native, 0, SHIM_ADDRESS_MAX);
  __builtin_memcpy (native, bytes, len);
#ifdef SHIM_SUN_LEN
  unsigned short int family = addr->sa_family;
  if (addr->sa_len != 0 && addr->sa_len != len)
    return errno = EINVAL, -1;
  __builtin_memcpy (native, &family, 2);
  if (family == AF_UNIX && 2 + 104 < len)
    return errno = EINVAL, -1;
#endif
  if (addr->sa_family == AF_UNIX
      && ((2 < len && bytes[2] == '\0')
          || __builtin_strncmp (native + 2, "/proc/self/fd/", 14) == 0))
    return errno = ENOENT, -1;
  return 0;
}

/* Convert NATIVE of length NATIVE_LEN to the form of the other system.  Store
   it in *ADDR, which has room for *LEN bytes, and its length in *LEN.  */
static inline void
shim_from_native (char native[SHIM_ADDRESS_MAX], socklen_t native_len,
                  struct sockaddr *addr, socklen_t *len)
{
#ifdef SHIM_SUN_LEN
  unsigned short int family = 0;
  __builtin_memcpy (&family, native, 2);
  /* An empty address has the full length and consists of zeros.  */
  if (native_len <= 2)
    native_len = 16;
  native[0] = native_len;
  native[1] = family;
#endif
  __builtin_memcpy (addr, native, *len < native_len ? *len : native_len);
  *len = native_len;
}

static inline int
shim_bind (int fd, struct sockaddr const *addr, socklen_t len)
{
  char native[SHIM_ADDRESS_MAX];
  if (shim_to_native (native, addr, len) != 0)
    return -1;
  return bind (fd, (struct sockaddr *) native, len);
}

static inline int
shim_connect (int fd, struct sockaddr const *addr, socklen_t len)
{
  char native[SHIM_ADDRESS_MAX];
  if (shim_to_native (native, addr, len) != 0)
    return -1;
  int result = connect (fd, (struct sockaddr *) native, len);
#ifdef SHIM_DEAD_DATAGRAM
  int type = 0;
  socklen_t type_len = sizeof type;
  if (result != 0 && errno == ECONNREFUSED
      && getsockopt (fd, SOL_SOCKET, SO_TYPE, &type, &type_len) == 0)
    errno = type == SOCK_DGRAM ? EDESTADDRREQ : ECONNREFUSED;
#endif
  return result;
}

static inline int
shim_getsockname (int fd, struct sockaddr *addr, socklen_t *len)
{
  char native[SHIM_ADDRESS_MAX] = "";
  socklen_t native_len = sizeof native;
  int result = getsockname (fd, (struct sockaddr *) native, &native_len);
  if (result == 0)
    shim_from_native (native, native_len, addr, len);
  return result;
}

/* Set O_NONBLOCK for FD, which was accepted from LISTENER, if LISTENER has
   it.  */
static inline int
shim_inherit (int fd, int listener)
{
  if (0 <= fd
      && (syscall (__NR_fcntl, listener, SHIM_GETFL, 0) & SHIM_NONBLOCK))
    syscall (__NR_fcntl, fd, SHIM_SETFL,
             syscall (__NR_fcntl, fd, SHIM_GETFL, 0) | SHIM_NONBLOCK);
  return fd;
}

static inline int
shim_accept (int listener, struct sockaddr *addr, socklen_t *len)
{
  char native[SHIM_ADDRESS_MAX] = "";
  socklen_t native_len = sizeof native;
  int fd = accept (listener, (struct sockaddr *) native, &native_len);
  if (0 <= fd && addr)
    shim_from_native (native, native_len, addr, len);
  return shim_inherit (fd, listener);
}

static inline int
shim_accept4 (int listener, struct sockaddr *addr, socklen_t *len, int flags)
{
  char native[SHIM_ADDRESS_MAX] = "";
  socklen_t native_len = sizeof native;
  int fd = accept4 (listener, (struct sockaddr *) native, &native_len, flags);
  if (0 <= fd && addr)
    shim_from_native (native, native_len, addr, len);
  return shim_inherit (fd, listener);
}

#ifdef SHIM_GETPEEREID
static inline int
getpeereid (int fd, uid_t *uid, gid_t *gid)
{
  struct { int fd; short events, revents; } gone = { fd, 0, 0 };
  long int timeout[2] = { 0, 0 };
  struct { pid_t pid; uid_t uid; gid_t gid; } cred;
  socklen_t len = sizeof cred;
  int saved_errno = errno;

  int error = (getsockopt (fd, SOL_SOCKET, SO_PEERCRED, &cred, &len) ? errno
               : 0);
  if (error == 0 && 0 < syscall (__NR_ppoll, &gone, 1L, timeout, NULL, 0L)
      && (gone.revents & SHIM_POLLHUP))
    error = ENOTCONN;
  if (error == 0)
    {
      *uid = cred.uid;
      *gid = cred.gid;
    }
  errno = saved_errno;
  return error;
}
# undef SO_PEERCRED
#endif

#undef SO_PASSCRED
#undef SO_PASSPIDFD
#undef SO_PASSRIGHTS
#undef SO_PASSSEC
#undef SO_PEERGROUPS
#undef SO_PEERPIDFD
#undef SO_PEERSEC

#define accept shim_accept
#define accept4 shim_accept4
#define bind shim_bind
#define connect shim_connect
#define getsockname shim_getsockname

#endif /* SHIM_OTHER_SYS_SOCKET_H */
