/* peerinfo.c -- unit test of src/peer/peerinfo.c, with a simulated kernel.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#ifndef SO_PEERSEC
# define SO_PEERSEC 31
#endif

/* The answer of the simulated kernel: the bytes of a label, or an error.  */
static char const *kernel_label;
static socklen_t kernel_len;
static int kernel_error;

static int
kernel_getsockopt (int fd, int level, int name, void *value, socklen_t *len)
{
  (void) fd;
  (void) level;
  if (name != SO_PEERSEC || kernel_error)
    return errno = kernel_error ? kernel_error : ENOPROTOOPT, -1;
  socklen_t room = *len;
  *len = kernel_len;
  if (room < kernel_len)
    return errno = ERANGE, -1;
  memcpy (value, kernel_label, kernel_len);
  return 0;
}

#undef getsockopt
#define getsockopt kernel_getsockopt
#include "peer/peerinfo.c"

#include "unit.h"

/* Return whether peerinfo_label returns the first TOLD bytes of LABEL, which
   has LEN bytes.  */
static bool
tells (char const *label, size_t len, size_t told)
{
  char room[16];
  size_t got = 99;

  kernel_label = label;
  kernel_len = len;
  return (peerinfo_label (0, room, sizeof room, &got) == 0
          && got == told && memcmp (room, label, told) == 0);
}

/* Return whether peerinfo_label fails with ERRNUM for LABEL, which has LEN
   bytes.  */
static bool
refuses (char const *label, size_t len, int errnum)
{
  char room[16];
  size_t got = 99;

  kernel_label = label;
  kernel_len = len;
  errno = 0;
  return (peerinfo_label (0, room, sizeof room, &got) == -1
          && errno == errnum && got == 99);
}

int
main (void)
{
  unit_check (tells ("user_u:user_r:t", 15, 15));
  unit_check (tells ("sixteen-is-room!", 16, 16));
  unit_promise ("a label is returned unchanged");
  unit_check (tells ("label\0", 6, 5));
  unit_check (tells ("label\0\0", 7, 5));
  unit_promise ("a NUL at the end of a label is removed");
  unit_check (refuses ("", 0, EINVAL));
  unit_check (refuses ("\0", 1, EINVAL));
  unit_check (refuses ("a\0b", 3, EINVAL));
  unit_promise ("a label that is empty or contains a NUL is an error");
  unit_check (refuses ("seventeen-is-more", 17, ERANGE));
  kernel_error = ENOPROTOOPT;
  unit_check (refuses ("label", 5, ENOPROTOOPT));
  unit_promise ("groups that the kernel does not report are unknown");
  unit_check (peerinfo_pidfd (0) == -1 && errno != 0);
  unit_promise ("a process that the kernel does not report is unknown");
  puts ("END");
  return 0;
}
