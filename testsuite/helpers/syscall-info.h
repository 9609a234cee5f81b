/* syscall-info.h -- read and change a system call of a traced process.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */


#ifndef SYSCALL_INFO_H
#define SYSCALL_INFO_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/* The interface of PTRACE_GET_SYSCALL_INFO (Linux 5.3) and
   PTRACE_SET_SYSCALL_INFO (Linux 6.16), which older headers lack.  */
enum
{
  SYSCALL_INFO_GET = 0x420e,
  SYSCALL_INFO_SET = 0x4212,
  SYSCALL_INFO_ENTRY = 1,
  SYSCALL_INFO_EXIT = 2
};

struct syscall_info
{
  uint8_t op;
  uint8_t pad[3];
  uint32_t arch;
  uint64_t ip;
  uint64_t sp;
  /* At the exit of a call, this is the result, and the byte after it says
     whether it is an error.  */
  uint64_t nr;
  uint64_t args[8];
};

/* Store the state of the system call of PID in *INFO.  Return whether that
   worked.  */
static inline bool
syscall_info_get (pid_t pid, struct syscall_info *info)
{
  return 0 <= syscall (SYS_ptrace, SYSCALL_INFO_GET, pid, sizeof *info, info);
}

/* Change the system call of PID to what INFO says.  Return whether that
   worked.  */
static inline bool
syscall_info_set (pid_t pid, struct syscall_info *info)
{
  memset (info->pad, 0, sizeof info->pad);
  return syscall (SYS_ptrace, SYSCALL_INFO_SET, pid, sizeof *info, info) == 0;
}

/* Change INFO, from the exit of a call, so that the call fails with ERROR.  */
static inline void
syscall_info_fail (struct syscall_info *info, int error)
{
  info->nr = -(int64_t) error;
  /* The byte that marks the result as an error.  */
  memset (&info->args[0], 0, sizeof info->args[0]);
  *(uint8_t *) &info->args[0] = 1;
}

#endif
