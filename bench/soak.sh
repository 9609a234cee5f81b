#!/bin/sh
# soak.sh -- make very many connections to each server, and check for leaks.
#
# Usage: soak.sh S6-IPCSERVER LOCAL-STREAM-SOCKET-LISTEN
#                LOCAL-STREAM-SOCKET-ACCEPT HELPER-DIRECTORY [CONNECTIONS]
#                [SHIM]
#
# SHIM is an s6-ipcserver built with a shim, which can simulate that each
# connection comes from another user; see testsuite/shim/shim.c.
#
# For each server, print its resident memory after the first 10,000 connections
# and after all of them, and its report on the connections.  Exit with 1 if a
# reply was wrong, if the memory has grown, or if a descriptor, a process or a
# count is left.  Needs /proc.

set -eu
ours=$1
listen=$2
accept=$3
helpers=$4
connections=${5-1000000}
shim=${6-}
first=10000
test "$connections" -gt $first || first=$((connections / 2))

scratch=$(mktemp -d "${TMPDIR-/tmp}/ucspi-local-soak.XXXXXX")
pid=
cleanup ()
{
  test -z "$pid" || kill "$pid" 2>/dev/null || :
  rm -rf "$scratch"
}
trap cleanup EXIT
trap 'exit 1' HUP INT TERM
cd "$scratch"
cp "$helpers/tiny" tiny

status=0
wrong ()
{
  echo "WRONG: $*"
  status=1
}

# Print the resident memory of the server in kB, and the number of its
# descriptors.
resident ()
{
  sed -n 's/^VmRSS:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$pid/status"
}
descriptors ()
{
  set -- "/proc/$pid/fd/"*
  echo $#
}

# Wait until the server has no child, at most ten seconds.
settle ()
{
  i=0
  while grep -l "^PPid:[^0-9]*$pid\$" /proc/[0-9]*/status 2>/dev/null \
          | grep . >/dev/null; do
    i=$((i + 1))
    test $i -lt 100 || { wrong "$1: a child is left"; return; }
    sleep 0.1
  done
}

# Make $1 connections, four at a time.  Each must get its reply.
load ()
{
  result=$("$helpers/load" s "$1" 4)
  case $result in
    *" failed 0") ;;
    *) wrong "$server: $result";;
  esac
}

# Print the report that the server writes to its log.
report ()
{
  kill -USR1 "$pid"
  i=0
  until grep ' accepted ' log >/dev/null; do
    i=$((i + 1))
    test $i -lt 100 || { wrong "$server: no report"; return; }
    sleep 0.1
  done
  sed -n 's/.*info: \(status: .* accepted .*\)/\1/p' log
}

soak ()
{
  server=$1
  shift
  rm -f s log
  "$@" 2>log </dev/null >/dev/null &
  pid=$!
  i=0
  until "$helpers/load" s 1 1 2>/dev/null | grep 'failed 0' >/dev/null; do
    i=$((i + 1))
    test $i -lt 100 || { echo "$server does not answer" >&2; exit 1; }
    sleep 0.1
  done
  load $first
  settle "$server"
  memory=$(resident)
  open=$(descriptors)
  load $((connections - first))
  settle "$server"
  after=$(resident)
  echo "$server: $connections connections, $memory kB after $first," \
    "$after kB after all; $result"
  test "$after" -le "$memory" || wrong "$server: memory has grown"
  test "$(descriptors)" = "$open" || wrong "$server: a descriptor is left"
  said=$(report)
  echo "$server: $said"
  case $said in
    "status: 0/"*" denied 0 failed 0" \
    | "status: 0/"*" denied 0 failed 0 socket ours") ;;
    *) wrong "$server: the counts";;
  esac
  kill "$pid"
  wait "$pid" || wrong "$server: it did not end with 0"
  pid=
}

soak s6-ipcserver "$ours" s ./tiny
soak local-stream-socket-accept "$listen" s "$accept" ./tiny
test -z "$shim" \
  || soak "as many users with --rate-per-user" \
          env UCSPI_SHIM_UID=+ "$shim" --rate-per-user=1/3600 s ./tiny
exit $status
