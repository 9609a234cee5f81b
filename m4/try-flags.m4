# try-flags.m4 -- whether a program can be built with flags.

dnl Copyright (C) 2026 The ucspi-local authors
dnl SPDX-License-Identifier: GPL-3.0-or-later

# UCSPI_TRY_FLAGS(MESSAGE, CACHE, COMPILER-FLAGS, LINKER-FLAGS)
# -------------------------------------------------------------
# Set CACHE to yes if a program builds with these flags without a warning, and
# to no otherwise.  The program is linked without LIBS, because clang does not
# complain about a compiler flag that this processor lacks if a library follows
# the source, although each compilation without linking then fails (clang 15
# and later) or warns.  The program has a variable, because on systems where
# programs are linked as shared libraries (Haiku, with clang), a file that was
# compiled with -fPIE can be linked only if it has none.
AC_DEFUN([UCSPI_TRY_FLAGS],
[
  AC_CACHE_CHECK([$1], [$2],
    [ucspi_cflags=$CFLAGS
     ucspi_ldflags=$LDFLAGS
     ucspi_libs=$LIBS
     ucspi_werror=$ac_c_werror_flag
     CFLAGS="$3 $CFLAGS"
     LDFLAGS="$4 $LDFLAGS"
     LIBS=
     ac_c_werror_flag=yes
     AC_LINK_IFELSE([AC_LANG_PROGRAM([[#include <stdio.h>
                                       int variable;]],
                                     [[return puts ("") + variable;]])],
       [AS_VAR_SET([$2], [yes])], [AS_VAR_SET([$2], [no])])
     CFLAGS=$ucspi_cflags
     LDFLAGS=$ucspi_ldflags
     LIBS=$ucspi_libs
     ac_c_werror_flag=$ucspi_werror])
])
