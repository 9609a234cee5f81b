#!/bin/sh
# matrix.sh -- build a release in many ways, and test it where it can be run.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Usage: matrix.sh TARBALL ROWS-FILE RESULTS [ROW]...
#        matrix.sh TARBALL ROWS-FILE RESULTS quick
#
# Unpacks TARBALL in matrix.d of the current directory and makes each ROW of
# ROWS-FILE there, all of them by default, in a directory and with a log of its
# own.  With "quick" these are the quick ones, with few tests.  A directory is
# removed afterwards unless its row has failed.  RESULTS, which keeps what it
# has of other rows, gets a line for each:
#
#   name|date|system|processor|C library|compiler|methods|result|P|F|U|why
#
# where methods are those for credentials, signals and children, result is
# tested, emulated, built, failed (and in what) or missing (and which packages
# of Debian have it), P, F and U are how many tests have passed, failed, and
# not been made, and "why" has the reasons, with how many each, divided by
# semicolons.  Exits with 1 if a row has failed, but not if one is missing.
#
# Environment:
#   MATRIX_JOBS   how many rows at a time (default: 1)
#   MATRIX_LIMIT  how many seconds a step of a row may take (default: 1200, or
#                 3600 if that is all tests, which are run one by one, or 7200
#                 if they are emulated)
#   MATRIX_GRACE  and how many more when it has been told to end (default: 10)
#   MATRIX_TESTS  test files instead of the sets of the rows, or "all"

set -u
LC_ALL=C
export LC_ALL
umask 022
# Nothing of who calls this: neither flags, nor answers, nor makes.
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

# The servers and the maker of sockets at work, where clients may be unknown.
basic='serve.exp chain.exp no-lookup.exp refused.exp per-uid.exp'
basic_tools='s6-ipcserver local-stream-socket-accept
 local-stream-socket-listen'
# Each tool at work, who its clients are, numbers, and signals.
few='serve.exp chain.exp ids.exp number.exp signals.exp usage.exp per-uid.exp
 term.exp'
# What differs with the processor, if anything does, and is quick under an
# emulator: sizes, order of bytes in what the kernel tells, children.
brief='serve.exp chain.exp number.exp per-uid.exp peer-info.exp address.exp
 peerinfo.exp'
# All but these, under an emulator: they have many clients at once, or again
# and again, who are not served in the time that a test waits.
too_much='beside-many.exp churn.exp flood.exp storm.exp thousand.exp
 vanish.exp'
# And more of what calls into the C library or the kernel.
core="$few address.exp backoff.exp conntable.exp undo-helper.exp
 fatal-signal.exp envdir.exp envlist.exp lanes.exp listener.exp peerinfo.exp
 entry.exp ratelimit.exp rulekeys.exp signals-kqueue.exp signals-pipe.exp
 spawn.exp spawn-fork.exp spawn-posix.exp spawn-vfork.exp words.exp faults.exp
 peer-info.exp supplementary.exp expect.exp state.exp count.exp total.exp
 lines.exp mode.exp owner.exp replaced.exp environment.exp children.exp
 values.exp pidfdid.exp variables.exp single.exp listen-fd.exp cdb.exp"

# Rows: blanks around bars go, and comments.
table ()
{
  sed -e '/^#/d' -e '/^ *$/d' -e 's/ *| */|/g' "$rows"
}

# Field $2 of the line $1.
field ()
{
  printf '%s\n' "$1" | cut -d'|' -f"$2"
}

# Run the command "$2"... in the time that there is, as step $1 of a row.
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
  # 137 is that of who had to be killed in the end, and of who was killed by
  # somebody else, as for want of memory.
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

# "glibc 2.36", or the like, of compiler "$1"...
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

# "gcc 12.2.0" of compiler "$1"...
compiler_of ()
{
  version=$("$@" --version 2>/dev/null | sed 1q)
  name=gcc
  case $version in *clang*) name=clang;; esac
  echo "$name $(echo "$version" \
    | sed 's/.*[^0-9.]\([0-9][0-9]*\.[0-9.]*[0-9]\).*/\1/')"
}

# What configure has chosen in directory $1.
methods_of ()
{
  echo $(sed -n -e "s/^PEERCRED_METHOD='\(.*\)'/1 \1/p" \
      -e "s/^SIGNALS_METHOD='\(.*\)'/2 \1/p" \
      -e "s/^SPAWN_METHOD='\(.*\)'/3 \1/p" "$1/config.log" \
    | sort | sed 's/^. //')
}

# What the tools need at run time beyond the C library, and libcdb for one.
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

# Whether "time_t" and "off_t" of the build have 64 bits.
check_wide ()
{
  what='times and file offsets of 64 bits'
  printf '%s\n' '#include <config.h>' '#include <time.h>' \
    '#include <sys/types.h>' \
    'int t[sizeof (time_t) == 8 && sizeof (off_t) == 8 ? 1 : -1];' >wide.c
  $cc $cppflags -I. -c wide.c -o wide.o
}

# Whether the flags in config.site have reached every file and every tool, and
# no other flags have, but those without which nothing can be compiled, and
# those for warnings, which gnulib has for its own files.
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
  # Standards of C belong to the compiler's name, and -f to test(1).
  cat compiled linked | tr -s ' \t' '\n\n' | grep '^-' | sort -u \
    | grep -v -x -E -e '-(O1|DIN_CFLAGS|DIN_CPPFLAGS|DHAVE_CONFIG_H)' \
        -e '-Wl,--defsym=in_ldflags=0' \
        -e '-([cfo]|M[TDPF]|I.*|l.*|std=.*|W[-a-z]+)' \
      >foreign
  test ! -s foreign || { echo "other flags:" $(cat foreign); return 1; }
}

# Count what the tests in directory $1 have said.
count_results ()
{
  sums=$(echo "$1"/*.sum)
  test -f "${sums%% *}" || return 0
  passed=$(cat $sums | grep -c '^PASS:')
  failed=$(cat $sums | grep -c -E '^(FAIL|XPASS|UNRESOLVED|ERROR)')
  left_out=$(cat $sums | grep -c -E '^(UNSUPPORTED|UNTESTED):')
  # The reason is in parentheses at the end.
  reasons=$(cat $sums | grep -E '^(UNSUPPORTED|UNTESTED):' \
    | sed -e 's/^[A-Z]*: *//' -e 's/.*(\([^()]*\))$/\1/' \
    | tr -d '|;' | sort | uniq -c \
    | sed -e 's/^ *\([0-9]*\) /\1 /' -e '$!s/$/;/' | tr '\n' ' ')
}

# Make the row in the current directory; messages go to the log.
make_row ()
{
  # Pretended systems have a script that configures, builds and tests.
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
      # As a distribution has it.
      { echo 'CFLAGS="-O1 -DIN_CFLAGS"'
        echo 'CPPFLAGS="-DIN_CPPFLAGS"'
        echo 'LDFLAGS="-Wl,--defsym=in_ldflags=0"'
        echo 'enable_hardening=no'
        echo 'enable_gc_sections=no'; } >config.site
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

# Make the row "$1", and leave its line of RESULTS in matrix.d/NAME.line.
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

  # The compiler by itself: can it make a program?
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
         "$left_out not made, $(($(date +%s) - begin)) s";;
  esac
  case $result in
    failed*)
      tail -n 20 "matrix.d/$name.log"
      grep -h -E '^(FAIL|XPASS|UNRESOLVED|ERROR)' \
        "matrix.d/$name"/testsuite/*.sum \
        "matrix.d/$name"/*/testsuite/*.sum 2>/dev/null | head -n 40;;
    # All trees together take more than most have.
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
# What is built elsewhere must not write here.
find "matrix.d/$source" -type d -exec chmod a-w {} +

# Write RESULTS in the order of the rows, with old lines where there is no new
# one, and leave only trees that have failed.
end ()
{
  for name in $names; do
    if test -f "matrix.d/$name.line"; then
      cat "matrix.d/$name.line"
    else
      # Of one that has been cut off, nothing is known.
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
