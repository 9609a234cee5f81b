# packager.m4 -- who made the package that is built.

dnl Copyright (C) 2026 The ucspi-local authors
dnl SPDX-License-Identifier: GPL-3.0-or-later


# _UCSPI_PACKAGER_CHECK(OPTION, VARIABLE)
# ---------------------------------------
# Check that the value of --with-OPTION can be part of a C string and of a
# manual page.
m4_define([_UCSPI_PACKAGER_CHECK],
[AS_CASE([${$2-no}],
   [no], [],
   [yes|''], [AC_MSG_ERROR([--with-$1 needs a value])],
   [*\\*|*\"*],
     [AC_MSG_ERROR([--with-$1: the value must not contain a \
quotation mark or a backslash])],
   [ucspi_rest=`printf '%s' "$$2" | LC_ALL=C tr -d '\040-\176\200-\377' \
                  && echo end`
    AS_IF([test "$ucspi_rest" != end],
      [AC_MSG_ERROR([--with-$1: the value must not contain a control \
character])])])])

# UCSPI_PACKAGER
# --------------
# Check the values of the options that gnulib's module version-etc adds.  That
# module also defines the macros for them.  Set PACKAGER_MDOC to the text for
# manual pages, and packager_text to the text for the summary.
AC_DEFUN([UCSPI_PACKAGER],
[
  _UCSPI_PACKAGER_CHECK([packager], [with_packager])
  _UCSPI_PACKAGER_CHECK([packager-version], [with_packager_version])
  _UCSPI_PACKAGER_CHECK([packager-bug-reports], [with_packager_bug_reports])
  AS_CASE([${with_packager-no},${with_packager_version-no},dnl
${with_packager_bug_reports-no}],
    [no,no,no], [],
    [no,*],
      [AC_MSG_ERROR([--with-packager-version and --with-packager-bug-reports \
need --with-packager])])

  dnl Without a packager use a comment, because mdoc does not allow an empty
  dnl line.
  PACKAGER_MDOC='.\"'
  packager_text=none
  AS_IF([test "${with_packager-no}" != no],
    [packager_text=$with_packager
     AS_IF([test "${with_packager_version-no}" != no],
       [packager_text="$packager_text ($with_packager_version)"])
     PACKAGER_MDOC=".Pp
This package was made by $packager_text."
     AS_IF([test "${with_packager_bug_reports-no}" != no],
       [packager_text="$packager_text, bugs to: $with_packager_bug_reports"
        PACKAGER_MDOC="$PACKAGER_MDOC
Report its bugs to: $with_packager_bug_reports"])
     dnl Write these characters as escapes.  Otherwise roff would print others
     dnl in their place, and a reader who copies the text would get those.
     PACKAGER_MDOC=`AS_ECHO(["$PACKAGER_MDOC"]) | sed "
       s/-/\\\\\\\\-/g
       s/'/\\\\\\\\(aq/g
       s/\\\`/\\\\\\\\(ga/g
       s/\\^/\\\\\\\\(ha/g
       s/~/\\\\\\\\(ti/g"`])
  AC_SUBST([PACKAGER_MDOC])
  AM_SUBST_NOTMAKE([PACKAGER_MDOC])
])
