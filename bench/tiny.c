/* tiny.c -- the smallest programs for the measured tools to start.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* A macro selects one of three programs:

     (none)       a service: write three bytes and exit
     TINY_WAITS   a service: write three bytes, and read to the end
     TINY_STAMP   write the time at which it began, a struct timespec

   With TINY_NO_LIBC there is no C library, so nothing is loaded, relocated or
   initialized: what is left is the work of the kernel for any program.  This
   is implemented only for the systems below.  */

#include <config.h>

#include <time.h>
#include <unistd.h>

#ifdef TINY_NO_LIBC

# include <sys/syscall.h>

static long int
call (long int number, long int a, void const *b, long int c)
{
# if defined __linux__ && defined __x86_64__ && ! defined __ILP32__
  long int result;
  __asm__ volatile ("syscall" : "=a" (result)
                    : "0" (number), "D" (a), "S" (b), "d" (c)
                    : "rcx", "r11", "memory");
  return result;
# elif defined __linux__ && defined __aarch64__ && ! defined __ILP32__
  register long int x8 __asm__ ("x8") = number;
  register long int x0 __asm__ ("x0") = a;
  register void const *x1 __asm__ ("x1") = b;
  register long int x2 __asm__ ("x2") = c;
  __asm__ volatile ("svc 0" : "+r" (x0)
                    : "r" (x8), "r" (x1), "r" (x2) : "memory");
  return x0;
# else
#  error "not known here"
# endif
}

# define read(fd, buffer, size) call (SYS_read, fd, buffer, size)
# define write(fd, buffer, size) call (SYS_write, fd, buffer, size)
# define clock_gettime(clock, ts) call (SYS_clock_gettime, clock, ts, 0)

#endif

static int
serve (void)
{
#ifdef TINY_STAMP
  struct timespec ts;
  clock_gettime (CLOCK_MONOTONIC, &ts);
  return write (STDOUT_FILENO, &ts, sizeof ts) != sizeof ts;
#else
  if (write (STDOUT_FILENO, "ok\n", 3) != 3)
    return 1;
# ifdef TINY_WAITS
  char buffer[16];
  while (0 < read (STDIN_FILENO, buffer, sizeof buffer))
    continue;
# endif
  return 0;
#endif
}

#ifdef TINY_NO_LIBC

extern _Noreturn void _start (void);

_Noreturn void
_start (void)
{
  call (SYS_exit, serve (), NULL, 0);
  for (;;)
    continue;
}

#else

int
main (void)
{
  return serve ();
}

#endif
