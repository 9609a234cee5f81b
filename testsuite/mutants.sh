#!/bin/sh
# mutants.sh -- check that the tests notice faults in src/.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Usage: mutants.sh SOURCE LIST RESULTS [NAME...]
#
# SOURCE is a directory made by "make distdir"; it is removed.  LIST is
# mutants.list, which describes its format.  Without NAMEs, try all mutants of
# LIST.  RESULTS gets one line for each mutant, and keeps the lines of other
# mutants.
#
# mutants.d/clean is SOURCE, configured and built.  mutants.d/tree is a copy of
# it in which one mutant at a time is made, so that only the files that depend
# on the change are compiled again.  The log of a mutant is mutants.d/NAME.log.
#
# Environment:
#   MAKE              the make program (default: make)
#   CONFIGURE_FLAGS   arguments for configure, quoted for the shell
#   MUTANTS_TRUST     if not empty, do not first check that the tests pass
#                     without a mutant
#   MUTANTS_DEADLINE  the deadline of a wait in seconds (default: 30)

MAKE=${MAKE-make}
LC_ALL=C
export LC_ALL
# Ignore the settings of a make that runs this script.
unset MAKEFLAGS MAKELEVEL MFLAGS MAKEOVERRIDES

fail ()
{
  echo "mutants: $*" >&2
  exit 1
}

test $# -ge 3 || fail "usage: mutants.sh SOURCE LIST RESULTS [NAME...]"
source=$1
list=$2
results=$3
shift 3
mkdir -p mutants.d || exit 1
root=$(cd mutants.d && pwd) || exit 1
clean=$root/clean
tree=$root/tree

tools='src/s6-ipcserver src/s6-ipcserver-access src/s6-ipcclient
  src/local-stream-socket-accept src/local-stream-socket-connect
  src/local-stream-socket-listen'

# Helpers that are linked with parts of the tools, and the tests that use
# them.
linked='drop-probe s6-ipcserver-fail-setid s6-ipcserver-fail-alloc
  s6-ipcserver-blocking-send s6-ipcserver-shim local-stream-socket-accept-shim
  local-stream-socket-connect-shim peercred-probe-shim'
uses_linked='require_shims|drop-probe|check_unknown|check_budget'

flags="FIRST_FAILURE=1 WAIT_DEADLINE=${MUTANTS_DEADLINE-30}"

# Print the value of FIELD of the mutant NAME.
field ()
{
  awk -v name="$1" -v field="$2" '
    $1 == "mutant" { here = $2 == name }
    here && $1 == field { sub (/^[^ ]+ +/, ""); print }' "$list"
}

# Print FILE with the mutant NAME applied.  Fail unless the lines of the mutant
# are in FILE exactly once.
mutate ()
{
  awk -v name="$1" '
    NR == FNR {
      if (/^mutant /) here = $2 == name
      else if (here && /^[ -]/) old[++m] = substr ($0, 2)
      if (here && /^[ +]/) put[++n] = substr ($0, 2)
      next
    }
    { line[++lines] = $0 }
    END {
      for (i = 1; m != 0 && i + m - 1 <= lines; i++) {
        for (j = 1; j <= m && line[i + j - 1] == old[j]; j++);
        if (m < j) { at = i; places++ }
      }
      if (places != 1) {
        printf "its lines are in the file %d times, not once\n", \
          places >"/dev/stderr"
        exit 1
      }
      for (i = 1; i < at; i++) print line[i]
      for (j = 1; j <= n; j++) print put[j]
      for (i = at + m; i <= lines; i++) print line[i]
    }' "$list" "$2"
}

# Run COMMAND in a directory, with its output in the log.
quietly ()
{
  (cd "$1" && shift && "$@") >>"$log" 2>&1 </dev/null
}

# Run the test file TEST in tree.  Print the result.
run_test ()
{
  tool=${1%%/*}
  tool=${tool%.*}
  ! grep "^$tool " "$tree/testsuite/families" >/dev/null \
    || fail "$1: name a tool, not a family"
  quietly "$tree/testsuite" rm -f "$tool.sum"
  quietly "$tree" $MAKE -C testsuite check-DEJAGNU "DEJATOOL=$tool" \
    "TOOLDIR=$tree/src" "HELPERDIR=HELPERDIR=$tree/testsuite" \
    "TESTS=$1" "RUNTESTFLAGS=$flags"
  sum=$tree/testsuite/$tool.sum
  if grep -E '^(FAIL|ERROR)' "$sum" >/dev/null 2>&1; then
    echo noticed
  elif grep '^PASS' "$sum" >/dev/null 2>&1; then
    echo passed
  else
    echo "not run"
  fi
}

# Build in tree what TEST needs of the mutant.
build_for ()
{
  case $1 in
    *.unit/*)
      program=unit-$(basename "$1" .exp)
      test "$program" != unit-fuzz || program=fuzz-parsers
      quietly "$tree" $MAKE src/libucspi.a src/libpeercred.a \
        && quietly "$tree" $MAKE -C testsuite "$program"
      ;;
    *)
      quietly "$tree" $MAKE $tools || return 1
      grep -E "$uses_linked" "$tree"/testsuite/*."${1#*.}" >/dev/null \
        || return 0
      for program in $linked; do
        test ! -f "$tree/testsuite/$program" \
          || quietly "$tree" $MAKE -C testsuite "$program" || return 1
      done
      ;;
  esac
}

# Make a new copy of the clean build.
renew_tree ()
{
  rm -rf "$tree" && cp -Rp "$clean" "$tree"
}

log=$root/clean.log
: >"$log" || exit 1

# Copy only files that have changed, so that the others and their objects keep
# their times.
if test -f "$clean/built" \
   && (cd "$source" && find . -name '*.in' -o -name configure) \
      | while read -r file; do
          cmp -s "$source/$file" "$clean/$file" || exit 1
        done; then
  (cd "$source" && find . -type f) | while read -r file; do
    cmp -s "$source/$file" "$clean/$file" \
      || { mkdir -p "$(dirname "$clean/$file")" \
           && rm -f "$clean/$file" && cp "$source/$file" "$clean/$file"; } \
      || exit 1
  done || exit 1
  renew_tree || exit 1
else
  rm -rf "$clean" "$tree"
  cp -Rp "$source" "$tree" || exit 1
  eval "quietly '$tree' ./configure $CONFIGURE_FLAGS" \
    || fail "configure has failed, see $log"
fi
rm -rf "$source"
quietly "$tree" $MAKE all \
  && quietly "$tree" $MAKE -C testsuite check-programs \
  || fail "the build has failed, see $log"
touch "$tree/built" && rm -rf "$clean" && mv "$tree" "$clean" || exit 1

test $# -gt 0 || set -- $(awk '/^mutant / { print $2 }' "$list")

# Check that the tests pass without a mutant.
renew_tree || exit 1
for name in "$@"; do
  test -n "${MUTANTS_TRUST-}" || field "$name" test | tr ' ' '\n'
done | sort -u >"$root/tests"
while read -r test; do
  how=$(run_test "$test")
  test "$how" = passed || echo "$test: $how"
done <"$root/tests" >"$root/failing"
if test -s "$root/failing"; then
  sed 's/^/mutants: without a mutant: /' "$root/failing" >&2
  grep -v 'not run' "$root/failing" >/dev/null \
    && fail "tests fail by themselves, see $log"
fi

status=0
for name in "$@"; do
  log=$root/$name.log
  : >"$log" || exit 1
  file=$(field "$name" file)
  tests=$(field "$name" test)
  test -n "$file" && test -n "$tests" || fail "there is no mutant $name"
  renew_tree || exit 1
  result=SURVIVES
  if ! mutate "$name" "$tree/$file" >"$root/mutated" 2>>"$log"; then
    result="error: $(sed 1q "$log")"
    tests=
  fi
  test -z "$tests" || cp "$root/mutated" "$tree/$file" || exit 1
  built=0
  has_run=no
  for test in $tests; do
    begin=$(date +%s)
    if ! build_for "$test"; then
      result="error: does not compile"
      break
    fi
    end=$(date +%s)
    built=$((built + end - begin))
    begin=$end
    how=$(run_test "$test")
    end=$(date +%s)
    test "$how" = "not run" || has_run=yes
    test "$how" = noticed || continue
    result="killed by $test in $((end - begin)) s (built in $built s)"
    break
  done
  if test "$result" = SURVIVES && test $has_run = no; then
    result="error: none of its tests can be run"
  fi
  case $result in
    killed*) ;;
    *) status=1;;
  esac
  echo "$name: $result"
  { test ! -f "$results" || grep -v "^$name: " "$results"
    echo "$name: $result"; } >"$root/results"
  mv "$root/results" "$results" || exit 1
done
awk '/: killed / { killed++ } END { printf "%d of %d killed\n", killed, NR }' \
  "$results"
exit $status
