# ucspi-warnings.m4 -- which compiler warnings our own files are held to.

dnl Copyright (C) 2026 The ucspi-local authors
dnl SPDX-License-Identifier: GPL-3.0-or-later

# UCSPI_WARNINGS
# --------------
# With --enable-gcc-warnings, set WARN_CFLAGS to gnulib's manywarnings, without
# those that conflict with our style; --enable-gcc-warnings=error adds -Werror.
# TEST_WARN_CFLAGS are the flags for programs of the tests.  The option is off
# by default, because a packager's compiler may have other warnings.
AC_DEFUN([UCSPI_WARNINGS],
[
  AC_ARG_ENABLE([gcc-warnings],
    [AS_HELP_STRING([--enable-gcc-warnings@<:@=error@:>@],
       [turn on many compiler warnings, or make them errors
        (for developers)])],
    [], [enable_gcc_warnings=no])
  AS_IF([test "$enable_gcc_warnings" != no],
    [ucspi_unwanted="-Wpadded -Wsystem-headers -Winline
       -Wsuggest-attribute=pure -Wsuggest-attribute=const
       -Wsuggest-attribute=malloc -Wsuggest-attribute=cold
       -Wsuggest-attribute=noreturn -Wswitch-default -Wswitch-enum
       -Wmissing-field-initializers -Wunused-macros
       -Wformat-truncation=2 -Wdeprecated-declarations -Wuseless-cast"
     ucspi_unwanted=`echo $ucspi_unwanted`
     gl_MANYWARN_ALL_GCC([ucspi_warnings])
     gl_MANYWARN_COMPLEMENT([ucspi_warnings], [$ucspi_warnings],
                            [$ucspi_unwanted])
     dnl Other flags imply these, so they must be turned off explicitly.  GCC
     dnl 14 reports a leak where a descriptor is copied to a fixed number for
     dnl the next program.
     for ucspi_warning in $ucspi_warnings -Wno-missing-field-initializers \
       -Wno-format-truncation -Wno-analyzer-fd-leak
     do
       gl_WARN_ADD([$ucspi_warning])
     done
     AS_IF([test "$enable_gcc_warnings" = error],
       [gl_WARN_ADD([-Werror])])
     dnl Compile gnulib's files without warnings.
     GL_CFLAG_GNULIB_WARNINGS="$GL_CFLAG_GNULIB_WARNINGS -w"])
  AC_SUBST([WARN_CFLAGS])
  dnl A test program reports a failure and continues, which the analyzer
  dnl reports as the use of a failed result.
  TEST_WARN_CFLAGS=$WARN_CFLAGS
  AS_CASE([" $WARN_CFLAGS "],
    [*" -fanalyzer "*], [TEST_WARN_CFLAGS="$WARN_CFLAGS -fno-analyzer"])
  AC_SUBST([TEST_WARN_CFLAGS])
])
