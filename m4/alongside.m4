# alongside.m4 -- installing beside other packages with the same commands.

dnl Copyright (C) 2026 The ucspi-local authors
dnl SPDX-License-Identifier: GPL-3.0-or-later

# UCSPI_ALONGSIDE(PROGRAMS)
# -------------------------
# With --enable-alongside, append the prefix to program_transform_name, which
# determines the names in bindir, and set the condition ALONGSIDE.  Then
# src/local.mk installs PROGRAMS under their true names in a directory of their
# own.  Check that no name in bindir is one of the true names.
#
# Always set ucspi_transform to program_transform_name in the form that sed
# takes, because AC_ARG_PROGRAM has doubled each backslash and dollar sign for
# make.
AC_DEFUN([UCSPI_ALONGSIDE],
[
  AC_REQUIRE([AC_ARG_PROGRAM])
  AC_ARG_ENABLE([alongside],
    [AS_HELP_STRING([--enable-alongside@<:@=PREFIX@:>@],
       [install beside s6 and nosh: programs and pages under their true names
        in LIBEXECDIR/ucspi-local, and links with PREFIX (ucspi-) in BINDIR])],
    [], [enable_alongside=no])
  AS_CASE([$enable_alongside],
    [no], [alongside_prefix=],
    [yes], [alongside_prefix=ucspi-],
    [''|-*|*[[!A-Za-z0-9._+-]]*],
      [AC_MSG_ERROR([--enable-alongside=$enable_alongside: not a prefix; use \
letters, digits, '.', '_', '+' and '-', and do not begin with '-'])],
    [alongside_prefix=$enable_alongside])
  AS_IF([test -n "$alongside_prefix"],
    [AS_VAR_APPEND([program_transform_name], [";s,^,$alongside_prefix,"])])
  ucspi_undouble='s/\$\$/$/g;s/\\\\/\\/g'
  ucspi_transform=`AS_ECHO(["$program_transform_name"]) \
    | sed "$ucspi_undouble"`
  AS_IF([test -n "$alongside_prefix"],
    [for ucspi_program in $1
     do
       ucspi_name=`AS_ECHO(["$ucspi_program"]) | sed "$ucspi_transform"`
       for ucspi_other in $1
       do
         AS_IF([test "$ucspi_name" = "$ucspi_other"],
           [AC_MSG_ERROR([--enable-alongside: $ucspi_program would be called \
$ucspi_name in the directory of s6 and nosh; choose another prefix])])
       done
     done])
  AM_CONDITIONAL([ALONGSIDE], [test -n "$alongside_prefix"])
])
