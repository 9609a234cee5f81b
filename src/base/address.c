/* address.c -- socket addresses of paths and abstract names.
   This file makes no system call.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "base/address.h"

#include <string.h>

/* Store in *ADDR an address whose sun_path is OFFSET NUL bytes followed by
   TEXT.  Return its length, including END bytes after TEXT; or 0 with errno
   set as for address_of_path.  */
static socklen_t
make_address (struct sockaddr_un *addr, size_t offset, char const *text,
              size_t end)
{
  size_t len = strlen (text);

  if (len == 0)
    return errno = ENOENT, 0;
  if (ADDRESS_PATH_MAX < len)
    return errno = ENAMETOOLONG, 0;

  socklen_t addrlen = (offsetof (struct sockaddr_un, sun_path)
                       + offset + len + end);
  memset (addr, 0, sizeof *addr);
  addr->sun_family = AF_UNIX;
#ifdef HAVE_STRUCT_SOCKADDR_UN_SUN_LEN
  addr->sun_len = addrlen;
#endif
  memcpy (addr->sun_path + offset, text, len);
  return addrlen;
}

socklen_t
address_of_path (char const *path, struct sockaddr_un *addr)
{
  return make_address (addr, 0, path, 1);
}

socklen_t
address_of_abstract (char const *name, struct sockaddr_un *addr)
{
  return make_address (addr, 1, name, 0);
}

char const *
address_peer_path (union peer_address const *addr, socklen_t len,
                   size_t *pathlen)
{
  char const *path = addr->room + offsetof (struct sockaddr_un, sun_path);
  size_t room = sizeof addr->room - offsetof (struct sockaddr_un, sun_path);
  size_t n = 0;

  /* The system may report a greater length than it has stored.  */
  if (offsetof (struct sockaddr_un, sun_path) < (size_t) len)
    n = len - offsetof (struct sockaddr_un, sun_path);
  *pathlen = strnlen (path, n < room ? n : room);
  return path;
}
