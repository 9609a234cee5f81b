/* ucred.h -- as on FreeBSD, or without the process id as on macOS.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Compared with FreeBSD 14 and macOS 26.  DragonFly 3.5 has the same as macOS
   and an additional pointer that is not used.  */

#ifndef SHIM_SYS_UCRED_H
#define SHIM_SYS_UCRED_H

#include <sys/types.h>

#define XUCRED_VERSION 0
/* FreeBSD has a macro for this number; macOS and DragonFly do not.  */
#ifdef SHIM_WITHOUT_PID
# define SHIM_NGROUPS 16
#else
# define XU_NGROUPS 16
# define SHIM_NGROUPS XU_NGROUPS
#endif

struct xucred
{
  unsigned int cr_version;
  uid_t cr_uid;
  short cr_ngroups;
  gid_t cr_groups[SHIM_NGROUPS];
#ifndef SHIM_WITHOUT_PID
  union
  {
    void *_cr_unused1;
    pid_t cr_pid;
  };
#endif
};

#endif /* SHIM_SYS_UCRED_H */
