#!/bin/sh
# dist-guard.sh -- check that "make dist" refuses to make a release that
# differs from the release of this commit.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Usage: dist-guard.sh TARBALL
#
# TARBALL is the release, just made.  MAKE in the environment is heeded.  For
# each promise, a line "PASS: ..." or "FAIL: ..." is printed.

set -u

case $0 in
  */*) here=$(cd "${0%/*}" && pwd);;
  *) here=$(pwd);;
esac
tarball=$(cd "$(dirname "$1")" && pwd)/${1##*/}
test -f "$tarball" || exit 1
name=${tarball##*/}
name=${name%.tar.gz}
make=${MAKE-make}
work=$(mktemp -d "${TMPDIR-/tmp}/ucspi-local-dist.XXXXXX") || exit 1
clean_up ()
{
  chmod -R u+w "$work"
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM
umask 022
cd "$work" || exit 1
# Ignore the user's settings, and those of a make that runs this script.
HOME=$work
GIT_CONFIG_NOSYSTEM=1
export HOME GIT_CONFIG_NOSYSTEM
unset XDG_CONFIG_HOME GIT_CONFIG_GLOBAL GIT_DIR GIT_WORK_TREE
unset MAKEFLAGS MAKELEVEL MFLAGS
shell=$(command -v sh)

. "$here/checks.sh"
checked=dist
show_details ()
{
  sed 's/^/    /' "$work/out"
}

# Run the command "$@".  Store its status and its output.
run ()
{
  "$@" >"$work/out" 2>&1 </dev/null
  status=$?
}
said () { grep -F -e "$1" "$work/out" >/dev/null; }
refused () { test $status != 0 && said 'no release can be made here'; }

git_quiet ()
{
  git -c user.name=A -c user.email=a@example.org -c init.defaultBranch=main \
    -c protocol.file.allow=always "$@" >"$work/git.out" 2>&1 || {
    cat "$work/git.out"
    echo "FAIL: dist: unable to prepare: git $*"
    exit 1
  }
}

tar -xzf "$tarball" || exit 1
release=$work/$name

# Run changelog.sh in a small clone and in variants of it.  Each gets the file
# that bootstrap would import.
git_quiet init clone
for n in 1 2 3; do
  echo $n >clone/file
  git_quiet -C clone add file
  git_quiet -C clone commit -m "file: change number $n"
done
bootstrapped ()
{
  mkdir -p "$1/build-aux" && cp "$release/build-aux/gitlog-to-changelog" \
    "$1/build-aux"
}
# Make the ChangeLog of $1, with the words "$2"... before the command.
changelog ()
{
  bootstrapped "$1"
  rm -f made
  from=$1
  shift
  run "$@" "$shell" "$release/packaging/changelog.sh" "$from" made
}
# Succeed if there is a ChangeLog of $1 commits.
commits () { test $status = 0 && test "$(grep -c 'change number' made)" = $1; }
nothing_made () { test ! -e made && test ! -e made.tmp; }

changelog clone
check 'a clone has the whole history' commits 3
run "$shell" "$release/packaging/changelog.sh" clone
check 'changelog.sh without a file succeeds in a clone' \
  test "$status:$(cat out)" = 0:

git_quiet clone --depth 1 "file://$work/clone" shallow
changelog shallow
check 'a shallow clone is refused' refused
check 'in a shallow clone, the message has the command for the history' \
  said 'git fetch --unshallow'
check 'a shallow clone gets no ChangeLog' nothing_made
run "$shell" "$release/packaging/changelog.sh" shallow
check 'changelog.sh without a file fails in a shallow clone' refused
git_quiet -C shallow fetch --unshallow
changelog shallow
check 'the command in the message gets the history of a shallow clone' \
  commits 3

mkdir export
cp clone/file export
changelog export
check 'an export is refused' refused
check 'in an export, the message says what is missing' \
  said "'export' has neither .git, as a clone has, nor ChangeLog"
check 'an export gets no ChangeLog' nothing_made
cp -R export clone/vendor
changelog clone/vendor
check 'an export inside another repository is refused' refused
mkdir clone/vendor/.git
changelog clone/vendor
check 'a directory inside another repository is refused' refused
check 'the message has the other repository' \
  said "'clone/vendor/.git' is no repository"
rm -r clone/vendor
echo 'change number 0' >export/ChangeLog
changelog export
check 'an unpacked release keeps its ChangeLog' commits 1
cp -R export clone/vendor
changelog clone/vendor
check 'an unpacked release inside another repository keeps its ChangeLog' \
  commits 1
rm -r clone/vendor

git_quiet -C clone worktree add "$work/worktree"
check 'in a worktree .git is a file' test -f worktree/.git
changelog worktree
check 'a worktree has the whole history' commits 3
mv clone clone.moved
changelog worktree
check 'a worktree without its repository is refused' refused
mv clone.moved clone

git_quiet init outer
git_quiet -C outer submodule add "file://$work/clone" inner
check 'in a submodule .git is a file' test -f outer/inner/.git
changelog outer/inner
check 'a submodule has the whole history' commits 3

# git uses this variable in its own tests.
changelog clone env GIT_TEST_ASSUME_DIFFERENT_OWNER=1
check 'a clone of another user is refused' refused
check 'the message has the reason of git' said 'dubious ownership'
check 'a clone of another user gets no ChangeLog' nothing_made
changelog clone env PATH="$work/nowhere"
check 'a clone is refused without git' refused
check 'the message says that git is not installed' said 'git is not installed'
# git may be in the same directory as cp.
mkdir without-git || exit 1
for program in cp mv rm cat sed; do
  ln -s "$(command -v $program)" without-git/$program || exit 1
done
check 'the test can hide git' \
  test -z "$(PATH=$work/without-git command -v git)"
changelog export env PATH="$work/without-git"
check 'an unpacked release needs no git' commits 1
changelog clone env GIT_DIR="$work/outer/.git"
check 'GIT_DIR in the environment is not used' commits 3

# Run "make dist" in the release itself: as it is, as an export, and in a
# shallow clone.
mkdir build
cd build || exit 1
run "$release/configure"
cd "$work" || exit 1
check 'the release is configured' test $status = 0
dist () { rm -f "build/$name.tar.gz"; run "$make" -C build dist; }
nothing_left () { test ! -e "build/$name.tar.gz" && test ! -e "build/$name"; }
dist
check 'the tarball of an unpacked release has the same bytes' \
  cmp "build/$name.tar.gz" "$tarball"
mv "$release/ChangeLog" ChangeLog
dist
check 'make dist fails in an export' refused
check 'make dist leaves nothing in an export' nothing_left
git_quiet clone -n --depth 1 "file://$work/clone" again
mv again/.git "$release"
dist
check 'make dist fails in a shallow clone' refused
check 'make dist leaves nothing in a shallow clone' nothing_left

finish_checks
