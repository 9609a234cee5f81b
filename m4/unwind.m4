# unwind.m4 -- programs without tables for backtraces.

dnl Copyright (C) 2026 The ucspi-local authors
dnl SPDX-License-Identifier: GPL-3.0-or-later

# UCSPI_UNWIND
# ------------
# Set UNWIND_CFLAGS to a flag that leaves out the unwind tables (.eh_frame), by
# which the callers of a function are found.  The tools do not use them, and
# where there is debugging information, it has such tables, too.  The flag
# comes before CFLAGS on the command line, so that flags there override it.
# With --enable-unwind-tables, UNWIND_CFLAGS is empty, and so it is with a
# sanitizer, whose reports show the callers, and with CFLAGS that ask for the
# tables.  ucspi_unwind_tables is for the summary.
AC_DEFUN([UCSPI_UNWIND],
[
  AC_ARG_ENABLE([unwind-tables],
    [AS_HELP_STRING([--enable-unwind-tables],
       [keep tables for backtraces without debugging information])],
    [], [enable_unwind_tables=no])
  AS_CASE([" $CC $CFLAGS "],
    [*' -fsanitize='* | *' -fasynchronous-unwind-tables '* \
     | *' -funwind-tables '* | *' -fexceptions '*],
    [enable_unwind_tables=yes])
  UNWIND_CFLAGS=
  ucspi_unwind_tables=kept
  AS_IF([test "$enable_unwind_tables" = no],
    [UCSPI_TRY_FLAGS([whether unwind tables can be left out],
       [ucspi_cv_unwind], [-fno-asynchronous-unwind-tables], [])
     AS_IF([test "$ucspi_cv_unwind" = yes],
       [UNWIND_CFLAGS=-fno-asynchronous-unwind-tables
        ucspi_unwind_tables='left out'])])
  AC_SUBST([UNWIND_CFLAGS])
])
