# cdb.m4 -- whether there is a library for files in cdb format.

dnl Copyright (C) 2026 The ucspi-local authors
dnl SPDX-License-Identifier: GPL-3.0-or-later

# UCSPI_CDB
# ---------
# If the library of tinycdb is installed, set CDBFILE_METHOD to libcdb and
# CDB_LIBS to the flag that links it; otherwise set CDBFILE_METHOD to none and
# CDB_LIBS to nothing.  With --with-cdb a missing library is an error; with
# --without-cdb it is not used.  If programs are linked statically, the static
# library must be installed, so call this after UCSPI_STATIC.  The test uses
# all functions that we use, because other packages have a cdb.h, too.
AC_DEFUN([UCSPI_CDB],
[
  AC_ARG_WITH([cdb],
    [AS_HELP_STRING([--with-cdb],
       [read rules in cdb files (option -x of s6-ipcserver-access) with the
        library of tinycdb @<:@if it is there@:>@])],
    [], [with_cdb=auto])
  AS_CASE([$with_cdb],
    [auto|yes|no], [],
    [AC_MSG_ERROR(m4_normalize([--with-cdb=$with_cdb: this option takes no
       value; name directories in CPPFLAGS and LDFLAGS]))])
  CDBFILE_METHOD=none
  CDB_LIBS=
  AS_IF([test "$with_cdb" != no],
    [AC_CACHE_CHECK([for the library of tinycdb], [ucspi_cv_lib_cdb],
       [ucspi_ldflags=$LDFLAGS
        ucspi_libs=$LIBS
        LDFLAGS="$LDFLAGS $STATIC_LDFLAGS"
        LIBS="-lcdb $LIBS"
        AC_LINK_IFELSE(
          [AC_LANG_PROGRAM([[#include <cdb.h>]],
             [[struct cdb cdb;
               unsigned int pos;
               char data[8];
               cdb_seqinit (&pos, &cdb);
               return (cdb_init (&cdb, 0) != 0 || cdb_seqnext (&pos, &cdb) < 0
                       || cdb_find (&cdb, cdb_getkey (&cdb),
                                    cdb_keylen (&cdb)) != 1
                       || cdb_keypos (&cdb) != pos
                       || ! cdb_getdata (&cdb) || cdb_datalen (&cdb) != 8
                       || cdb_readdata (&cdb, data) != 0
                       || cdb_unpack (cdb_get (&cdb, 4, 0)) != 0
                       || (cdb_free (&cdb), 0));]])],
          [ucspi_cv_lib_cdb=yes], [ucspi_cv_lib_cdb=no])
        LDFLAGS=$ucspi_ldflags
        LIBS=$ucspi_libs])
     AS_CASE([$ucspi_cv_lib_cdb,$with_cdb],
       [yes,*],
         [CDBFILE_METHOD=libcdb
          CDB_LIBS=-lcdb],
       [*,yes],
         [AC_MSG_ERROR(m4_normalize([--with-cdb: cdb.h and libcdb of tinycdb
            are missing; install the package that is called libcdb-dev,
            tinycdb-devel, tinycdb-dev or tinycdb]))])])
  AC_DEFINE_UNQUOTED([CDBFILE_METHOD], ["$CDBFILE_METHOD"],
    [What reads files in cdb format.])
  AC_SUBST([CDBFILE_METHOD])
  AC_SUBST([CDB_LIBS])
])
