/* ucred.h -- as FreeBSD has it, or without a pid, as macOS.

   Copyright (C) 2026 The ucspi-local authors

   This program is free software: you can redistribute it and/or modify
   it under the terms of the GNU General Public License as published by
   the Free Software Foundation, either version 3 of the License, or
   (at your option) any later version.

   This program is distributed in the hope that it will be useful,
   but WITHOUT ANY WARRANTY; without even the implied warranty of
   MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
   GNU General Public License for more details.

   You should have received a copy of the GNU General Public License
   along with this program.  If not, see <https://www.gnu.org/licenses/>.  */

/* Compared with FreeBSD 14 and macOS 26.  DragonFly 3.5 has what macOS has,
   and a pointer that nobody uses.  */

#ifndef SHIM_SYS_UCRED_H
#define SHIM_SYS_UCRED_H

#include <sys/types.h>

#define XUCRED_VERSION 0
/* FreeBSD has a name of its own for this, macOS and DragonFly have not.  */
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
