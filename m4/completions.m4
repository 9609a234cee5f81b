# completions.m4 -- where the completions of shells are installed.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: FSFAP

# UCSPI_COMPLETION_DIR(SHELL, DIR, MODULE)
# ----------------------------------------
# Add the option --with-SHELL-completion-dir.  Set SHELL_completion_dir to the
# given directory, to DIR by default, to nothing for "no", or for "yes" to the
# directory that pkg-config prints for MODULE.
AC_DEFUN([UCSPI_COMPLETION_DIR],
[
  AC_ARG_WITH([$1-completion-dir],
    [AS_HELP_STRING([--with-$1-completion-dir=DIR],
       [install completions for $1 in DIR; "yes" asks pkg-config, "no" leaves
        them out @<:@$2@:>@])],
    [], [with_$1_completion_dir='$2'])
  AS_CASE([$with_$1_completion_dir],
    [no], [$1_completion_dir=],
    [yes],
      [$1_completion_dir=`${PKG_CONFIG-pkg-config} --variable=completionsdir \
         $3 2>/dev/null`
       AS_IF([test -z "$$1_completion_dir"],
         [AC_MSG_ERROR([pkg-config does not say where completions for $1 \
belong; use --with-$1-completion-dir=DIR])])],
    [$1_completion_dir=$with_$1_completion_dir])
  AC_SUBST([$1_completion_dir])
])

AC_DEFUN([UCSPI_COMPLETIONS],
[
  UCSPI_COMPLETION_DIR([bash], [${datarootdir}/bash-completion/completions],
    [bash-completion])
  UCSPI_COMPLETION_DIR([zsh], [${datarootdir}/zsh/site-functions], [zsh])
  UCSPI_COMPLETION_DIR([fish], [${datarootdir}/fish/vendor_completions.d],
    [fish])
])
