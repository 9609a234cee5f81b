/* address.c -- unit test of src/base/address.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "base/address.h"

#include <string.h>

#include "unit.h"

enum { PREFIX = offsetof (struct sockaddr_un, sun_path) };

static void
test_of_path (void)
{
  char path[ADDRESS_PATH_MAX + 100];
  struct sockaddr_un addr;

  memset (path, 'x', sizeof path);
  for (size_t len = 1; len <= ADDRESS_PATH_MAX; len++)
    {
      path[len] = '\0';
      memset (&addr, '?', sizeof addr);
      unit_check ((size_t) address_of_path (path, &addr)
                  == PREFIX + len + 1);
      unit_check (addr.sun_family == AF_UNIX);
      unit_check (strcmp (addr.sun_path, path) == 0);
      for (size_t i = len; i < sizeof addr.sun_path; i++)
        unit_check (addr.sun_path[i] == '\0');
      path[len] = 'x';
    }
  unit_promise ("a path of any length that fits is stored with its NUL");

  for (size_t len = ADDRESS_PATH_MAX + 1; len < sizeof path; len++)
    {
      path[len] = '\0';
      errno = 0;
      unit_check (address_of_path (path, &addr) == 0
                  && errno == ENAMETOOLONG);
      path[len] = 'x';
    }
  unit_promise ("a path that does not fit is refused, not cut");

  errno = 0;
  unit_check (address_of_path ("", &addr) == 0 && errno == ENOENT);
  unit_promise ("an empty path is refused");

  unit_check (address_of_path ("@x", &addr) == PREFIX + 3
              && addr.sun_path[0] == '@');
  unit_promise ("an @ at the beginning has no special meaning");
}

static void
test_abstract (void)
{
  struct sockaddr_un addr;
  char name[2 * sizeof addr.sun_path];

  memset (name, 'x', sizeof name);
  for (size_t len = 1; len <= ADDRESS_PATH_MAX; len++)
    {
      name[len] = '\0';
      memset (&addr, 0xff, sizeof addr);
      unit_check ((size_t) address_of_abstract (name, &addr)
                  == PREFIX + 1 + len);
      unit_check (addr.sun_family == AF_UNIX);
      unit_check (addr.sun_path[0] == '\0');
      unit_check (memcmp (addr.sun_path + 1, name, len) == 0);
      name[len] = 'x';
    }
  unit_promise ("an abstract name of any length that fits follows a NUL");

  for (size_t len = ADDRESS_PATH_MAX + 1; len < sizeof name; len++)
    {
      name[len] = '\0';
      errno = 0;
      unit_check (address_of_abstract (name, &addr) == 0
                  && errno == ENAMETOOLONG);
      name[len] = 'x';
    }
  errno = 0;
  unit_check (address_of_abstract ("", &addr) == 0 && errno == ENOENT);
  unit_promise ("an abstract name that is too long or empty is refused");
}

/* Return whether address_peer_path, for LEN bytes of *ADDR, returns the first
   WANTED bytes of sun_path.  */
static bool
path_is (union peer_address const *addr, socklen_t len, size_t wanted)
{
  size_t n = 4711;
  char const *path = address_peer_path (addr, len, &n);
  return n == wanted && path == addr->local.sun_path;
}

static void
test_peer_path (void)
{
  union peer_address addr;

  memset (&addr, 'x', sizeof addr);
  addr.any.sa_family = AF_UNIX;
  unit_check (path_is (&addr, 0, 0));
  unit_check (path_is (&addr, 1, 0));
  unit_check (path_is (&addr, PREFIX, 0));
  unit_promise ("a peer without an address has no path");

  addr.local.sun_path[0] = '\0';
  unit_check (path_is (&addr, PREFIX + 1, 0));
  unit_check (path_is (&addr, PREFIX + 20, 0));
  unit_check (path_is (&addr, sizeof addr.local, 0));
  unit_promise ("a peer with an abstract name has no path");

  addr.local.sun_path[0] = 'x';
  for (size_t len = 1; len <= sizeof addr.local.sun_path; len++)
    unit_check (path_is (&addr, PREFIX + len, len));
  unit_promise ("a path may fill sun_path without a NUL");

  for (size_t len = 1; len < sizeof addr.local.sun_path; len++)
    {
      addr.local.sun_path[len] = '\0';
      unit_check (path_is (&addr, PREFIX + len, len));
      unit_check (path_is (&addr, PREFIX + len + 1, len));
      unit_check (path_is (&addr, sizeof addr.local, len));
      addr.local.sun_path[len] = 'x';
    }
  unit_promise ("a NUL ends the path, whether or not the system counts it");

  size_t room = sizeof addr.room - PREFIX;
  unit_check (path_is (&addr, sizeof addr, room));
  unit_check (path_is (&addr, sizeof addr + 1, room));
  unit_check (path_is (&addr, 65535, room));
  unit_promise ("only bytes within the length from the system are read");

  for (int c = 1; c < 256; c++)
    addr.local.sun_path[c - 1 < 100 ? c - 1 : c - 101 < 100 ? c - 101
                        : c - 201] = c;
  unit_check (path_is (&addr, PREFIX + 100, 100));
  unit_promise ("the path may have any bytes but NUL");
}

int
main (void)
{
  test_of_path ();
  test_abstract ();
  test_peer_path ();
  return unit_end ();
}
