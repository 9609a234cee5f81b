# ucspi-warnings.m4 -- which compiler warnings our own files are held to.

dnl Copyright (C) 2026 The ucspi-local authors
dnl SPDX-License-Identifier: GPL-3.0-or-later

# UCSPI_WARNINGS
# --------------
# Set WARN_CFLAGS to gnulib's manywarnings less those that fight our style, if
# --enable-gcc-warnings is given; --enable-gcc-warnings=error adds -Werror.
# TEST_WARN_CFLAGS are those for the programs of the tests.
# Not the default: a packager's compiler is not ours.
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
     dnl Implied by others: they must be turned off, not just left out.
     dnl GCC 14 reports a leak where a descriptor is copied to a fixed number
     dnl for the next program.
     for ucspi_warning in $ucspi_warnings -Wno-missing-field-initializers \
       -Wno-format-truncation -Wno-analyzer-fd-leak
     do
       gl_WARN_ADD([$ucspi_warning])
     done
     AS_IF([test "$enable_gcc_warnings" = error],
       [gl_WARN_ADD([-Werror])])
     dnl gnulib's files are not held to them.
     GL_CFLAG_GNULIB_WARNINGS="$GL_CFLAG_GNULIB_WARNINGS -w"])
  AC_SUBST([WARN_CFLAGS])
  dnl Programs of the tests note a failure and go on, which the analyzer
  dnl reports as the use of what has failed.
  TEST_WARN_CFLAGS=$WARN_CFLAGS
  AS_CASE([" $WARN_CFLAGS "],
    [*" -fanalyzer "*], [TEST_WARN_CFLAGS="$WARN_CFLAGS -fno-analyzer"])
  AC_SUBST([TEST_WARN_CFLAGS])
])
