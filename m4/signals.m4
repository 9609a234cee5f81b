# signals.m4 -- how the server's loop receives signals.

dnl Copyright (C) 2026 The ucspi-local authors
dnl SPDX-License-Identifier: GPL-3.0-or-later

# UCSPI_SIGNALS
# -------------
# Set SIGNALS_METHOD to the first method that compiles and links: signalfd,
# kqueue, or selfpipe, which needs only POSIX; or to the one that
# --with-signals names.  Set SIGNALS_OBJECTS to its object file.  Set it to
# nothing for selfpipe, which is always built, because the others may not work
# at run time.  Set SIGNALS_MISSING to the methods before the chosen one that
# the system lacks.  Set the conditionals SIGNALS_SHIM, if the tests can
# simulate kqueue, and HAVE_KQUEUE.
AC_DEFUN([UCSPI_SIGNALS],
[
  AC_ARG_WITH([signals],
    [AS_HELP_STRING([--with-signals=METHOD],
       [receive signals by METHOD: signalfd, kqueue or selfpipe (default: the
        first of these that the system has)])],
    [], [with_signals=auto])
  AC_CACHE_CHECK([for signalfd], [ucspi_cv_signals_signalfd],
    [AC_LINK_IFELSE(
       [AC_LANG_PROGRAM(
          [[#include <signal.h>
            #include <sys/signalfd.h>]],
          [[sigset_t set;
            struct signalfd_siginfo info;
            sigemptyset (&set);
            info.ssi_signo = 0;
            return (signalfd (-1, &set, SFD_CLOEXEC | SFD_NONBLOCK)
                    + (int) info.ssi_signo);]])],
       [ucspi_cv_signals_signalfd=yes],
       [ucspi_cv_signals_signalfd=no])])
  AC_CACHE_CHECK([for kqueue], [ucspi_cv_signals_kqueue],
    [AC_LINK_IFELSE(
       [AC_LANG_PROGRAM(
          [[#include <sys/types.h>
            #include <sys/event.h>
            #include <time.h>]],
          [[struct kevent change;
            struct timespec now = { 0, 0 };
            EV_SET (&change, 1, EVFILT_SIGNAL, EV_ADD | EV_CLEAR, 0, 0, 0);
            return (kevent (kqueue (), &change, 1, &change, 1, &now)
                    + (int) change.ident);]])],
       [ucspi_cv_signals_kqueue=yes],
       [ucspi_cv_signals_kqueue=no])])
  AC_MSG_CHECKING([how to receive signals])
  SIGNALS_METHOD=$with_signals
  SIGNALS_MISSING=
  AS_CASE([$with_signals],
    [auto|yes],
      [SIGNALS_METHOD=selfpipe
       for ucspi_method in signalfd kqueue
       do
         AS_VAR_IF([ucspi_cv_signals_$ucspi_method], [yes],
           [SIGNALS_METHOD=$ucspi_method
            break])
         SIGNALS_MISSING="$SIGNALS_MISSING $ucspi_method"
       done],
    [signalfd|kqueue],
      [AS_VAR_IF([ucspi_cv_signals_$with_signals], [yes], [],
         [AC_MSG_ERROR([--with-signals=$with_signals: this system lacks \
it])])],
    [selfpipe], [],
    [AC_MSG_ERROR(m4_normalize([--with-signals=$with_signals: unknown method;
       the methods are signalfd, kqueue and selfpipe]))])
  AC_MSG_RESULT([$SIGNALS_METHOD])
  AC_SUBST([SIGNALS_METHOD])
  SIGNALS_OBJECTS=
  ucspi_signals_methods='&signals_selfpipe'
  AS_IF([test "$SIGNALS_METHOD" != selfpipe],
    [SIGNALS_OBJECTS="src/base/signals-$SIGNALS_METHOD.\$(OBJEXT)"
     ucspi_signals_methods="&signals_$SIGNALS_METHOD, $ucspi_signals_methods"])
  AC_DEFINE_UNQUOTED([SIGNALS_METHODS], [$ucspi_signals_methods],
    [Methods of receiving signals, in the order in which they are tried.])
  AC_SUBST([SIGNALS_OBJECTS])
  AM_CONDITIONAL([SIGNALS_SHIM],
    [test "$ucspi_cv_signals_signalfd,$ucspi_cv_signals_kqueue" = yes,no])
  AM_CONDITIONAL([HAVE_KQUEUE], [test "$ucspi_cv_signals_kqueue" = yes])
])
