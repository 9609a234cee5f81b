/* un.h -- with LOCAL_PEEREID of NetBSD.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Compared with NetBSD 10.  */

#pragma GCC system_header

#include_next <sys/un.h>

#ifndef SHIM_SYS_UN_H
#define SHIM_SYS_UN_H

#include <sys/types.h>

#define LOCAL_PEEREID 3

struct unpcbid
{
  pid_t unp_pid;
  uid_t unp_euid;
  gid_t unp_egid;
};

#endif /* SHIM_SYS_UN_H */
