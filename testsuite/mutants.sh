#!/bin/sh
# mutants.sh -- see whether the tests notice faults that are put into src/.
#
# Copyright (C) 2026 The ucspi-local authors
#
# This program is free software: you can redistribute it and/or modify
# it under the terms of the GNU General Public License as published by
# the Free Software Foundation, either version 3 of the License, or
# (at your option) any later version.
#
# This program is distributed in the hope that it will be useful,
# but WITHOUT ANY WARRANTY; without even the implied warranty of
# MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
# GNU General Public License for more details.
#
# You should have received a copy of the GNU General Public License
# along with this program.  If not, see <https://www.gnu.org/licenses/>.

# usage: mutants.sh SOURCE LIST RESULTS [NAME...]
#
# SOURCE is a directory as "make distdir" makes it, and is used up.  LIST is
# mutants.list, which describes its own format.  Without NAMEs all mutants of
# LIST are made.  RESULTS gets one line for each mutant; the lines of mutants
# that are not made now are kept.
#
# mutants.d/clean is SOURCE, configured and built.  mutants.d/tree is a copy of
# it in which one mutant at a time is made, so that only what depends on the
# changed file is compiled again.  The log of a mutant is mutants.d/NAME.log.
#
# In the environment: MAKE; CONFIGURE_FLAGS, quoted for the shell; and
# MUTANTS_TRUST, which if it is not empty leaves out the tests without a
# mutant, by which a test is known that fails anyway.

MAKE=${MAKE-make}
LC_ALL=C
export LC_ALL
# Of a make that runs this.
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

# Print the value of FIELD of the mutant NAME.
field ()
{
  awk -v name="$1" -v field="$2" '
    $1 == "mutant" { here = $2 == name }
    here && $1 == field { sub (/^[^ ]+ +/, ""); print }' "$list"
}

# Print the file IN as the mutant NAME has it.  Fail unless the lines of the
# mutant are in IN, and only once.
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

# Run COMMAND, in a directory, with its output in the log.
quietly ()
{
  (cd "$1" && shift && "$@") >>"$log" 2>&1 </dev/null
}

# Run the test file TEST in tree.  Print how it went.
run_test ()
{
  tool=${1%%/*}
  tool=${tool%.*}
  quietly "$tree/testsuite" rm -f "$tool.sum"
  flags="--directory ${1%/*} ${1##*/} FIRST_FAILURE=1 WAIT_DEADLINE=30"
  quietly "$tree" $MAKE -C testsuite check-DEJAGNU "DEJATOOL=$tool" \
    "RUNTESTFLAGS=$flags"
  sum=$tree/testsuite/$tool.sum
  if grep -E '^(FAIL|ERROR)' "$sum" >/dev/null 2>&1; then
    echo noticed
  elif grep '^PASS' "$sum" >/dev/null 2>&1; then
    echo passed
  else
    echo "not run"
  fi
}

# Print the programs of the tests in the list TESTS.
programs_for ()
{
  for test in $1; do
    case $test in
      *.unit/fuzz.exp) echo fuzz-parsers;;
      *.unit/*) echo "unit-$(basename "$test" .exp)";;
    esac
  done
}

# Make a fresh copy of what has been built.
renew_tree ()
{
  rm -rf "$tree" && cp -Rp "$clean" "$tree"
}

log=$root/clean.log
: >"$log" || exit 1

# A file that is there already keeps its time, and so do the objects.
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
quietly "$tree" $MAKE all && quietly "$tree" $MAKE check DEJATOOL= \
  || fail "the build has failed, see $log"
touch "$tree/built" && rm -rf "$clean" && mv "$tree" "$clean" || exit 1

test $# -gt 0 || set -- $(awk '$1 == "mutant" { print $2 }' "$list")

# Do the tests pass without a mutant?
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
  begin=$(date +%s)
  if ! mutate "$name" "$tree/$file" >"$root/mutated" 2>>"$log"; then
    result="error: $(sed 1q "$log")"
  elif cp "$root/mutated" "$tree/$file"
       ! quietly "$tree" $MAKE all; then
    result="error: does not compile"
  elif programs=$(programs_for "$tests")
       test -n "$programs" \
       && ! quietly "$tree" $MAKE -C testsuite $programs; then
    result="error: does not compile"
  else
    built=$(date +%s)
    result=SURVIVES
    for test in $tests; do
      test "$(run_test "$test")" = noticed || continue
      end=$(date +%s)
      result="killed by $test in $((end - built)) s"
      result="$result (built in $((built - begin)) s)"
      break
    done
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
