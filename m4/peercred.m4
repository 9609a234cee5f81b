# peercred.m4 -- choose how to ask the kernel who a peer is.

dnl Copyright (C) 2026 The ucspi-local authors
dnl SPDX-License-Identifier: GPL-3.0-or-later

# _UCSPI_PEERCRED_TRY(METHOD, INCLUDES, BODY, [LIBRARY])
# ------------------------------------------------------
# Set PEERCRED_METHOD to METHOD if METHOD is allowed, none is set yet, and a
# program with BODY links, with LIBRARY if given.  INCLUDES are those of
# src/peer/peercred-METHOD.c.
m4_define([_UCSPI_PEERCRED_TRY],
[AS_CASE([$with_peercred,$PEERCRED_METHOD], [auto,|$1,],
   [AC_CACHE_CHECK([for peer credentials by $1[]m4_ifval([$4], [ in $4])],
      [ucspi_cv_peercred_$1[]m4_ifval([$4], [_$4])],
      [AC_LINK_IFELSE([AC_LANG_PROGRAM([[#include <sys/types.h>]
$2], [$3])],
         [ucspi_cv_peercred_$1[]m4_ifval([$4], [_$4])=yes],
         [ucspi_cv_peercred_$1[]m4_ifval([$4], [_$4])=no])])
    AS_IF([test "$ucspi_cv_peercred_$1[]m4_ifval([$4], [_$4])" = yes],
      [PEERCRED_METHOD=$1])])])

# UCSPI_PEERCRED
# --------------
# Set PEERCRED_METHOD to the first method that works here, or to the one that
# --with-peercred names, and PEERCRED_LIBS to the libraries that it needs
# besides LIBSOCKET.  configure tests for the members of a structure, because
# several systems have the same option with another structure.
#
# Set the conditional PEERCRED_SHIMS if the testsuite can simulate other
# systems here.
AC_DEFUN([UCSPI_PEERCRED],
[AC_REQUIRE([AC_USE_SYSTEM_EXTENSIONS])dnl
m4_pushdef([_ucspi_methods],
  [[getpeerucred], [ucred], [sockpeercred], [unpcbid], [xucred], [peerid],
   [getpeereid], [none]])dnl
AC_ARG_WITH([peercred],
  [AS_HELP_STRING([--with-peercred=METHOD],
     [how to learn who a client is: ]m4_join([, ],
       _ucspi_methods)[; or auto, the first that works])],
  [], [with_peercred=auto])
AS_CASE([$with_peercred],
  [auto|]m4_join([|], _ucspi_methods), [],
  [AC_MSG_ERROR([unknown method '$with_peercred' in --with-peercred;
  the methods are: auto ]m4_join([ ], _ucspi_methods))])
m4_popdef([_ucspi_methods])dnl

PEERCRED_METHOD=
PEERCRED_LIBS=
ucspi_save_LIBS=$LIBS
LIBS="$LIBSOCKET $LIBS"

_UCSPI_PEERCRED_TRY([getpeerucred],
  [[#include <ucred.h>]],
  [[ucred_t *uc = 0;
    if (getpeerucred (0, &uc) != 0)
      return 1;
    if (ucred_geteuid (uc) == 0 || ucred_getegid (uc) == 0
        || ucred_getpid (uc) == 0)
      return 1;
    ucred_free (uc);]])

_UCSPI_PEERCRED_TRY([ucred],
  [[#include <sys/socket.h>]],
  [[struct ucred uc;
    socklen_t len = sizeof uc;
    if (getsockopt (0, SOL_SOCKET, SO_PEERCRED, &uc, &len) != 0)
      return 1;
    return uc.uid == 0 || uc.gid == 0 || uc.pid == 0;]])

_UCSPI_PEERCRED_TRY([sockpeercred],
  [[#include <sys/socket.h>]],
  [[struct sockpeercred pc;
    socklen_t len = sizeof pc;
    if (getsockopt (0, SOL_SOCKET, SO_PEERCRED, &pc, &len) != 0)
      return 1;
    return pc.uid == 0 || pc.gid == 0 || pc.pid == 0;]])

_UCSPI_PEERCRED_TRY([unpcbid],
  [[#include <sys/socket.h>
#include <sys/un.h>]],
  [[struct unpcbid id;
    socklen_t len = sizeof id;
    if (getsockopt (0, 0, LOCAL_PEEREID, &id, &len) != 0)
      return 1;
    return id.unp_euid == 0 || id.unp_egid == 0 || id.unp_pid == 0;]])

m4_pushdef([_ucspi_includes], [[[#include <sys/param.h>
#include <sys/socket.h>
#include <sys/ucred.h>
#include <sys/un.h>]]])dnl
_UCSPI_PEERCRED_TRY([xucred],
  _ucspi_includes,
  [[struct xucred xc;
    socklen_t len = sizeof xc;
    if (getsockopt (0, 0, LOCAL_PEERCRED, &xc, &len) != 0)
      return 1;
    return (xc.cr_version != XUCRED_VERSION || xc.cr_uid == 0
            || xc.cr_ngroups <= 0 || xc.cr_groups[0] == 0);]])
AS_IF([test "$PEERCRED_METHOD" = xucred],
  [AC_CHECK_MEMBERS([struct xucred.cr_pid], [], [], _ucspi_includes)])
m4_popdef([_ucspi_includes])dnl

_UCSPI_PEERCRED_TRY([peerid],
  [[#include <sys/socket.h>]],
  [[struct peercred_struct pc;
    socklen_t len = sizeof pc;
    if (getsockopt (0, SOL_SOCKET, SO_PEERID, &pc, &len) != 0)
      return 1;
    return pc.euid == 0 || pc.egid == 0 || pc.pid == 0;]])

m4_pushdef([_ucspi_includes], [[[#include <sys/socket.h>
#include <unistd.h>]]])dnl
m4_pushdef([_ucspi_body], [[[uid_t uid;
    gid_t gid;
    if (getpeereid (0, &uid, &gid) != 0)
      return 1;
    return uid == 0 || gid == 0;]]])dnl
AS_CASE([$with_peercred,$PEERCRED_METHOD],
  [auto,|getpeereid,],
  [AC_CHECK_DECLS([getpeereid], [], [], _ucspi_includes)])
_UCSPI_PEERCRED_TRY([getpeereid],
  _ucspi_includes[[
#if !HAVE_DECL_GETPEEREID
int getpeereid (int, uid_t *, gid_t *);
#endif]],
  _ucspi_body)

# Use libbsd only if getpeereid was asked for by name, and not because the
# library happens to be installed.
AS_CASE([$with_peercred,$PEERCRED_METHOD],
  [getpeereid,],
  [LIBS="-lbsd $LIBS"
   _UCSPI_PEERCRED_TRY([getpeereid],
     _ucspi_includes[[
#include <bsd/unistd.h>]],
     _ucspi_body, [libbsd])
   AS_IF([test -n "$PEERCRED_METHOD"],
     [PEERCRED_LIBS=-lbsd
      AC_DEFINE([HAVE_BSD_UNISTD_H], [1],
        [Define to 1 if getpeereid is that of libbsd.])])])
m4_popdef([_ucspi_body])dnl
m4_popdef([_ucspi_includes])dnl

LIBS=$ucspi_save_LIBS
AS_CASE([$with_peercred,$PEERCRED_METHOD],
  [auto,|none,],
  [PEERCRED_METHOD=none])

AC_MSG_CHECKING([how to learn who a client is])
AS_IF([test -n "$PEERCRED_METHOD"],
  [AC_MSG_RESULT([$PEERCRED_METHOD])],
  [AC_MSG_RESULT([not found])
   AC_MSG_FAILURE([--with-peercred=$with_peercred does not work here])])
AS_CASE([$with_peercred,$PEERCRED_METHOD],
  [auto,none],
  [AC_MSG_WARN([this system has no peer credentials, so \
s6-ipcserver serves clients only with -P])])

# The method for groups depends on the method for credentials.
PEERGROUPS_METHOD=none
AS_CASE([$PEERCRED_METHOD],
  [getpeerucred],
    [LIBS="$LIBSOCKET $LIBS"
     AC_CHECK_FUNC([ucred_getgroups], [PEERGROUPS_METHOD=getpeerucred])
     LIBS=$ucspi_save_LIBS],
  [xucred], [PEERGROUPS_METHOD=xucred],
  [ucred],
    [AC_CHECK_DECL([SO_PEERGROUPS], [PEERGROUPS_METHOD=peergroups], [],
       [[#include <sys/socket.h>]])])
AC_MSG_CHECKING([how to learn the groups of a client])
AC_MSG_RESULT([$PEERGROUPS_METHOD])
AC_SUBST([PEERGROUPS_METHOD])

# The headers may be older than the kernel.  On architectures where
# SO_PEERGROUPS has the usual number, SO_PEERPIDFD has the number below.
AS_IF([test "$PEERGROUPS_METHOD" = peergroups],
  [AC_CHECK_DECL([SO_PEERPIDFD], [],
     [AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[#include <sys/socket.h>]],
        [[static char generic[SO_PEERGROUPS == 59 ? 1 : -1];
          return generic[0];]])],
        [AC_DEFINE([SO_PEERPIDFD], [77],
           [Define to its number if the headers lack SO_PEERPIDFD.])])],
     [[#include <sys/socket.h>]])])

AC_SUBST([PEERCRED_METHOD])
AC_SUBST([PEERCRED_LIBS])
AM_CONDITIONAL([PEERCRED_SHIMS], [test "$PEERCRED_METHOD" = ucred])
])# UCSPI_PEERCRED
