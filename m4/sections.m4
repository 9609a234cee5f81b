# sections.m4 -- programs without the functions that nothing in them calls.

dnl Copyright (C) 2026 The ucspi-local authors
dnl SPDX-License-Identifier: GPL-3.0-or-later

# UCSPI_SECTIONS
# --------------
# Set SECTIONS_CFLAGS and SECTIONS_LDFLAGS to flags that put each function into
# a section of its own and remove sections that are not used.  That makes
# programs smaller and lets them start faster, because fewer symbols have to be
# looked up.  With --disable-gc-sections both are empty.  ucspi_unused_code is
# for the summary.
AC_DEFUN([UCSPI_SECTIONS],
[
  AC_ARG_ENABLE([gc-sections],
    [AS_HELP_STRING([--disable-gc-sections],
       [keep unused functions in the programs])],
    [], [enable_gc_sections=yes])
  UCSPI_TRY_FLAGS([whether unused functions can be left out],
    [ucspi_cv_sections],
    [-ffunction-sections -fdata-sections], [-Wl,--gc-sections])
  SECTIONS_CFLAGS=
  SECTIONS_LDFLAGS=
  ucspi_unused_code=kept
  AS_IF([test "$enable_gc_sections$ucspi_cv_sections" = yesyes],
    [SECTIONS_CFLAGS='-ffunction-sections -fdata-sections'
     SECTIONS_LDFLAGS=-Wl,--gc-sections
     ucspi_unused_code='left out'])
  AC_SUBST([SECTIONS_CFLAGS])
  AC_SUBST([SECTIONS_LDFLAGS])
])
