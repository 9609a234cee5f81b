# static.m4 -- programs that need no library when they run.

dnl Copyright (C) 2026 The ucspi-local authors
dnl
dnl This program is free software: you can redistribute it and/or modify
dnl it under the terms of the GNU General Public License as published by
dnl the Free Software Foundation, either version 3 of the License, or
dnl (at your option) any later version.
dnl
dnl This program is distributed in the hope that it will be useful,
dnl but WITHOUT ANY WARRANTY; without even the implied warranty of
dnl MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
dnl GNU General Public License for more details.
dnl
dnl You should have received a copy of the GNU General Public License
dnl along with this program.  If not, see <https://www.gnu.org/licenses/>.

# UCSPI_STATIC
# ------------
# With --enable-static, set STATIC_LDFLAGS to what links programs statically;
# that it cannot be done is an error.
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
