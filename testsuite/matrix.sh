#!/bin/sh
# matrix.sh -- build a release in many ways, and test each build that can be
# run.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Usage: matrix.sh TARBALL ROWS-FILE RESULTS [ROW]...
#        matrix.sh TARBALL ROWS-FILE RESULTS quick
#
# Unpack TARBALL in matrix.d of the current directory and run each ROW of
# ROWS-FILE there, by default all, in its own directory and with its own log.
# With "quick", run the quick rows with few tests.  The directory of a row is
# removed unless the row has failed.  RESULTS gets a line for each row, and
# keeps the lines of other rows:
#
#   name|date|system|processor|C library|compiler|methods|result|P|F|U|why
#
# where methods are those for credentials, signals and children; result is
# tested, emulated, built, failed (and in what) or missing (and which packages
# of Debian have it); P, F and U are the numbers of tests that have passed,
# failed, and not been run; and "why" has the reasons why tests were not run,
# each with its number, separated by semicolons.  Exit with 1 if a row has
# failed, but not if something for a row is missing.
#
# Environment:
#   MATRIX_JOBS   number of rows at the same time (default: 1)
#   MATRIX_LIMIT  time limit of a step in seconds (default: 1200; for all
#                 tests, 3600, or 7200 if they are emulated)
#   MATRIX_GRACE  seconds from SIGTERM to SIGKILL after that (default: 10)
#   MATRIX_TESTS  test files instead of the sets of the rows, or "all"

set -u
LC_ALL=C
export LC_ALL
umask 022
# Ignore all settings of the caller: flags, cached answers, those of make.
unset CFLAGS CPPFLAGS LDFLAGS LIBS CC CPP AR MAKEFLAGS MFLAGS MAKELEVEL MAKE
unset RUNTEST_JOBS RUNTESTFLAGS DEJATOOL UCSPI_LONG_TESTS WRAPPER
CONFIG_SITE=/dev/null
export CONFIG_SITE

tarball=$1
rows=$2
results=$3
shift 3
jobs=${MATRIX_JOBS-1}
case ${MATRIX_TESTS-} in
  all) limit=${MATRIX_LIMIT-3600};;
  *) limit=${MATRIX_LIMIT-1200};;
esac
grace=${MATRIX_GRACE-10}
for number in "MATRIX_JOBS=$jobs" "MATRIX_LIMIT=$limit" "MATRIX_GRACE=$grace"
do
  case ${number#*=} in
    '' | *[!0-9]* | 0*) echo "matrix: not a number above 0: $number" >&2
                        exit 1;;
  esac
done

# These tests are for builds whose method cannot always identify a client.
# They run the servers and the program that makes sockets.
basic='serve.exp chain.exp no-lookup.exp refused.exp per-uid.exp'
basic_tools='s6-ipcserver local-stream-socket-accept
 local-stream-socket-listen'
# Run each tool; check the identity of clients, numbers, and signals.
few='serve.exp chain.exp ids.exp number.exp signals.exp usage.exp per-uid.exp
 term.exp'
# Test what may differ between processors and is quick under an emulator:
# sizes, byte order in answers of the kernel, children.
brief='serve.exp chain.exp number.exp per-uid.exp peer-info.exp address.exp
 peerinfo.exp'
# Skip these under an emulator: the many clients of these tests are not served
# within the deadline.
too_much='beside-many.exp churn.exp flood.exp storm.exp thousand.exp
 vanish.exp'
# Also test the code that calls the C library or the kernel.
core="$few address.exp backoff.exp conntable.exp undo-helper.exp
 fatal-signal.exp envdir.exp envlist.exp lanes.exp listener.exp peerinfo.exp
 entry.exp ratelimit.exp rulekeys.exp signals-kqueue.exp signals-kqueue-old.exp
 signals-pipe.exp spawn.exp spawn-fork.exp spawn-posix.exp spawn-vfork.exp
 words.exp faults.exp peer-info.exp supplementary.exp expect.exp state.exp
 count.exp total.exp lines.exp mode.exp owner.exp replaced.exp environment.exp
 children.exp values.exp pidfdid.exp variables.exp single.exp listen-fd.exp
 cdb.exp"

# Print the rows without comments and without blanks around bars.
table ()
{
  sed -e '/^#/d' -e '/^ *$/d' -e 's/ *| */|/g' "$rows"
}

# Print field $2 of the line $1.
field ()
{
  printf '%s\n' "$1" | cut -d'|' -f"$2"
}

# Run the command "$2"... within the time limit, as the step $1 of a row.
child=
step ()
{
  what=$1
  shift
  echo "== $what: $*"
  step_begin=$(date +%s)
  timeout -k "$grace" "$limit" "$@" </dev/null &
  child=$!
  wait "$child"
  status=$?
  child=
  # The status is 137 if timeout has sent SIGKILL, or if another process has,
  # for instance for lack of memory.
  case $status in
    124) what="$what (no end in $limit s)";;
    137) if test $(($(date +%s) - step_begin)) -lt "$limit"; then
           what="$what (killed)"
         else
           what="$what (no end in $limit s, and then killed)"
         fi;;
  esac
  return $status
}

# Print the C library of the compiler "$1"..., such as "glibc 2.36".
libc_of ()
{
  found=$(printf '%s\n' '#include <limits.h>' '#include <stdlib.h>' \
    '#ifdef __GLIBC__' 'glibc __GLIBC__ __GLIBC_MINOR__' '#endif' \
    | "$@" -E -P - 2>/dev/null | tr '\n' ' ' \
    | sed -n 's/.* glibc  *\([0-9]*\)  *\([0-9]*\) .*/glibc \1.\2/p')
  case "$found $*" in
    ' '*musl*) found=musl$(dpkg-query -W -f ' ${Version}' musl 2>/dev/null \
                 | sed 's/-.*//');;
  esac
  echo "${found:-unknown}"
}

# Print the version of the compiler "$1"..., such as "gcc 12.2.0".
compiler_of ()
{
  version=$("$@" --version 2>/dev/null | sed 1q)
  name=gcc
  case $version in *clang*) name=clang;; esac
  echo "$name $(echo "$version" \
    | sed 's/.*[^0-9.]\([0-9][0-9]*\.[0-9.]*[0-9]\).*/\1/')"
}

# Print the methods that configure has chosen in the directory $1.
methods_of ()
{
  echo $(sed -n -e "s/^PEERCRED_METHOD='\(.*\)'/1 \1/p" \
      -e "s/^SIGNALS_METHOD='\(.*\)'/2 \1/p" \
      -e "s/^SPAWN_METHOD='\(.*\)'/3 \1/p" "$1/config.log" \
    | sort | sed 's/^. //')
}

# Print the libraries that the tools need besides the C library.
# s6-ipcserver-access may need libcdb.
foreign_libraries ()
{
  for program in $tools; do
    case $program in
      s6-ipcserver-access) may=libcdb;;
      *) may=none;;
    esac
    readelf -d "src/$program" >dynamic || return 1
    grep -v "(NEEDED).*\\[$may\\." dynamic
  done >needed
  sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' needed \
    | grep -v -E '^(libc\.|ld[-.]|ld64\.|libgcc_s)' | sort -u
}
tools='s6-ipcserver s6-ipcserver-access s6-ipcclient
 local-stream-socket-accept local-stream-socket-connect
 local-stream-socket-listen'

# Succeed if time_t and off_t have 64 bits.
check_wide ()
{
  what='times and file offsets of 64 bits'
  printf '%s\n' '#include <config.h>' '#include <time.h>' \
    '#include <sys/types.h>' \
    'int t[sizeof (time_t) == 8 && sizeof (off_t) == 8 ? 1 : -1];' >wide.c
  $cc $cppflags -I. -c wide.c -o wide.o
}

# Succeed if the flags in config.site have reached every file and every tool,
# and no other flags have, except those needed for any compilation, and the
# warnings that gnulib sets for its own files.
check_flags ()
{
  what='flags of the user'
  grep -E ' -c .*[.]c( |$)' make.log >compiled
  grep -E -e ' -o src/(s6|local)-[-a-z0-9]+ ' make.log >linked
  test -s compiled && test "$(wc -l <linked)" -eq "$(echo $tools | wc -w)" \
    || { echo "not compiled, or not linked"; return 1; }
  ! grep -v -e '-DIN_CPPFLAGS .*-O1 -DIN_CFLAGS ' compiled || return 1
  ! grep -v -e '-O1 -DIN_CFLAGS .*-Wl,--defsym=in_ldflags=0 ' linked \
    || return 1
  # -std belongs to the compiler's name; -f is an option of test(1).
  cat compiled linked | tr -s ' \t' '\n\n' | grep '^-' | sort -u \
    | grep -v -x -E -e '-(O1|DIN_CFLAGS|DIN_CPPFLAGS|DHAVE_CONFIG_H)' \
        -e '-Wl,--defsym=in_ldflags=0' \
        -e '-([cfo]|M[TDPF]|I.*|l.*|std=.*|W[-a-z]+)' \
      >foreign
  test ! -s foreign || { echo "other flags:" $(cat foreign); return 1; }
}

# Count the results of the tests in the directory $1.
count_results ()
{
  sums=$(echo "$1"/*.sum)
  test -f "${sums%% *}" || return 0
  passed=$(cat $sums | grep -c '^PASS:')
  failed=$(cat $sums | grep -c -E '^(FAIL|XPASS|UNRESOLVED|ERROR)')
  left_out=$(cat $sums | grep -c -E '^(UNSUPPORTED|UNTESTED):')
  # The reason is in parentheses at the end of the line.
  reasons=$(cat $sums | grep -E '^(UNSUPPORTED|UNTESTED):' \
    | sed -e 's/^[A-Z]*: *//' -e 's/.*(\([^()]*\))$/\1/' \
    | tr -d '|;' | sort | uniq -c \
    | sed -e 's/^ *\([0-9]*\) /\1 /' -e '$!s/$/;/' | tr '\n' ' ')
}

# Run the row in the current directory.  Output goes to the log.
make_row ()
{
  # For simulated systems, a script configures, builds and tests.
  case $checks in
    *system=*)
      system_name=${checks#*system=}
      set -- --directory=. "$system_name"
      case ${MATRIX_TESTS-} in
        '') ;;
        all) set -- --tests= "$@";;
        *) set -- "--tests=$MATRIX_TESTS" "$@";;
      esac
      step "as $system_name" env "CC=$cc" sh \
        "$srcdir/testsuite/systems.sh" "$@"
      status=$?
      cat "$system_name.log"
      result=tested
      methods=$(methods_of "$system_name")
      count_results "$system_name/testsuite"
      return $status;;
  esac

  make=make
  case " $checks " in *' bmake '*) make=bmake;; esac
  case " $checks " in
    *' in-tree '*)
      what=copy
      cp -R "$srcdir/." . && chmod -R u+w . || return 1
      srcdir=.;;
  esac
  eval "set -- $configure"
  case " $checks " in
    *' flags '*)
      # A distribution sets flags in this way.
      { echo 'CFLAGS="-O1 -DIN_CFLAGS"'
        echo 'CPPFLAGS="-DIN_CPPFLAGS"'
        echo 'LDFLAGS="-Wl,--defsym=in_ldflags=0"'
        echo 'enable_hardening=no'
        echo 'enable_gc_sections=no'
        echo 'enable_unwind_tables=yes'; } >config.site
      CONFIG_SITE=$(pwd)/config.site;;
  esac

  step configure "$srcdir/configure" --cache-file=/dev/null "$@" || return 1
  methods=$(methods_of .)
  set --
  case " $checks " in
    *' pedantic '*) set -- WARN_CFLAGS=-pedantic-errors;;
  esac
  step make $make -j2 V=1 "$@" >make.log 2>&1 || { cat make.log; return 1; }
  cat make.log

  what='libraries'
  if command -v readelf >/dev/null; then
    libraries=$(foreign_libraries) || return 1
    case " $checks " in
      *' libbsd '*)
        libraries=$(echo "$libraries" | grep -v '^lib\(bsd\|md\)\.');;
    esac
    test -z "$libraries" || { echo "linked with: $libraries"; return 1; }
  fi
  case " $checks " in *' flags '*) check_flags || return 1;; esac
  case " $checks " in *' wide '*) check_wide || return 1;; esac
  case " $checks " in
    *' bmake '*)
      step install $make install DESTDIR="$(pwd)/destdir" || return 1
      what='installed files'
      for tool in $tools; do
        test -x "destdir/usr/local/bin/$tool" \
          && test -s "destdir/usr/local/share/man/man1/$tool.1" || return 1
      done;;
  esac

  step 'programs of the tests' $make -C testsuite -j2 check-programs \
    || return 1
  result=built
  case $tests in
    built) return 0;;
    all) list=;;
    core) list=$core; test $is_quick_run = no || list=$few;;
    few) list=$few;;
    emulated)
      list="--ignore '$too_much'"
      if test $is_quick_run = yes; then
        list=$brief
      else
        limit=${MATRIX_LIMIT-7200}
      fi;;
    basic) list=$basic;;
  esac
  case ${MATRIX_TESTS-} in
    '') ;;
    all) list=;;
    *) list=$MATRIX_TESTS;;
  esac
  list=$(echo $list)
  set -- "RUNTESTFLAGS=$list"
  test "$tests" != basic || set -- "$@" DEJATOOL="$(echo $basic_tools)"
  if test "$emulator" = -; then
    result=tested
    step tests $make -C testsuite check "$@"
  else
    result=emulated
    step tests $make -C testsuite check-emulated EMULATOR="$emulator" \
      "$@"
  fi
  status=$?
  count_results testsuite
  return $status
}

# Run the row "$1", and store its line in matrix.d/NAME.line.
row ()
{
  trap 'test -z "$child" || kill "$child"; exit 1' HUP INT TERM
  name=$(field "$1" 1)
  name=${name%' *'}
  processor=$(field "$1" 2)
  packages=$(field "$1" 4)
  emulator=$(field "$1" 5)
  tests=$(field "$1" 6)
  checks=$(field "$1" 7)
  configure=$(field "$1" 8)
  passed=0
  failed=0
  left_out=0
  reasons=
  methods=-
  libc=-
  compiler=-

  rm -rf "matrix.d/$name" "matrix.d/$name.log"
  mkdir "matrix.d/$name" || exit 1
  cd "matrix.d/$name" || exit 1
  srcdir=$(cd "../$source" && pwd)

  # Check that the compiler alone can make a program.
  host=
  cc=
  cppflags=
  eval "set -- $configure"
  for word; do
    case $word in
      --host=*) host=${word#*=};;
      CC=*) cc=${word#*=};;
      CPPFLAGS=*) cppflags=${word#*=};;
    esac
  done
  cc=${cc:-$host-gcc}
  printf '%s\n' '#include <errno.h>' '#include <stdlib.h>' \
    'int main (void) { return errno; }' >try.c
  missing=no
  $cc $cppflags try.c -o try >"../$name.log" 2>&1 || missing=yes
  rm -f try try.c
  test "$emulator" = - || command -v "${emulator%% *}" >/dev/null \
    || missing=yes
  case " $checks " in
    *' bmake '*) command -v bmake >/dev/null || missing=yes;;
    *' libbsd '*) echo '#include <bsd/unistd.h>' | $cc -E - >/dev/null 2>&1 \
                    || missing=yes;;
    *' libcdb '*) echo '#include <cdb.h>' | $cc -E - >/dev/null 2>&1 \
                    || missing=yes;;
  esac

  begin=$(date +%s)
  if test $missing = yes; then
    result="missing: $packages"
  else
    libc=$(libc_of $cc $cppflags)
    compiler=$(compiler_of $cc)
    make_row >>"../$name.log" 2>&1 || result="failed: $what"
  fi
  cd ../..
  { printf '%s|' "$name" "$(date -u +%Y-%m-%d)" "$(uname -s)" "$processor" \
      "$libc" "$compiler" "$methods" "$result" "$passed" "$failed" "$left_out"
    printf '%s\n' "${reasons% }"; } >"matrix.d/$name.tmp"
  mv "matrix.d/$name.tmp" "matrix.d/$name.line"
  case $result in
    missing*) echo "$name: $result";;
    *) echo "$name: $result, $passed passed, $failed failed," \
         "$left_out not run, $(($(date +%s) - begin)) s";;
  esac
  case $result in
    failed*)
      tail -n 20 "matrix.d/$name.log"
      grep -h -E '^(FAIL|XPASS|UNRESOLVED|ERROR)' \
        "matrix.d/$name"/testsuite/*.sum \
        "matrix.d/$name"/*/testsuite/*.sum 2>/dev/null | head -n 40;;
    # Remove the tree, because all trees together need too much space.
    *) chmod -R u+w "matrix.d/$name"; rm -rf "matrix.d/$name";;
  esac
}

test -r "$rows" || { echo "matrix: no '$rows'" >&2; exit 1; }
is_quick_run=no
test "$*" != quick || is_quick_run=yes
names=
chosen=
while IFS= read -r line; do
  name=$(field "$line" 1)
  is_quick=no
  case $name in *' *') is_quick=yes;; esac
  name=${name%' *'}
  names="$names $name"
  case " $* " in
    '  ') ;;
    *" $name "*) ;;
    ' quick ') test $is_quick = yes || continue;;
    *) continue;;
  esac
  chosen="$chosen $name"
done <<END
$(table)
END
for name; do
  case " $names " in
    *" $name "*) ;;
    *) test $is_quick_run = no || break
      echo "matrix: no row '$name'; the rows are:$names" >&2; exit 1;;
  esac
done

test -n "$chosen" || { echo "matrix: no row to make" >&2; exit 1; }
command -v timeout >/dev/null || { echo "matrix: no timeout(1)" >&2; exit 1; }
mkdir -p matrix.d || exit 1
source=$(basename "$tarball" .tar.gz)
test ! -d "matrix.d/$source" || chmod -R u+w "matrix.d/$source"
rm -rf "matrix.d/$source" matrix.d/*.line
gzip -dc "$tarball" | (cd matrix.d && tar xf -) || exit 1
# A build in another directory must not write here.
find "matrix.d/$source" -type d -exec chmod a-w {} +

# Write RESULTS in the order of the rows, with the old line where there is no
# new one.  Remove the unpacked release.
end ()
{
  for name in $names; do
    if test -f "matrix.d/$name.line"; then
      cat "matrix.d/$name.line"
    else
      # A row that was interrupted has no result.
      case " $chosen " in
        *" $name "*) ;;
        *) test ! -f "$results" || grep "^$name|" "$results";;
      esac
    fi
  done >"$results.tmp"
  mv "$results.tmp" "$results"
  chmod -R u+w "matrix.d/$source"
  rm -rf "matrix.d/$source"
}

running=
count=0
trap 'test -z "$running" || kill $running; wait; end; exit 1' HUP INT TERM
while IFS= read -r line; do
  name=$(field "$line" 1)
  case " $chosen " in
    *" ${name%' *'} "*) ;;
    *) continue;;
  esac
  if test $count -ge "$jobs"; then
    wait "${running%% *}"
    running=${running#* }
    count=$((count - 1))
  fi
  row "$line" &
  running="$running$! "
  count=$((count + 1))
done <<END
$(table)
END
wait
running=

end
status=0
for name in $chosen; do
  test -f "matrix.d/$name.line" && ! grep '|failed' "matrix.d/$name.line" \
    >/dev/null || status=1
done
exit $status
