# examples.m4 -- where the examples of services are installed.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: FSFAP

# UCSPI_EXAMPLES
# --------------
# Add the option --with-examples-dir.  Set examplesdir to the given directory,
# to DOCDIR/examples by default, or to nothing for "no".
AC_DEFUN([UCSPI_EXAMPLES],
[
  AC_ARG_WITH([examples-dir],
    [AS_HELP_STRING([--with-examples-dir=DIR],
       [install examples of services in DIR; "no" leaves them out
        @<:@DOCDIR/examples@:>@])],
    [], [with_examples_dir=yes])
  AS_CASE([$with_examples_dir],
    [no], [examplesdir=],
    [yes], [examplesdir='${docdir}/examples'],
    [examplesdir=$with_examples_dir])
  AC_SUBST([examplesdir])
])
