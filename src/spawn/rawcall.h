/* rawcall.h -- system calls without the C library.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* System calls without the C library, whose functions store errno and may do
   more.  These functions return what the kernel returns: a negative errno
   value on failure. configure tests whether this file compiles.  */

#ifndef RAWCALL_H
#define RAWCALL_H

#include <sys/syscall.h>

#if defined __x86_64__ && ! defined __ILP32__

static inline long int __attribute__ ((__always_inline__))
rawcall (long int number, long int a, long int b, long int c, long int d)
{
  register long int r10 __asm__ ("r10") = d;
  long int result;
  __asm__ volatile ("syscall"
                    : "=a" (result)
                    : "a" (number), "D" (a), "S" (b), "d" (c), "r" (r10)
                    : "rcx", "r11", "memory");
  return result;
}

/* Start a child, as clone does with FLAGS, that calls FUNCTION (ARG) on the
   stack that ends below STACK, a multiple of 16.  FUNCTION must not return.
   With CLONE_CHILD_CLEARTID in FLAGS, the kernel clears *TID when the child
   gives up our memory.  */
static inline long int __attribute__ ((__always_inline__))
rawcall_clone (unsigned long int flags, void *stack, int *tid,
               void (*function) (void *), void *arg)
{
  register int *r10 __asm__ ("r10") = tid;
  register long int r8 __asm__ ("r8") = 0;
  register void (*r12) (void *) __asm__ ("r12") = function;
  register void *r13 __asm__ ("r13") = arg;
  long int result;
  __asm__ volatile ("syscall\n\t"
                    "testq %%rax, %%rax\n\t"
                    "jnz 1f\n\t"
                    "xorl %%ebp, %%ebp\n\t"
                    "movq %%r13, %%rdi\n\t"
                    "callq *%%r12\n\t"
                    "hlt\n"
                    "1:"
                    : "=a" (result)
                    : "a" ((long int) SYS_clone), "D" (flags), "S" (stack),
                      "d" (0L), "r" (r10), "r" (r8), "r" (r12), "r" (r13)
                    : "rcx", "r11", "cc", "memory");
  return result;
}

#elif defined __aarch64__ && ! defined __ILP32__

static inline long int __attribute__ ((__always_inline__))
rawcall (long int number, long int a, long int b, long int c, long int d)
{
  register long int x8 __asm__ ("x8") = number;
  register long int x0 __asm__ ("x0") = a;
  register long int x1 __asm__ ("x1") = b;
  register long int x2 __asm__ ("x2") = c;
  register long int x3 __asm__ ("x3") = d;
  __asm__ volatile ("svc #0"
                    : "+r" (x0)
                    : "r" (x8), "r" (x1), "r" (x2), "r" (x3)
                    : "memory", "cc");
  return x0;
}

static inline long int __attribute__ ((__always_inline__))
rawcall_clone (unsigned long int flags, void *stack, int *tid,
               void (*function) (void *), void *arg)
{
  register long int x8 __asm__ ("x8") = SYS_clone;
  register long int x0 __asm__ ("x0") = flags;
  register void *x1 __asm__ ("x1") = stack;
  register long int x2 __asm__ ("x2") = 0;
  register long int x3 __asm__ ("x3") = 0;
  register int *x4 __asm__ ("x4") = tid;
  register void (*x9) (void *) __asm__ ("x9") = function;
  register void *x10 __asm__ ("x10") = arg;
  __asm__ volatile ("svc #0\n\t"
                    "cbnz x0, 1f\n\t"
                    "mov x29, #0\n\t"
                    "mov x30, #0\n\t"
                    "mov x0, x10\n\t"
                    "blr x9\n\t"
                    "brk #1\n"
                    "1:"
                    : "+r" (x0)
                    : "r" (x8), "r" (x1), "r" (x2), "r" (x3), "r" (x4),
                      "r" (x9), "r" (x10)
                    : "memory", "cc", "x30");
  return x0;
}

#else
# error "no raw system calls for this processor"
#endif

#endif /* RAWCALL_H */
