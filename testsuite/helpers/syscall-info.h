/* syscall-info.h -- system calls of a process that is watched by ptrace.

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

/* What PTRACE_GET_SYSCALL_INFO (Linux 5.3) and PTRACE_SET_SYSCALL_INFO (Linux
   6.16) use, which not all headers have.  */
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
  /* At the exit the result, and then whether it is an error.  */
  uint64_t nr;
  uint64_t args[8];
};

/* Store in *INFO where PID stands.  Return whether that could be had.  */
static inline bool
syscall_info_get (pid_t pid, struct syscall_info *info)
{
  return 0 <= syscall (SYS_ptrace, SYSCALL_INFO_GET, pid, sizeof *info, info);
}

/* Let PID's system call be as INFO says.  Likewise.  */
static inline bool
syscall_info_set (pid_t pid, struct syscall_info *info)
{
  memset (info->pad, 0, sizeof info->pad);
  return syscall (SYS_ptrace, SYSCALL_INFO_SET, pid, sizeof *info, info) == 0;
}

/* Make INFO, of an exit, that of a call that failed with ERROR.  */
static inline void
syscall_info_fail (struct syscall_info *info, int error)
{
  info->nr = -(int64_t) error;
  /* The byte that says that it is an error.  */
  memset (&info->args[0], 0, sizeof info->args[0]);
  *(uint8_t *) &info->args[0] = 1;
}

#endif /* SYSCALL_INFO_H */
