# spawn.m4 -- how the server makes a process for each client.

dnl Copyright (C) 2026 The ucspi-local authors
dnl SPDX-License-Identifier: GPL-3.0-or-later

# UCSPI_SPAWN
# -----------
# Set SPAWN_OBJECTS to the object files of this system's methods of starting a
# child, except fork.  Define SPAWN_METHODS to the methods to try, in order.
# Set LANES_METHOD to clone if clone is tried first, otherwise to none.  Set
# and define SPAWN_METHOD to the name of the method that is tried first.
# --with-spawn=METHOD selects it.  SPAWN_MISSING, the better methods that the
# system lacks, is for the summary.
AC_DEFUN([UCSPI_SPAWN],
[
  AC_ARG_WITH([spawn],
    [AS_HELP_STRING([--with-spawn=METHOD],
       [start children by METHOD: clone, vfork, posix_spawn or fork (default:
        the first of these that the system has)])],
    [], [with_spawn=auto])

  dnl The method clone makes system calls without the C library, so it depends
  dnl on the processor.
  AC_CACHE_CHECK([for clone without the C library], [ucspi_cv_spawn_clone],
    [ucspi_save_CPPFLAGS=$CPPFLAGS
     CPPFLAGS="$CPPFLAGS -I$srcdir/src"
     AC_LINK_IFELSE(
       [AC_LANG_PROGRAM([[#include <sched.h>
                          #include <signal.h>
                          #include <sys/mman.h>
                          #include <sys/prctl.h>
                          #include "spawn/rawcall.h"
                          static int tid;
                          static char stack[4096];
                          static void child (void *arg)
                          {
                            rawcall (SYS_exit_group, arg != 0, 0, 0, 0);
                          }]],
          [[return rawcall_clone (CLONE_VM | CLONE_CHILD_CLEARTID | SIGCHLD,
                                  stack + sizeof stack, &tid, child, 0)
                   + SYS_execve + SYS_dup3 + SYS_rt_sigaction
                   + SYS_rt_sigprocmask + SYS_nanosleep + SYS_getppid
                   + SYS_kill + SYS_fcntl + SYS_prctl + PR_SET_PDEATHSIG
                   + MAP_ANONYMOUS;]])],
       [ucspi_cv_spawn_clone=yes],
       [ucspi_cv_spawn_clone=no])
     CPPFLAGS=$ucspi_save_CPPFLAGS])
  dnl Where the headers declare vfork as deprecated, it is the same as fork.
  AC_CACHE_CHECK([for vfork that is not deprecated], [ucspi_cv_spawn_vfork],
    [AC_LINK_IFELSE(
       [AC_LANG_PROGRAM([[#include <unistd.h>
                          #pragma GCC diagnostic error \
                            "-Wdeprecated-declarations"]],
          [[if (vfork () == 0)
              _exit (0);]])],
       [ucspi_cv_spawn_vfork=yes],
       [ucspi_cv_spawn_vfork=no])])
  AC_CACHE_CHECK([for posix_spawn], [ucspi_cv_spawn_posix_spawn],
    [AC_LINK_IFELSE(
       [AC_LANG_PROGRAM([[#include <spawn.h>]],
          [[posix_spawn_file_actions_t actions;
            posix_spawnattr_t attributes;
            pid_t pid;
            return (posix_spawn_file_actions_adddup2 (&actions, 3, 0)
                    || posix_spawnattr_setsigmask (&attributes, 0)
                    || posix_spawn (&pid, "", &actions, &attributes, 0, 0));
          ]])],
       [ucspi_cv_spawn_posix_spawn=yes],
       [ucspi_cv_spawn_posix_spawn=no])])

  SPAWN_OBJECTS=
  AS_IF([test "$ucspi_cv_spawn_vfork" = yes],
    [SPAWN_OBJECTS="$SPAWN_OBJECTS src/spawn/spawn-vfork.\$(OBJEXT)"])
  AS_IF([test "$ucspi_cv_spawn_posix_spawn" = yes],
    [SPAWN_OBJECTS="$SPAWN_OBJECTS src/spawn/spawn-posix.\$(OBJEXT)"])

  AC_MSG_CHECKING([how to start children])
  SPAWN_METHOD=$with_spawn
  SPAWN_MISSING=
  AS_IF([test "$SPAWN_METHOD" = yes], [SPAWN_METHOD=auto])
  AS_IF([test "$SPAWN_METHOD" = auto],
    [SPAWN_METHOD=fork
     for ucspi_method in clone vfork posix_spawn
     do
       AS_VAR_IF([ucspi_cv_spawn_$ucspi_method], [yes],
         [SPAWN_METHOD=$ucspi_method
          break])
       SPAWN_MISSING="$SPAWN_MISSING $ucspi_method"
     done])
  AS_CASE([$SPAWN_METHOD],
    [fork], [],
    [clone|vfork|posix_spawn],
      [AS_VAR_IF([ucspi_cv_spawn_$SPAWN_METHOD], [yes], [],
         [AC_MSG_ERROR([--with-spawn=$SPAWN_METHOD: this system lacks it])])],
    [AC_MSG_ERROR(m4_normalize([--with-spawn=$with_spawn: unknown method; the
       methods are clone, vfork, posix_spawn and fork]))])
  AC_MSG_RESULT([$SPAWN_METHOD])

  dnl If a method does not work at run time, as under valgrind, the next one is
  dnl used.  fork works everywhere.
  LANES_METHOD=none
  ucspi_methods='&spawn_fork'
  AS_CASE([$SPAWN_METHOD],
    [clone],
      [LANES_METHOD=clone
       AS_IF([test "$ucspi_cv_spawn_vfork" = yes],
         [ucspi_methods="&spawn_vfork, $ucspi_methods"])],
    [vfork], [ucspi_methods="&spawn_vfork, $ucspi_methods"],
    [posix_spawn], [ucspi_methods="&spawn_posix, $ucspi_methods"])
  AC_DEFINE_UNQUOTED([SPAWN_METHODS], [$ucspi_methods],
    [Methods of starting a child, in the order in which they are tried.])
  AC_DEFINE_UNQUOTED([SPAWN_METHOD], ["$SPAWN_METHOD"],
    [The method of starting a child that is tried first.])
  AM_CONDITIONAL([HAVE_SPAWN_CLONE], [test "$ucspi_cv_spawn_clone" = yes])
  AM_CONDITIONAL([HAVE_SPAWN_VFORK], [test "$ucspi_cv_spawn_vfork" = yes])
  AM_CONDITIONAL([HAVE_SPAWN_POSIX],
    [test "$ucspi_cv_spawn_posix_spawn" = yes])
  AC_SUBST([LANES_METHOD])
  AC_SUBST([SPAWN_OBJECTS])
  AC_SUBST([SPAWN_METHOD])
])
