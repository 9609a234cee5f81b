#!/bin/sh
# changelog.sh -- make the ChangeLog of a release, or print why that fails.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Usage: changelog.sh SOURCE [FILE]
#
# Write the ChangeLog of the sources in the directory SOURCE to FILE.  In a
# clone, make it from the history; in an unpacked release, copy its ChangeLog.
# Without FILE, only check that this is possible.  Exit with 1 if it is not.

set -u

source=$1
file=${2-}

# Print the arguments, one on each line, and exit: why there can be no
# ChangeLog, and the way out.
refuse ()
{
  for line; do
    echo "changelog.sh: $line" >&2
  done
  exit 1
}

# A git hook sets these for another repository.
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX

# In a worktree and in a submodule, .git is a file.  If there is none, do not
# use the repository of a directory above.
if test ! -e "$source/.git"; then
  test -f "$source/ChangeLog" || refuse \
    'no release can be made here, because its ChangeLog needs the history' \
    "'$source' has neither .git, as a clone has, nor ChangeLog, as a release" \
    'clone the repository, and make the release there'
  test -z "$file" || cp "$source/ChangeLog" "$file"
  exit
fi

command -v git >/dev/null 2>&1 || refuse \
  'no release can be made here, because its ChangeLog needs the history' \
  'git is not installed; install it, and try again'
prefix=$(cd "$source" && git rev-parse --show-prefix) || refuse \
  'no release can be made here, because git cannot read the history' \
  'its message above says why'
test -z "$prefix" || refuse \
  'no release can be made here, because its ChangeLog needs the history' \
  "'$source/.git' is no repository; git takes that of a directory above"
case $(cd "$source" && git rev-parse --is-shallow-repository) in
  false) ;;
  true) refuse \
    'no release can be made here, because its ChangeLog needs the history' \
    'this clone is shallow: git has only its last commits' \
    "run 'git fetch --unshallow', and try again";;
  # git before 2.15 prints an option that it does not know.
  *) refuse \
    'no release can be made here, because this git cannot tell' \
    'whether the clone is shallow; install git 2.15 or later';;
esac
test -n "$file" || exit 0
"$source/build-aux/gitlog-to-changelog" --srcdir="$source" >"$file.tmp" \
  && mv "$file.tmp" "$file" && exit
rm -f "$file.tmp"
refuse 'no release can be made here, because gitlog-to-changelog has failed'
