#!/bin/sh
# changelog.sh -- make the ChangeLog of a release, or say why it cannot be.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Usage: changelog.sh SOURCE [FILE]
#
# Write the ChangeLog of the sources in the directory SOURCE to FILE: from the
# history in a clone, and a copy of its ChangeLog in an unpacked release.
# Without FILE, only say whether that can be done.  Exit 1 if it cannot.

set -u

source=$1
file=${2-}

# Say why there can be no ChangeLog, and the way out, one line for each
# argument.
refuse ()
{
  for line; do
    echo "changelog.sh: $line" >&2
  done
  exit 1
}

# A hook of git sets these for another repository.
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX

# .git is a file in a worktree and in a submodule.  Where there is none, the
# repository of a directory above is not ours.
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
  # git before 2.15 repeats a word that it does not know.
  *) refuse \
    'no release can be made here, because this git cannot tell' \
    'whether the clone is shallow; install git 2.15 or later';;
esac
test -n "$file" || exit 0
"$source/build-aux/gitlog-to-changelog" --srcdir="$source" >"$file.tmp" \
  && mv "$file.tmp" "$file" && exit
rm -f "$file.tmp"
refuse 'no release can be made here, because gitlog-to-changelog has failed'
