# static.m4 -- programs that need no library when they run.

dnl Copyright (C) 2026 The ucspi-local authors
dnl SPDX-License-Identifier: GPL-3.0-or-later

# UCSPI_STATIC
# ------------
# With --enable-static, set STATIC_LDFLAGS to the flags that link programs
# statically.  It is an error if that does not work.
AC_DEFUN([UCSPI_STATIC],
[
  AC_ARG_ENABLE([static],
    [AS_HELP_STRING([--enable-static],
       [link the programs statically: they start faster])],
    [], [enable_static=no])
  STATIC_LDFLAGS=
  AS_IF([test "$enable_static" != no],
    [AC_CACHE_CHECK([whether programs can be linked statically],
       [ucspi_cv_static],
       [ucspi_ldflags=$LDFLAGS
        LDFLAGS="$LDFLAGS -static"
        AC_LINK_IFELSE([AC_LANG_PROGRAM([[#include <stdio.h>]],
                                        [[return puts ("");]])],
          [ucspi_cv_static=yes], [ucspi_cv_static=no])
        LDFLAGS=$ucspi_ldflags])
     AS_IF([test "$ucspi_cv_static" = yes],
       [STATIC_LDFLAGS=-static],
       [AC_MSG_ERROR([--enable-static: there is no static C library])])])
  AC_SUBST([STATIC_LDFLAGS])
])
