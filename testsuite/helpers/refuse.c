/* refuse.c -- run a program under a seccomp filter that refuses system calls.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Usage: refuse ERROR CALL[,CALL]... PROGRAM [ARG]...

   Become PROGRAM.  In it and in every process that it starts, each system
   call CALL fails with ERROR, which is "EPERM" or "ENOSYS".  Calls that this
   processor does not have are ignored.  If none is left, or if the system has
   no filters, print why and exit with 77.  */

#include <config.h>

#include <stdio.h>

enum { SKIPPED = 77, FAILED = 99 };

#if HAVE_LINUX_FILTER_H && HAVE_LINUX_SECCOMP_H && HAVE_SYS_SYSCALL_H

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct
{
  char const *name;
  long int number;
} const calls[] =
{
#define CALL(Name) { #Name, SYS_##Name }
#ifdef SYS_accept
  CALL (accept),
#endif
#ifdef SYS_accept4
  CALL (accept4),
#endif
#ifdef SYS_clock_nanosleep
  CALL (clock_nanosleep),
#endif
#ifdef SYS_clone
  CALL (clone),
#endif
#ifdef SYS_clone3
  CALL (clone3),
#endif
#ifdef SYS_close_range
  CALL (close_range),
#endif
#ifdef SYS_dup2
  CALL (dup2),
#endif
#ifdef SYS_dup3
  CALL (dup3),
#endif
#ifdef SYS_eventfd2
  CALL (eventfd2),
#endif
#ifdef SYS_faccessat2
  CALL (faccessat2),
#endif
#ifdef SYS_fchmodat2
  CALL (fchmodat2),
#endif
#ifdef SYS_fork
  CALL (fork),
#endif
#ifdef SYS_flock
  CALL (flock),
#endif
#ifdef SYS_getrandom
  CALL (getrandom),
#endif
#ifdef SYS_nanosleep
  CALL (nanosleep),
#endif
#ifdef SYS_openat2
  CALL (openat2),
#endif
#ifdef SYS_pidfd_open
  CALL (pidfd_open),
#endif
#ifdef SYS_pidfd_send_signal
  CALL (pidfd_send_signal),
#endif
#ifdef SYS_poll
  CALL (poll),
#endif
#ifdef SYS_ppoll
  CALL (ppoll),
#endif
#ifdef SYS_prctl
  CALL (prctl),
#endif
#ifdef SYS_pselect6
  CALL (pselect6),
#endif
#ifdef SYS_renameat2
  CALL (renameat2),
#endif
#ifdef SYS_signalfd
  CALL (signalfd),
#endif
#ifdef SYS_signalfd4
  CALL (signalfd4),
#endif
#ifdef SYS_statx
  CALL (statx),
#endif
#ifdef SYS_timer_create
  CALL (timer_create),
#endif
#ifdef SYS_timer_settime
  CALL (timer_settime),
#endif
#ifdef SYS_timer_settime64
  CALL (timer_settime64),
#endif
#ifdef SYS_vfork
  CALL (vfork),
#endif
#ifdef SYS_waitid
  CALL (waitid),
#endif
};

enum { CALLS = sizeof calls / sizeof *calls };

/* Return the number of the call named by the LEN bytes at NAME, or -1.  */
static long int
number_of (char const *name, size_t len)
{
  for (size_t i = 0; i < CALLS; i++)
    if (strlen (calls[i].name) == len
        && memcmp (calls[i].name, name, len) == 0)
      return calls[i].number;
  return -1;
}

int
main (int argc, char **argv)
{
  /* The filter: load the number; one comparison for each call; allow;
     refuse.  */
  struct sock_filter filter[CALLS + 3];
  unsigned short int n = 0, found = 0;

  if (argc < 4)
    return FAILED;
  int error = (strcmp (argv[1], "EPERM") == 0 ? EPERM
               : strcmp (argv[1], "ENOSYS") == 0 ? ENOSYS : 0);
  if (error == 0)
    return FAILED;
  filter[n++] = (struct sock_filter)
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr));
  for (char const *name = argv[2]; found < CALLS; )
    {
      size_t len = strcspn (name, ",");
      long int number = number_of (name, len);
      if (0 <= number)
        {
          found++;
          filter[n++] = (struct sock_filter)
            BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, number, 0, 0);
        }
      if (name[len] == '\0')
        break;
      name += len + 1;
    }
  if (found == 0)
    {
      printf ("there is no system call %s\n", argv[2]);
      return SKIPPED;
    }
  filter[n++] = (struct sock_filter)
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  filter[n++] = (struct sock_filter)
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error);
  /* A comparison that matches jumps to the last instruction.  */
  for (unsigned short int i = 1; i <= found; i++)
    filter[i].jt = n - 1 - (i + 1);

  struct sock_fprog program = { .len = n, .filter = filter };
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0
      || prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
    {
      printf ("a filter of system calls: %s\n", strerror (errno));
      return SKIPPED;
    }
  execvp (argv[3], argv + 3);
  perror (argv[3]);
  return 127;
}

#else

int
main (void)
{
  puts ("there are no filters of system calls");
  return SKIPPED;
}

#endif
