# helpers.m4 -- how to compile the helper programs that tests often start.

dnl Copyright (C) 2026 The ucspi-local authors
dnl SPDX-License-Identifier: GPL-3.0-or-later

# UCSPI_HELPERS
# -------------
# Set HELPER_CC to a C compiler, with options, whose programs start fast, and
# the conditional HELPER_CC.  Otherwise CC compiles all programs of the tests.
#
# When a program starts, glibc asks the processor some 70 times what it is, and
# on many virtual machines each of these instructions is left to the
# hypervisor.  So a program of musl starts 20 times as fast there.
AC_DEFUN([UCSPI_HELPERS],
[
  AC_ARG_VAR([HELPER_CC],
    [C compiler, with options, for programs that the tests start often
     (default: "musl-gcc -static" if it can link and CPPFLAGS is empty,
     otherwise CC)])
  dnl CPPFLAGS may select other headers.
  AS_IF([test -z "${HELPER_CC+set}$CPPFLAGS" && test "$cross_compiling" = no],
    [AC_CACHE_CHECK([for a compiler whose programs start fast],
       [ucspi_cv_helper_cc],
       [ucspi_cc=$CC
        ucspi_cppflags=$CPPFLAGS
        ucspi_cflags=$CFLAGS
        ucspi_ldflags=$LDFLAGS
        ucspi_libs=$LIBS
        CC='musl-gcc -static' CPPFLAGS= CFLAGS= LDFLAGS= LIBS=
        AC_LINK_IFELSE([AC_LANG_PROGRAM([[#include <unistd.h>]],
                                        [[return getpid () < 0;]])],
          [ucspi_cv_helper_cc=$CC], [ucspi_cv_helper_cc=no])
        CC=$ucspi_cc
        CPPFLAGS=$ucspi_cppflags
        CFLAGS=$ucspi_cflags
        LDFLAGS=$ucspi_ldflags
        LIBS=$ucspi_libs])
     test "$ucspi_cv_helper_cc" = no || HELPER_CC=$ucspi_cv_helper_cc])
  AM_CONDITIONAL([HELPER_CC], [test -n "$HELPER_CC"])
])
