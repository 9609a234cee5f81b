# hardening.m4 -- flags that make an exploit harder, where the compiler and the
# linker know them.

dnl Copyright (C) 2026 The ucspi-local authors
dnl SPDX-License-Identifier: GPL-3.0-or-later

# UCSPI_HARDENING
# ---------------
# Set HARDENING_CFLAGS and HARDENING_LDFLAGS.  They come before the user's
# CFLAGS and LDFLAGS on the command line, so the user's flags override them.
# With --disable-hardening both are empty.
AC_DEFUN([UCSPI_HARDENING],
[
  AC_ARG_ENABLE([hardening],
    [AS_HELP_STRING([--disable-hardening],
       [do not add flags such as stack protection and PIE])],
    [], [enable_hardening=yes])
  HARDENING_CFLAGS=
  HARDENING_LDFLAGS=
  HARDENING_SUMMARY=
  AS_IF([test "$enable_hardening" = yes],
    [ucspi_HARDEN([-fstack-protector-strong])
     ucspi_HARDEN([-fstack-clash-protection])
     ucspi_HARDEN([-fcf-protection])
     ucspi_HARDEN([-mbranch-protection=standard])
     dnl Do not change how a static program is linked.
     AS_CASE([" $CFLAGS $LDFLAGS $STATIC_LDFLAGS "],
       [*' -static '* | *' -static-pie '* | *' -no-pie '*], [],
       [ucspi_HARDEN([-fPIE], [-pie])])
     ucspi_HARDEN([], [-Wl,-z,relro])
     ucspi_HARDEN([], [-Wl,-z,now])
     ucspi_HARDEN([], [-Wl,-z,noexecstack])
     dnl Do not add _FORTIFY_SOURCE without optimization, where it only causes
     dnl a warning; with a sanitizer, which has its own checks; or if the user
     dnl or the compiler has defined it.
     AC_CACHE_CHECK([whether _FORTIFY_SOURCE can be added],
       [ucspi_cv_fortify],
       [AC_COMPILE_IFELSE(
          [AC_LANG_SOURCE(
             [[#if !defined __OPTIMIZE__ || defined _FORTIFY_SOURCE
               # error
               #endif
               #if defined __SANITIZE_ADDRESS__
               # error
               #endif
               #ifdef __has_feature
               # if __has_feature (address_sanitizer)
               #  error
               # endif
               #endif
               int no_empty_unit;]])],
          [ucspi_cv_fortify=yes], [ucspi_cv_fortify=no])])
     dnl If the C library or the compiler does not support level 3, the header
     dnl warns that it is treated as 2.
     AS_IF([test "$ucspi_cv_fortify" = yes],
       [UCSPI_TRY_FLAGS([whether _FORTIFY_SOURCE can be 3],
          [ucspi_cv_fortify_3], [-D_FORTIFY_SOURCE=3], [])
        ucspi_fortify=2
        AS_IF([test "$ucspi_cv_fortify_3" = yes], [ucspi_fortify=3])
        ucspi_fortify=" -D_FORTIFY_SOURCE=$ucspi_fortify"
        AS_VAR_APPEND([HARDENING_CFLAGS], ["$ucspi_fortify"])
        AS_VAR_APPEND([HARDENING_SUMMARY], ["$ucspi_fortify"])])])
  AC_SUBST([HARDENING_CFLAGS])
  AC_SUBST([HARDENING_LDFLAGS])
])

# ucspi_HARDEN([COMPILER-FLAG], [LINKER-FLAG])
# --------------------------------------------
# Add the flags if a program builds with both without a warning.
AC_DEFUN([ucspi_HARDEN],
[
  AS_VAR_PUSHDEF([cache], [ucspi_cv_harden_$1_$2])
  UCSPI_TRY_FLAGS([whether $CC takes $1 $2], [cache], [$1], [$2])
  AS_VAR_IF([cache], [yes],
    [m4_ifval([$1], [AS_VAR_APPEND([HARDENING_CFLAGS], [" $1"])])
     m4_ifval([$2], [AS_VAR_APPEND([HARDENING_LDFLAGS], [" $2"])])
     AS_VAR_APPEND([HARDENING_SUMMARY], [" m4_ifval([$1], [$1], [$2])"])])
  AS_VAR_POPDEF([cache])
])
