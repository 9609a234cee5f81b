#!/bin/sh
# picks.sh -- check that "make check" heeds TESTS and KEEP, and what a failure
# prints.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Usage: picks.sh
#
# Run this in the top directory of a build.  MAKE in the environment names the
# make program.  For each promise, a line "PASS: ..." or "FAIL: ..." is
# printed.

set -u

case $0 in
  */*) here=$(cd "${0%/*}" && pwd);;
  *) here=$(pwd);;
esac
make=${MAKE-make}
unset MAKEFLAGS MAKELEVEL MFLAGS RUNTESTFLAGS RUNTEST_JOBS TESTS KEEP
work=$(mktemp -d "${TMPDIR-/tmp}/ucspi-local-picks.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
. "$here/checks.sh"
checked=picks
show_details ()
{
  tail -n 30 "$work/out"
}

# Run "make check" with the arguments.  Store its status and its output.
make_check ()
{
  "$make" check "$@" >"$work/out" 2>&1 </dev/null
  status=$?
}

# Succeed if the tests that were run, as TOPIC/NAME, are "$@".
ran ()
{
  sed -n 's,^Running .*/\([^/]*/[^/]*\)\.exp .*,\1,p' "$work/out" \
    | LC_ALL=C sort >"$work/ran"
  printf '%s\n' "$@" >"$work/wanted"
  cmp -s "$work/ran" "$work/wanted"
}

has () { grep -e "$1" "$work/out" >/dev/null; }

make_check TESTS=limits/per-uid
check 'TESTS=TOPIC/NAME succeeds' test $status = 0
check 'TESTS=TOPIC/NAME runs that test, for each tool that has it' \
  ran local-stream-socket-accept.limits/per-uid s6-ipcserver.limits/per-uid

make_check TESTS='basic/serve s6-ipcserver.limits/per-uid.exp' \
  DEJATOOL='s6-ipcserver s6-ipcclient'
check 'TESTS with two words runs both, for all tools' \
  ran clients.basic/serve s6-ipcserver.basic/serve \
  s6-ipcserver.limits/per-uid

make_check TESTS=names/abstract
check 'a test of a family is run for each of its tools' \
  ran clients.names/abstract clients.names/abstract

make_check TESTS=names/abstract DEJATOOL=s6-ipcclient
check 'DEJATOOL restricts a test of a family to a tool' \
  ran clients.names/abstract

make_check TESTS='s6-ipcclient.names/abstract clients.local/path' \
  RUNTEST_JOBS=2
check 'TOOL.TOPIC/NAME runs for one tool, FAMILY.TOPIC/NAME for all' \
  ran clients.local/path clients.local/path clients.names/abstract
has_part ()
{
  grep 'PASS: names: ' testsuite/s6-ipcclient.sum >/dev/null \
    && ! grep 'PASS: names: ' testsuite/local-stream-socket-connect.sum \
         >/dev/null
}
check 'TOOL.TOPIC/NAME runs for the right tool' has_part

make_check TESTS='limits/*uid' RUNTEST_JOBS=2
check 'wildcards match names of tests, not files' \
  ran local-stream-socket-accept.limits/per-uid s6-ipcserver.limits/per-uid

make_check TESTS='basic/serve no-such/test'
check 'a name that no test has makes make fail, although others have one' \
  test $status != 0
check 'the message has the name that no test has' \
  has '^FAIL: no test is called no-such/test$'

# On the command line, make would strip the blank and run all tests.
TESTS=' '
export TESTS
make_check
unset TESTS
check 'TESTS without a name makes make fail' test $status != 0

make_check TESTS=basic/serve DEJATOOL=s6-ipcserver WRAPPER=false KEEP=1
check 'a test that fails makes make fail' test $status != 0
check 'a failure shows the programs that were started' \
  has '^  started: .*s6-ipcserver'
check 'a failure shows the result' has '^  got '
check 'a failure names the log' has '^  log: .*/s6-ipcserver\.log$'
kept=$(sed -n 's/^scratch directories: //p' "$work/out")
check 'KEEP=1 prints where the scratch directories are' test -n "$kept"
check 'KEEP=1 keeps the scratch directories' test -d "$kept/1"
case $kept in
  */scratch.[0-9]*) rm -rf "$kept";;
esac

scratch () { ls -d testsuite/scratch.[0-9]* 2>/dev/null; }
before=$(scratch)
make_check TESTS=basic/serve DEJATOOL=s6-ipcserver WRAPPER=false
check 'without KEEP no scratch directory is left' test "$(scratch)" = "$before"

finish_checks
