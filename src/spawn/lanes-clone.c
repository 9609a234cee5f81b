/* lanes-clone.c -- children that share our memory while the server goes on.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* clone with CLONE_VM and without CLONE_VFORK (Linux, clone(2)) starts a child
   that runs in our memory, on a stack of its own, while we go on.  Our memory
   is not copied, and the next client need not wait until the child has
   executed the program.

   Why that is safe:

   - The child reads only what we have prepared before, and we do not change
     it while the child runs in our memory.  The kernel clears LANE->busy
     (CLONE_CHILD_CLEARTID) when the child gives up our memory, by exec or
     exit.  Until then the lane, its vector and its environment belong to the
     child.  If all lanes are busy, the caller uses another method.
   - The child writes only to its lane: GATE, ERROR, SHORTAGE, TRIED and the
     vector for a script without "#!".
   - The child makes system calls without the C library.  It shares our
     thread-local storage, so the library would change our errno; and if both
     called a function for the first time, the dynamic linker would bind it in
     both at the same time.  Nothing in the child allocates, locks or logs.
     Sanitizers are told not to add calls.
   - The only handler of ours that can run in the child is that of linger.c,
     which does nothing there.  All our other signals are blocked when the
     child begins, and it sets them to the default before it unblocks them.
     A signal that kills the child kills only the child, and the lane is free
     when the child has been reaped.  But before Linux 5.16 a signal that
     dumps core killed both, as it does after vfork.
   - The child has copies of the descriptors (no CLONE_FILES), of the working
     directory and umask (no CLONE_FS), and of the signal dispositions (no
     CLONE_SIGHAND).
   - A guard page lies below the child's stack.  The child uses only a few
     hundred bytes of the stack.
   - If the server ends before a child has executed its program, the child
     keeps our memory and a copy of the listening socket.  So a child that
     waits during a shortage is killed when the server ends, and one that waits
     for the server (GATE) does so for LANES_PATIENCE seconds.  If the kernel
     is out of memory and kills one of the two, it kills both, as after vfork.
   - Some systems refuse such a clone (seccomp) or only pretend to do it
     (valgrind, qemu-user).  So it is tried once at the start, in a child made
     by fork, because some systems kill the process that tries.

   The child runs the program only when the server has closed its descriptor of
   the connection (GATE).  So even if the program ends at once, the last close
   of the connection is not made by the server, which a client could keep
   waiting (see serve/closer.h).  Usually the server is first, because the
   child needs more time until it is there.

   If exec fails in a shortage, the server no longer has the connection and
   cannot retry.  So the child reports the shortage and tries again.  */

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

/* Functions that run in the child.  Sanitizers do not see what the kernel
   writes here, and their run-time library must not be called in the child.  */
#define UNCHECKED \
  __attribute__ ((__no_sanitize__ ("address", "undefined", "thread")))

enum
{
  /* The size of a stack, far more than a child uses.  */
  STACK_SIZE = 8192,
  /* The size of the kernel's signal set.  */
  SIGSET_SIZE = 8,
  /* The first and the longest delay, in milliseconds, before a child tries
     again during a shortage.  */
  WAIT_FIRST = 100,
  WAIT_LAST = 1000
};

/* The operations of futex (futex(2)).  Do not include linux/futex.h, which may
   not be installed.  */
enum { FUTEX_WAIT_PRIVATE = 128, FUTEX_WAKE_PRIVATE = 129 };

/* clone takes the signal that the child sends when it ends, SIGCHLD, in the
   lowest bits.  */
static unsigned long int const clone_flags
  = CLONE_VM | CLONE_CHILD_CLEARTID | SIGCHLD;

/* Whether a child may run the program.  */
enum gate
{
  /* It has to wait: the server has not closed the connection yet.  */
  GATE_SHUT,
  /* It waits for a wakeup by futex.  */
  GATE_AWAITED,
  GATE_OPEN
};

struct lane
{
  /* Nonzero while a child uses our memory; the kernel clears it.  */
  int busy;
  /* One of enum gate.  */
  int gate;
  /* The error with which exec has failed, until the child is reaped; and the
     error of a shortage that lanes_shortage has not returned yet.  */
  int error;
  int shortage;
  /* The child, until it has been reaped or the lane is used again.  */
  pid_t pid;
  /* The indexes in PROGRAM->candidates of the name that the child tries first,
     and of the one that it tried last.  */
  size_t first;
  size_t tried;

  /* What the child reads.  */
  struct program const *program;
  char **script_argv;
  char **envp;
  int conn;
  int kept;
  pid_t parent;
  /* The signals that have a handler and must be reset.  */
  int const *handled;
  size_t handled_count;
  /* The upper end of the child's stack.  */
  char *stack;
};

struct lanes
{
  struct program *program;
  struct lane lane[LANES];
};

/* The functions from here on run in the child.  */

static inline int UNCHECKED __attribute__ ((__always_inline__))
raw_execve (char const *name, char **argv, char **envp)
{
  return -rawcall (SYS_execve, (intptr_t) name, (intptr_t) argv,
                   (intptr_t) envp, 0);
}

/* Set all signals that have a handler to the default, and unblock all
   signals.  */
static inline void UNCHECKED __attribute__ ((__always_inline__))
reset_signals (struct lane const *lane)
{
  /* Zeros are the kernel's struct sigaction with SIG_DFL, and its empty signal
     set.  */
  static uint64_t const zeros[4];

  for (size_t i = 0; i < lane->handled_count; i++)
    rawcall (SYS_rt_sigaction, lane->handled[i], (intptr_t) zeros, 0,
             SIGSET_SIZE);
  rawcall (SYS_rt_sigprocmask, SIG_SETMASK, (intptr_t) zeros, 0,
           SIGSET_SIZE);
}

/* Make descriptors 0 and 1 copies of the connection, and keep KEPT open.
   Return 0 or an errno value.  */
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

/* Report to the parent that exec has failed with ERROR, and wait for MS
   milliseconds.  Return false if that failed or the parent has ended.  If the
   parent ends during the wait, the child is killed.  */
static inline bool UNCHECKED __attribute__ ((__always_inline__))
wait_for_better (struct lane *lane, int error, int ms)
{
  struct timespec ts = { .tv_sec = ms / 1000,
                         .tv_nsec = ms % 1000 * 1000000L };

  if (rawcall (SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0) < 0
      || rawcall (SYS_getppid, 0, 0, 0, 0) != lane->parent)
    return false;
  /* Store what lanes_end returns if a signal kills the child while it
     waits.  */
  __atomic_store_n (&lane->error, error, __ATOMIC_RELEASE);
  __atomic_store_n (&lane->shortage, error, __ATOMIC_RELEASE);
  if (rawcall (SYS_kill, lane->parent, SIGCHLD, 0, 0) < 0)
    return false;
  /* If the child cannot sleep, do not retry at full speed.  */
  long int result = rawcall (SYS_nanosleep, (intptr_t) &ts, 0, 0, 0);
  if (result < 0 && result != -EINTR)
    return false;
  __atomic_store_n (&lane->error, 0, __ATOMIC_RELEASE);
  rawcall (SYS_prctl, PR_SET_PDEATHSIG, 0, 0, 0);
  return true;
}

/* Wait until the gate of LANE is open.  Give up after LANES_PATIENCE seconds,
   or if a filter refuses the wait.  */
static inline void UNCHECKED __attribute__ ((__always_inline__))
wait_for_gate (struct lane *lane)
{
  struct timespec ts = { .tv_sec = LANES_PATIENCE };
  int gate = GATE_SHUT;
  long int result = -EINTR;

  __atomic_compare_exchange_n (&lane->gate, &gate, GATE_AWAITED, false,
                               __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
  while (__atomic_load_n (&lane->gate, __ATOMIC_ACQUIRE) != GATE_OPEN
         && (result == 0 || result == -EINTR || result == -EAGAIN))
    result = rawcall (SYS_futex, (intptr_t) &lane->gate, FUTEX_WAIT_PRIVATE,
                      GATE_AWAITED, (intptr_t) &ts);
}

static void UNCHECKED
child (void *arg)
{
  struct lane *lane = arg;
  int wait = WAIT_FIRST;
  int error = place_descriptors (lane);

  if (error == 0)
    reset_signals (lane);
  wait_for_gate (lane);
  if (error == 0)
    {
      while (error = program_run (lane->program, &lane->tried,
                                  lane->script_argv, lane->envp, raw_execve),
             is_shortage (error) && wait_for_better (lane, error, wait))
        wait = wait < WAIT_LAST / 2 ? 2 * wait : WAIT_LAST;
    }
  __atomic_store_n (&lane->error, error, __ATOMIC_RELEASE);
  for (;;)
    rawcall (SYS_exit_group, EXIT_NOT_FOUND, 0, 0, 0);
}

/* Try what a child may need before execve, to learn whether a filter refuses
   any of it and whether our memory is shared.  */
static void UNCHECKED
trial (void *arg)
{
  struct lane *lane = arg;
  bool works = place_descriptors (lane) == 0 && wait_for_better (lane, 1, 0);

  /* The server may work without futex, but not if the call kills it.  */
  rawcall (SYS_futex, (intptr_t) &lane->gate, FUTEX_WAIT_PRIVATE,
           GATE_AWAITED, 0);
  __atomic_store_n (&lane->error, works, __ATOMIC_RELEASE);
  for (;;)
    rawcall (SYS_exit_group, 0, 0, 0, 0);
}

/* The functions from here on run in the server.  */

/* Start a child on LANE that calls FUNCTION.  Return its pid, or -1 with errno
   set.  */
static pid_t
start_child (struct lane *lane, void (*function) (void *))
{
  __atomic_store_n (&lane->busy, 1, __ATOMIC_RELEASE);
  __atomic_store_n (&lane->gate, GATE_SHUT, __ATOMIC_RELEASE);
  long int pid = rawcall_clone (clone_flags, lane->stack, &lane->busy,
                                function, lane);
  if (pid < 0)
    {
      lane->busy = 0;
      return errno = -pid, -1;
    }
  return lane->pid = pid;
}

/* Return true if a child on LANE can do its work and write to our memory, and
   if the kernel reports when the child has left our memory.  The test may kill
   this process.  */
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

/* Call try_lane in a process of its own, which it may kill.  */
static bool
is_possible (struct lane *lane)
{
  int status = -1;
  char const *preloaded = getenv ("LD_PRELOAD");

  /* Under valgrind the test would fail after a long message, so skip it.  */
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

/* Allocate the stacks, each above a guard page.  Return the start of the first
   guard page, and in *SIZE the distance from one to the next; or NULL.  */
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
          /* Remember the name that worked, unless another child has found one
             meanwhile.  */
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

void
lanes_let_run (struct lanes *lanes, int i)
{
  struct lane *lane = &lanes->lane[i];

  if (__atomic_exchange_n (&lane->gate, GATE_OPEN, __ATOMIC_ACQ_REL)
      == GATE_AWAITED)
    rawcall (SYS_futex, (intptr_t) &lane->gate, FUTEX_WAKE_PRIVATE, 1, 0);
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
          /* Older kernels do not clear BUSY when a signal has killed the
             child.  */
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
