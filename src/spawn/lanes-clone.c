/* lanes-clone.c -- children that share our memory while we go on.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */


/* What clone does with CLONE_VM and without CLONE_VFORK (Linux, clone(2)): the
   child runs in our memory, on a stack of its own, and we do not stand still
   until it has become the program.  Our memory is not copied, and the next
   client need not wait.

   Why that is safe:

   - What the child reads has been prepared by us before it began, and is not
     changed until it has left: the kernel clears LANE->busy
     (CLONE_CHILD_CLEARTID) when the child gives up our memory, by exec or by
     its end.  Until then the lane, its vector and its environment are the
     child's.  If all lanes are taken, the caller has another way.
   - What the child writes is in its lane, too: ERROR, SHORTAGE, TRIED and the
     vector for a script without "#!".
   - It calls nothing but the kernel, and that without the C library: errno,
     which is thread-local, would be ours, and a function that is bound at its
     first call would be bound by two at once.  Nothing allocates, locks or
     logs.  Checkers that put calls into functions are told not to.
   - No handler of ours runs in it but that of linger.c, which does nothing
     there: it begins with all our other signals blocked, and sets them to the
     default before it unblocks them.  A signal that ends it
     ends it alone, and the lane is free when it has been waited for; but
     before Linux 5.16 one that dumps core ended both, as it does after vfork.
   - The descriptors are a copy (no CLONE_FILES), so are the working directory
     and the umask (no CLONE_FS), and the dispositions of signals (no
     CLONE_SIGHAND).
   - Its stack has a page below it that cannot be touched.  It uses a few
     hundred bytes.
   - If we end before it has become the program, our memory lives as long as it
     does, and so does its copy of the listening socket: one that waits is
     ended with us.  If the kernel ends one of us for want of memory it ends
     both, as it does after vfork.
   - A system that refuses (seccomp) or pretends (valgrind, qemu-user) is found
     out at the start, in a child made for that by fork, as some end whoever
     asks.

   When something is short as the program is run, the connection is no longer
   ours to keep: the child keeps it.  It says so, and tries again.  */

#include <config.h>

#include "spawn/lanes.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/errors.h"
#include "base/signals.h"
#include "spawn/rawcall.h"

/* Checkers do not see what the kernel does to these, and what they would call
   is not for a child.  */
#define UNCHECKED \
  __attribute__ ((__no_sanitize__ ("address", "undefined", "thread")))

enum
{
  /* Far more than is used.  */
  STACK_SIZE = 8192,
  /* What the kernel takes for a set of signals.  */
  SIGSET_SIZE = 8,
  /* How long a child waits before it tries again, first and at most, in
     milliseconds.  */
  WAIT_FIRST = 100,
  WAIT_LAST = 1000
};

/* All but SIGCHLD is for us to choose.  */
static unsigned long int const clone_flags
  = CLONE_VM | CLONE_CHILD_CLEARTID | SIGCHLD;

struct lane
{
  /* Not 0 while a child has our memory; cleared by the kernel.  */
  int busy;
  /* What kept the child from becoming the program, until it has been waited
     for; and what is short meanwhile, until that has been told.  */
  int error;
  int shortage;
  /* The last child.  */
  pid_t pid;
  /* Which of the program's names it was to try first, and which it tried
     last.  */
  size_t first;
  size_t tried;

  /* What it needs.  */
  struct program const *program;
  char **script_argv;
  char **envp;
  int conn;
  int kept;
  pid_t parent;
  /* The signals that have a handler.  */
  int const *handled;
  size_t handled_count;
  /* The end of its stack.  */
  char *stack;
};

struct lanes
{
  struct program *program;
  struct lane lane[LANES];
};

/* Below: the child's part.  */

static inline int UNCHECKED __attribute__ ((__always_inline__))
raw_execve (char const *name, char **argv, char **envp)
{
  return -rawcall (SYS_execve, (intptr_t) name, (intptr_t) argv,
                   (intptr_t) envp, 0);
}

/* Every signal as if nothing had been there before us, nothing blocked.  */
static inline void UNCHECKED __attribute__ ((__always_inline__))
reset_signals (struct lane const *lane)
{
  /* The kernel's struct sigaction and set; all zero is the default and
     empty.  */
  static uint64_t const zeros[4];

  for (size_t i = 0; i < lane->handled_count; i++)
    rawcall (SYS_rt_sigaction, lane->handled[i], (intptr_t) zeros, 0,
             SIGSET_SIZE);
  rawcall (SYS_rt_sigprocmask, SIG_SETMASK, (intptr_t) zeros, 0,
           SIGSET_SIZE);
}

/* Give the child its descriptors.  */
static inline int UNCHECKED __attribute__ ((__always_inline__))
place_descriptors (struct lane const *lane)
{
  long int result = 0;

  if (0 <= lane->kept)
    result = rawcall (SYS_fcntl, lane->kept, F_SETFD, 0, 0);
  for (int fd = STDIN_FILENO; 0 <= result && fd <= STDOUT_FILENO; fd++)
    result = rawcall (SYS_dup3, lane->conn, fd, 0, 0);
  return result < 0 ? -result : 0;
}

/* Say that ERROR keeps the child waiting, and wait MS milliseconds.  Return
   whether that was possible and there is still somebody to say it to; who ends
   meanwhile ends the child, too.  */
static inline bool UNCHECKED __attribute__ ((__always_inline__))
wait_for_better (struct lane *lane, int error, int ms)
{
  struct timespec ts = { .tv_sec = ms / 1000,
                         .tv_nsec = ms % 1000 * 1000000L };

  if (rawcall (SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0) < 0
      || rawcall (SYS_getppid, 0, 0, 0, 0) != lane->parent)
    return false;
  /* The reason, should a signal end the child while it waits.  */
  __atomic_store_n (&lane->error, error, __ATOMIC_RELEASE);
  __atomic_store_n (&lane->shortage, error, __ATOMIC_RELEASE);
  if (rawcall (SYS_kill, lane->parent, SIGCHLD, 0, 0) < 0)
    return false;
  /* Without a rest the child would try again at full speed.  */
  long int result = rawcall (SYS_nanosleep, (intptr_t) &ts, 0, 0, 0);
  if (result < 0 && result != -EINTR)
    return false;
  __atomic_store_n (&lane->error, 0, __ATOMIC_RELEASE);
  rawcall (SYS_prctl, PR_SET_PDEATHSIG, 0, 0, 0);
  return true;
}

static void UNCHECKED
child (void *arg)
{
  struct lane *lane = arg;
  int wait = WAIT_FIRST;
  int error = place_descriptors (lane);

  if (error == 0)
    {
      reset_signals (lane);
      while (error = program_run (lane->program, &lane->tried,
                                  lane->script_argv, lane->envp, raw_execve),
             is_shortage (error) && wait_for_better (lane, error, wait))
        wait = wait < WAIT_LAST / 2 ? 2 * wait : WAIT_LAST;
    }
  __atomic_store_n (&lane->error, error, __ATOMIC_RELEASE);
  for (;;)
    rawcall (SYS_exit_group, EXIT_NOT_FOUND, 0, 0, 0);
}

/* Like child, to see whether it works at all: whether no filter refuses what a
   child may need before execve, and whether our memory is shared.  */
static void UNCHECKED
trial (void *arg)
{
  struct lane *lane = arg;
  bool works = place_descriptors (lane) == 0 && wait_for_better (lane, 1, 0);

  __atomic_store_n (&lane->error, works, __ATOMIC_RELEASE);
  for (;;)
    rawcall (SYS_exit_group, 0, 0, 0, 0);
}

/* Below: ours.  */

/* Make a child on LANE that calls FUNCTION.  Return its pid, or -1 with errno
   set.  */
static pid_t
start_child (struct lane *lane, void (*function) (void *))
{
  __atomic_store_n (&lane->busy, 1, __ATOMIC_RELEASE);
  long int pid = rawcall_clone (clone_flags, lane->stack, &lane->busy,
                                function, lane);
  if (pid < 0)
    {
      lane->busy = 0;
      return errno = -pid, -1;
    }
  return lane->pid = pid;
}

/* Whether a child on LANE can do its work, write to our memory and be seen to
   leave it.  What it takes to find out may end this process.  */
static bool
try_lane (struct lane *lane)
{
  lane->parent = getpid ();
  lane->conn = lane->kept = STDERR_FILENO;
  pid_t pid = start_child (lane, trial);

  if (pid < 0)
    return false;
  while (waitpid (pid, NULL, 0) < 0)
    if (errno != EINTR)
      return false;
  return (__atomic_load_n (&lane->error, __ATOMIC_ACQUIRE) != 0
          && __atomic_load_n (&lane->busy, __ATOMIC_ACQUIRE) == 0);
}

/* Whether that works, found out at no risk.  */
static bool
is_possible (struct lane *lane)
{
  int status = -1;
  char const *preloaded = getenv ("LD_PRELOAD");

  /* valgrind would say much before it ends.  */
  if (preloaded && strstr (preloaded, "vgpreload"))
    return false;
  pid_t pid = fork ();
  if (pid == 0)
    _exit (! try_lane (lane));
  if (pid < 0)
    return false;
  while (waitpid (pid, &status, 0) < 0)
    if (errno != EINTR)
      return false;
  return status == 0;
}

/* Memory for the stacks, each above a page that cannot be touched.  Return the
   start of the first such page, and in *SIZE the distance between them; or
   NULL.  */
static char *
make_stacks (size_t *size)
{
  size_t page = sysconf (_SC_PAGESIZE);
  size_t stack = (STACK_SIZE + page - 1) / page * page;

  *size = page + stack;
  char *start = mmap (NULL, LANES * *size, PROT_NONE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (start == MAP_FAILED)
    return NULL;
  for (size_t i = 0; i < LANES; i++)
    if (mprotect (start + i * *size + page, stack, PROT_READ | PROT_WRITE)
        != 0)
      {
        munmap (start, LANES * *size);
        return NULL;
      }
  return start;
}

struct lanes *
lanes_new (struct program *program)
{
  size_t argc = program->script_argc;
  size_t size;
  char *stacks = make_stacks (&size);
  struct lanes *lanes = calloc (1, sizeof *lanes);
  char **vectors = calloc (LANES * argc + 1, sizeof *vectors);

  if (stacks && lanes && vectors)
    {
      lanes->program = program;
      for (size_t i = 0; i < LANES; i++)
        {
          struct lane *lane = &lanes->lane[i];
          lane->program = program;
          lane->script_argv = vectors + i * argc;
          memcpy (lane->script_argv, program->script_argv,
                  argc * sizeof *vectors);
          lane->stack = stacks + (i + 1) * size;
          lane->parent = getpid ();
          lane->handled_count = signals_handled (&lane->handled);
        }
      if (is_possible (&lanes->lane[0]))
        return lanes;
    }
  free (vectors);
  free (lanes);
  if (stacks)
    munmap (stacks, LANES * size);
  return NULL;
}

int
lanes_pick (struct lanes *lanes)
{
  for (int i = 0; i < LANES; i++)
    {
      struct lane *lane = &lanes->lane[i];
      if (__atomic_load_n (&lane->busy, __ATOMIC_ACQUIRE) == 0
          && lane->error == 0)
        {
          /* Unless another has been found since.  */
          if (lane->pid != 0 && lanes->program->proven == lane->first)
            lanes->program->proven = lane->tried;
          lane->pid = 0;
          return i;
        }
    }
  return -1;
}

pid_t
lanes_start (struct lanes *lanes, int i, int conn, int kept, char **envp)
{
  struct lane *lane = &lanes->lane[i];

  lane->conn = conn;
  lane->kept = kept;
  lane->envp = envp;
  lane->shortage = 0;
  lane->first = lane->tried = lanes->program->proven;
  return start_child (lane, child);
}

int
lanes_end (struct lanes *lanes, pid_t pid)
{
  for (size_t i = 0; i < LANES; i++)
    {
      struct lane *lane = &lanes->lane[i];
      if (lane->pid == pid)
        {
          int error = __atomic_load_n (&lane->error, __ATOMIC_ACQUIRE);
          lane->pid = 0;
          lane->error = lane->shortage = 0;
          /* Older kernels leave it when a signal has ended the child.  */
          __atomic_store_n (&lane->busy, 0, __ATOMIC_RELEASE);
          return error;
        }
    }
  return 0;
}

int
lanes_shortage (struct lanes *lanes)
{
  int error = 0;

  for (size_t i = 0; i < LANES; i++)
    {
      struct lane *lane = &lanes->lane[i];
      int shortage = __atomic_exchange_n (&lane->shortage, 0,
                                          __ATOMIC_ACQUIRE);
      if (shortage != 0)
        error = shortage;
    }
  return error;
}
