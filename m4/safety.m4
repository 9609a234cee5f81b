# safety.m4 -- features that make sockets safer and could be installed.

dnl Copyright (C) 2026 The ucspi-local authors
dnl SPDX-License-Identifier: GPL-3.0-or-later


# _UCSPI_LESS_SAFE(WHAT, LOST, REMEDY)
# ------------------------------------
# Warn that WHAT is missing and add it to the summary.
m4_define([_UCSPI_LESS_SAFE],
[AC_MSG_WARN(m4_normalize([$1 is missing: $2; $3]))
 ucspi_less_safe="$ucspi_less_safe
      without $1: $2"])

# UCSPI_SAFETY
# ------------
# Warn about each missing feature that other machines of this kind have and
# that would allow a safer method.  Set ucspi_less_safe to lines for the
# summary.
#
# If the C library declares SO_PASSSEC, it is for a kernel that has all of
# these features, so warn about each one that is missing.  On other systems
# nobody could install a missing feature, so do not warn.
AC_DEFUN([UCSPI_SAFETY],
[
  ucspi_less_safe=
  AC_CHECK_HEADER([linux/un.h], [], [], [[#include <sys/socket.h>]])
  AS_IF([test "$ac_cv_have_decl_SO_PASSSEC" = yes],
    [AS_CASE([$ac_cv_header_linux_un_h,$ac_cv_have_decl_SIOCUNIXFILE],
       [*,yes], [],
       [yes,*],
         [_UCSPI_LESS_SAFE([SIOCUNIXFILE],
            [the file of a new socket is looked up by its name, and not
             taken from the kernel],
            [linux/un.h is older than Linux 4.13: install newer headers of the
             Linux kernel, and configure again])],
       [_UCSPI_LESS_SAFE([linux/un.h],
          [the file of a new socket is looked up by its name, and not taken
           from the kernel],
          [install the headers of the Linux kernel (packages of them are called
           linux-headers, kernel-headers, linux-libc-dev and the like), and
           configure again])])
     AS_IF([test "$ac_cv_have_decl_O_PATH" != yes],
       [_UCSPI_LESS_SAFE([O_PATH],
          [files are known by their names, and some starts are refused in
           directories that others may change],
          [use a C library whose fcntl.h declares it])])
     AS_IF([test "$ucspi_cv_func_getxattr" != yes],
       [_UCSPI_LESS_SAFE([getxattr],
          [if the directory of a new socket has a default access control list,
           the users in that list may be able to connect],
          [use a C library whose sys/xattr.h declares it])])
     AS_IF([test "$ac_cv_func_flock" != yes],
       [_UCSPI_LESS_SAFE([flock],
          [files of a server that was killed while it started are not removed],
          [use a C library that has it])])])
])
