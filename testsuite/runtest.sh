#!/bin/sh
# runtest.sh -- run runtest for some tools, in one process or in several.
#
# Usage: runtest.sh TOOLS [ARGUMENT]...
#        runtest.sh --version
#
# Run "runtest --tool TOOL ARGUMENT..." for each of the TOOLS, which are one
# argument.  The environment has srcdir, the directory of this script, and may
# have RUNTEST, the name of runtest.
#
# RUNTEST_JOBS in the environment is the number of processes that share the
# tests.  A process continues with the next tool as soon as all tests of a tool
# have begun.  Each process writes its logs to a directory of its own.  At the
# end these logs are joined in the place where runtest alone would write them.
#
# UCSPI_TESTS in the environment selects tests, as TESTS does for "make
# check".  Each word is NAME, TOPIC/NAME, TOOL.TOPIC/NAME or FAMILY.TOPIC/NAME,
# or TOPIC/ for all tests of a topic; wildcards may be used.  TOOL.TOPIC/NAME
# may be a test of a family, which then runs for that tool only.  If
# UCSPI_TESTS selects no test of a tool, nothing is run for it.  If a word
# selects no test of any of the TOOLS, fail.
#
# If UCSPI_KEEP in the environment is not empty, the scratch directories stay.
#
# DejaGnu cannot read files from a directory with a blank in its name.  In such
# a directory, runtest is run in a temporary directory, with relative names for
# the sources, and the results are copied back.

# Other users must be able to use files and sockets that tests make for them,
# and to write the counters of coverage.
if test -n "${UCSPI_COVERAGE-}"; then
  umask 0
else
  umask 022
fi

# Some systems write a core file to the working directory.
ulimit -c 0 2>/dev/null

# Tests expect that these descriptors are closed.
exec 3<&- 4<&- 5<&- 6<&- 7<&- 8<&- 9<&-

# fakeroot makes programs believe that they are root, but the kernel tells a
# server the real ids of a client.  So run the tests without it.
if test -n "${FAKEROOTKEY-}"; then
  preload=
  for library in $(echo "${LD_PRELOAD-}" | tr : ' '); do
    case $library in
      *libfakeroot*) ;;
      *) preload="$preload $library";;
    esac
  done
  LD_PRELOAD=${preload# }
  export LD_PRELOAD
  test -n "$LD_PRELOAD" || unset LD_PRELOAD
  unset FAKEROOTKEY
fi

# DejaGnu calls whoami, and exits if the user has no name.
if test -z "${USER-}${LOGNAME-}"; then
  USER=$(id -un 2>/dev/null) || USER=$(id -u)
  export USER
fi

: "${RUNTEST:=runtest}"
if test "$1" = --version; then
  exec $RUNTEST "$@"
fi
here=$(pwd)
tools=$1
shift

# Print the prefixes of the directories that have tests of the tool $tool.
owners ()
{
  echo "$tool"
  while read -r family members; do
    case $family:" $members " in
      '#'*) ;;
      *" $tool "*) echo "$family";;
    esac
  done <"${srcdir?}/families"
}

# Print the tests of the tool $tool that the word $1 of UCSPI_TESTS selects.
picked_by ()
{
  set +f
  word=${1%.exp}
  case $word in
    */) word=$word*;;
  esac
  for owner in $(owners); do
    for file in "$srcdir/$owner".*/*.exp; do
      test=${file#"$srcdir"/}
      name=${test%.exp}
      case $name in
        $word | *.$word | */$word) echo "$test"; continue;;
      esac
      # A test of a family, named with the tool in place of the family.
      case $tool.${name#*.} in
        $word) echo "$test";;
      esac
    done
  done
}

# Print the tests of the tool $tool that UCSPI_TESTS selects.
picked ()
{
  # The words are patterns for "case"; the shell must not expand them.
  set -f
  for word in $UCSPI_TESTS; do
    picked_by "$word"
  done
}

# Succeed if each word of UCSPI_TESTS selects a test of one of the tools.
each_is_known ()
{
  set -f
  for chosen in ${UCSPI_TESTS-}; do
    found=no
    for tool in $tools; do
      test -z "$(picked_by "$chosen")" || found=yes
    done
    if test $found = no; then
      echo "FAIL: no test is called $chosen" >&2
      return 1
    fi
  done
  set +f
}

# Run the tests of the tool $tool, with the arguments for runtest.  The status
# is that of runtest: 1 if a test has failed, more if a signal ended it.
run_tool ()
{
  # A test that fails prints the name of this log.
  UCSPI_LOG=$here/$tool.log
  export UCSPI_LOG
  unset UCSPI_PICKED
  if test -n "${UCSPI_TESTS-}"; then
    UCSPI_PICKED=$(picked)
    export UCSPI_PICKED
    test -n "$UCSPI_PICKED" || return 0
  fi
  $RUNTEST --tool "$tool" "$@"
}

# Run the tests of all tools, with the arguments for runtest, until a signal
# ends one.  If $marks is not empty, other processes do the same; the names in
# this directory tell which tests have begun.
run_tools ()
{
  result=0
  for tool in $tools; do
    if test -n "$marks"; then
      UCSPI_SHARE=$marks/$tool
      export UCSPI_SHARE
    fi
    run_tool "$@"
    case $? in
      0) ;;
      1) result=1;;
      *) return 1;;
    esac
  done
  return $result
}

# Join the files "$2"..., those that exist, as $1.
join ()
{
  joined=$1
  shift
  test ! -f "$1" || cat "$@" >"$joined"
}

run_all ()
{
  for tool in $tools; do
    rm -f "$tool.sum" "$tool.log"
  done
  each_is_known || return 1
  jobs=${RUNTEST_JOBS:-1}
  case $jobs in
    *[!0-9]*)
      echo "runtest.sh: RUNTEST_JOBS is not a number: $jobs" >&2
      return 1;;
  esac
  marks=
  if test "$jobs" -le 1; then
    run_tools "$@"
    return
  fi

  # Use a new name: processes of a run that was interrupted may not have ended.
  rm -rf shared.[0-9]*
  shared=shared.$$
  marks=$(pwd)/$shared/marks
  mkdir "$shared" "$marks" || return 1
  for tool in $tools; do
    mkdir "$marks/$tool" || return 1
  done
  processes=
  trap 'kill $processes 2>/dev/null; exit 1' HUP INT TERM
  job=0
  while test "$job" -lt "$jobs"; do
    job=$((job + 1))
    mkdir "$shared/$job" || return 1
    run_tools "$@" --outdir "$shared/$job" &
    processes="$processes $!"
  done
  all=0
  for process in $processes; do
    wait "$process" || all=1
  done
  trap - HUP INT TERM
  for tool in $tools; do
    for kind in sum log; do
      join "$tool.$kind" "$shared"/*/"$tool.$kind" || all=1
    done
  done
  rm -rf "$shared"
  return $all
}

case $here in
  *[[:space:]]*) ;;
  *) run_all "$@"; exit;;
esac

there=$(mktemp -d "${TMPDIR-/tmp}/ucspi-local-check.XXXXXX") || exit 1
trap 'rm -rf "$there"' EXIT
trap 'exit 1' HUP INT TERM
case ${srcdir?} in
  /*) ln -s "$srcdir" "$there/testsuite";;
  *) ln -s "$here/$srcdir" "$there/testsuite";;
esac || exit 1
sed 's,^set srcdir .*,set srcdir testsuite,' site.exp >"$there/site.exp" \
  || exit 1

# Replace the argument of "--srcdir".
n=$#
name_follows=no
while test $n -gt 0; do
  argument=$1
  shift
  if test $name_follows = yes; then
    argument=testsuite
    name_follows=no
  elif test "$argument" = --srcdir; then
    name_follows=yes
  fi
  set -- "$@" "$argument"
  n=$((n - 1))
done

(cd "$there" && srcdir=testsuite && run_all "$@")
status=$?
for tool in $tools; do
  rm -f "$tool.sum" "$tool.log"
done
for file in "$there"/*.sum "$there"/*.log; do
  test ! -f "$file" || cp "$file" . || status=1
done
exit $status
