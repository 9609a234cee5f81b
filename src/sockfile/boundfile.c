/* boundfile.c -- which file a socket is bound to.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "sockfile/boundfile.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#if HAVE_DECL_SIOCUNIXFILE
/* Do not include <sys/un.h> as well: both define struct sockaddr_un.  */
# include <linux/un.h>
#endif

#include "unistd-safer.h"

int
boundfile_open (int fd)
{
#if HAVE_DECL_SIOCUNIXFILE
  /* This works on Linux 4.13 and newer, for a process that has CAP_NET_ADMIN.
     The kernel makes the descriptor close-on-exec (net/unix/af_unix.c,
     unix_open_file).  */
  return fd_safer_flag (ioctl (fd, SIOCUNIXFILE, NULL), O_CLOEXEC);
#else
  (void) fd;
  return errno = ENOTSUP, -1;
#endif
}
