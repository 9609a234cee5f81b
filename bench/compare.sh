#!/bin/sh
# compare.sh -- compare our tools with other tools, and with programs that do
# only what cannot be avoided.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Usage: compare.sh [OPTION]... S6-IPCSERVER LOCAL-STREAM-SOCKET-LISTEN
#                  HELPER-DIRECTORY
#
#   -o PREFIX       write PREFIX.txt (also printed), PREFIX.svg and PREFIX.dat;
#                   default: performance
#   -r ROUNDS       the number of rounds; default 9
#   -t MS           how long each server is loaded in each round, for each
#                   number of clients; default 500
#   -n COUNT        how many times each chain tool is run; default 500
#   -p "PEER..."    the other tools to compare with; default: all
#   -a NAME=SERVER  another s6-ipcserver of this package, such as a static one
#   -l NAME=LISTEN  another local-stream-socket-listen of this package
#   -s              smoke test: check in a few seconds that everything works;
#                   the figures mean nothing then
#
# All servers run at the same time, and one of them is loaded, in turn: A B C A
# B C.  So a change of the machine's speed affects all of them.  They are
# started anew in each round.  The service does as little as possible, because
# otherwise all servers would look alike.  Exit with 1 if a reply of one of our
# tools was wrong.
#
# Needs /proc and epoll.  Uses strace if it is installed.

set -eu
LC_ALL=C
export LC_ALL

prefix=performance
rounds=9
ms=500
runs=500
held=900
held_rounds=5
calls=300
peers="s6 unixserver systemd inetd socat"
more_servers=
more_listeners=
smoke=false

usage ()
{
  sed -n '/^# Usage/,/^$/s/^#\( \|$\)//p' "$0" >&2
  exit 100
}

# Print $1 as an absolute path.
absolute ()
{
  case $1 in
    /*) echo "$1";;
    *) echo "$(pwd)/$1";;
  esac
}
# Print $1, which is NAME=PATH, with an absolute path.
absolute_entry ()
{
  case $1 in
    *=*) ;;
    *) usage;;
  esac
  case ${1%%=*} in
    '' | *[!A-Za-z0-9.-]*) usage;;
  esac
  echo "${1%%=*}=$(absolute "${1#*=}")"
}

newline='
'
while getopts o:r:t:n:p:a:l:s option; do
  case $option in
    o) prefix=$OPTARG;;
    r) rounds=$OPTARG;;
    t) ms=$OPTARG;;
    n) runs=$OPTARG;;
    p) peers=$OPTARG;;
    a) more_servers=$more_servers$(absolute_entry "$OPTARG")$newline;;
    l) more_listeners=$more_listeners$(absolute_entry "$OPTARG")$newline;;
    s) smoke=true rounds=1 ms=50 runs=10 held=50 held_rounds=1 calls=20;;
    *) usage;;
  esac
done
shift $((OPTIND - 1))
test $# = 3 || usage

case $0 in
  */*) here=$(cd "${0%/*}" && pwd);;
  *) here=$(pwd);;
esac
prefix=$(absolute "$prefix")
ours=$(absolute "$1")
listen=$(absolute "$2")
helpers=$(absolute "$3")
load=$helpers/load
PATH=$PATH:/usr/sbin:/sbin

scratch=$(mktemp -d "${TMPDIR-/tmp}/ucspi-local-bench.XXXXXX")
pids=
cleanup ()
{
  test -z "$pids" || kill $pids 2>/dev/null || :
  rm -rf "$scratch"
}
trap cleanup EXIT
trap 'exit 1' HUP INT TERM
invoked_in=$(pwd)
cd "$scratch"
for program in tiny tiny-wait tiny-stamp; do
  cp "$helpers/$program" $program
done
: >raw

say ()
{
  echo "compare.sh: $*" >&2
}
note ()
{
  echo "note $*" >>raw
}

# Print the installed version of the package $1, if dpkg or rpm knows it.
version ()
{
  { dpkg-query -W -f '${Version}' "$1" || rpm -q --qf '%{VERSION}' "$1"; } \
    2>/dev/null || :
}

# Set the name of a server in the table.
label ()
{
  echo "label $*" >>raw
}

# Print the path for $1 in the list $2 of lines NAME=PATH.
path_of ()
{
  printf %s "$2" | sed -n "s,^$1=,,p"
}

# A thousand more environment variables.
many=
i=0
while test $i -lt 1000; do
  many="$many BENCH_VARIABLE_$i=value_of_variable_$i"
  i=$((i + 1))
done

# Start the server $1 with the service $2 at the socket s.$1.  Set pid.
start ()
{
  server=$1
  service=$2
  errors=errors.$1
  rm -f "s.$1"
  case $1 in
    ours)
      set -- "$ours" -c 1000 -C 1000 s.ours ./$2;;
    ours-v-file)
      set -- "$ours" -v -c 1000 -C 1000 s.ours-v-file ./$2;;
    ours-v-pipe)
      rm -f pipe
      mkfifo pipe
      cat <pipe >/dev/null &
      pids="$pids $!"
      errors=pipe
      set -- "$ours" -v -c 1000 -C 1000 s.ours-v-pipe ./$2;;
    ours-env)
      set -- env $many "$ours" -c 1000 -C 1000 s.ours-env ./$2;;
    clone* | vfork*)
      set -- "$helpers/bare" $1 s.$1 ./$2;;
    s6)
      set -- "$s6" -c 1000 -C 1000 s.s6 ./$2;;
    unixserver)
      set -- unixserver -q -c 1000 -b 128 s.unixserver ./$2;;
    systemd)
      set -- env SYSTEMD_LOG_LEVEL=err systemd-socket-activate --accept \
        --inetd -l "$scratch/s.systemd" ./$2;;
    inetd)
      echo "s.inetd stream unix nowait $(id -un) ./$2 $2" >inetd.conf
      set -- inetd -i -R 1000000000 inetd.conf;;
    socat)
      # Pass the socket to the program, as the other servers do.  Otherwise
      # socat copies the data and is far slower.
      set -- socat UNIX-LISTEN:s.socat,fork,backlog=128 EXEC:./$2,nofork;;
    *)
      set -- "$(path_of "$1" "$more_servers")" -c 1000 -C 1000 "s.$1" ./$2;;
  esac
  "$@" </dev/null >/dev/null 2>$errors &
  pid=$!
  pids="$pids $pid"
}

# Start the server $1 with the service $2 and wait for it.  Return 1 if it does
# not answer.
start_well ()
{
  start "$1" "$2"
  shift 2
  "$load" -w 5 "$@" "s.$server" 50 1 >/dev/null 2>&1
}

# End all servers.
stop_all ()
{
  test -z "$pids" || kill $pids 2>/dev/null || :
  # Some shells print how each process ended.
  wait 2>/dev/null
  pids=
}

is_ours ()
{
  case $1 in
    ours* | clone* | vfork*) return 0;;
    *) printf %s "$more_servers" | grep "^$1=" >/dev/null;;
  esac
}

# Report that the server $1 does not work.  If it is ours, exit.
out ()
{
  sed "s/^/$1: /" "errors.$1" >&2 || :
  ! is_ours "$1" || { say "$1 does not answer"; exit 1; }
  note "$1 found, but does not answer"
}

# ---- Find the tools to compare.

note "Machine: $(uname -s) $(uname -r | sed 's/-.*//') $(uname -m)," \
  "$(getconf _NPROCESSORS_ONLN) processors," \
  "$(getconf GNU_LIBC_VERSION 2>/dev/null || echo 'another C library')."
note "Load average when the run began: $(cut -d ' ' -f 1 /proc/loadavg)."
label ours "this package"
label ours-v-file "  -v to a file"
label ours-v-pipe "  -v to a pipe"
label ours-env "  1000 more variables"
label clone "limit, clone"
label clone-poll "  with signalfd"
label vfork "limit, vfork"
label vfork-poll "  with signalfd"
wanted="ours ours-v-file ours-v-pipe ours-env"
for name in $(printf %s "$more_servers" | sed 's/=.*//'); do
  label "$name" "  $name"
  wanted="$wanted $name"
done
wanted="$wanted clone clone-poll vfork vfork-poll"

for peer in $peers; do
  program=$peer
  package=$peer
  case $peer in
    s6) program=s6-ipcserver;;
    unixserver) package=ucspi-unix;;
    systemd) program=systemd-socket-activate;;
    inetd) package=openbsd-inetd;;
    socat) ;;
    *) say "no such peer: $peer"; exit 100;;
  esac
  if ! path=$(command -v $program); then
    note "$program: not found."
    continue
  fi
  if test $peer = s6; then
    case $("$path" --version 2>/dev/null </dev/null) in
      *ucspi-local*) note "$program: not found (it is ours)."; continue;;
    esac
    s6=$path
  fi
  label $peer $program
  version=$(version $package)
  test -z "$version" || note "$program: $package $version."
  wanted="$wanted $peer"
done

servers=
for server in $wanted; do
  if start_well "$server" tiny; then
    servers="$servers $server"
  elif case $server in clone*) ;; *) false;; esac; then
    note "limit, $server: not on this system."
  else
    out "$server"
  fi
done
stop_all
reference=vfork
# Compare with the higher one of the two limits.
case " $servers " in *" clone "*) reference=clone;; esac

# ---- Measure rates, processor time and memory.

round=1
while test $round -le "$rounds"; do
  $smoke || say "round $round of $rounds"
  started=
  for server in $servers; do
    start_well $server tiny || out $server
    started="$started $server=$pid"
  done
  for at_once in 1 8 64; do
    for entry in $started; do
      server=${entry%=*}
      if line=$("$load" -t "$ms" -p "${entry#*=}" "s.$server" 1000000 \
                  $at_once); then
        echo "rate $server $at_once $round $line" >>raw
      else
        out $server
      fi
    done
  done
  # Do not count pages of files: whether they are shared depends on which other
  # servers have the same file.
  for entry in $started; do
    awk -v server="${entry%=*}" '/^(Anonymous|Swap):/ { sum += $2; known = 1 }
      END { if (known) print "memory", server, sum }' \
      "/proc/${entry#*=}/smaps_rollup" >>raw 2>/dev/null || :
  done
  stop_all
  round=$((round + 1))
done

# ---- Hold many connections.

$smoke || say "held connections"
round=1
while test $round -le "$held_rounds"; do
  for server in ours $reference s6 unixserver; do
    case " $servers " in *" $server "*) ;; *) continue;; esac
    start_well $server tiny-wait -s || out $server
    for count in 0 $held; do
      if line=$("$load" -t "$ms" -p "$pid" -s -h $count "s.$server" 1000000 \
                  8); then
        echo "held $server $count $round $line" >>raw
      else
        out $server
      fi
    done
    stop_all
  done
  round=$((round + 1))
done

# ---- Count system calls.

# Count the system calls of the server $1 for each connection.
count_calls ()
{
  strace -qqq -o calls -p "$pid" 2>errors.strace &
  tracer=$!
  pids="$pids $tracer"
  i=0
  # The kernel shows when the tracer has attached.
  until grep "^TracerPid:[^0-9]*$tracer\$" "/proc/$pid/status" >/dev/null; do
    i=$((i + 1))
    if test $i = 50 || ! kill -0 $tracer 2>/dev/null; then
      return 1
    fi
    sleep 0.1
  done
  "$load" "s.$1" $calls 1 >/dev/null || return 1
  kill $tracer
  wait $tracer 2>/dev/null || :
  echo "calls $1 $(grep -c '^[a-z_0-9]*(' calls) $calls" >>raw
}

if command -v strace >/dev/null; then
  $smoke || say "system calls"
  for server in $servers; do
    start_well $server tiny || out $server
    if ! count_calls $server; then
      note "System calls: not counted, strace cannot trace."
      stop_all
      break
    fi
    stop_all
  done
else
  note "System calls: not counted, strace was not found."
fi

# ---- Measure the chain tool.

$smoke || say "chain tools"
label exec "exec alone"
label minimal "minimal, dynamic"
label listen "this package"
set -- exec ./tiny-stamp ';' minimal "$helpers/minimal" s ./tiny-stamp ';' \
  listen "$listen" s ./tiny-stamp
for kind in static musl; do
  if test -x "$helpers/minimal-$kind"; then
    label minimal-$kind "minimal, static $(echo $kind | sed s/static/libc/)"
    set -- "$@" ';' minimal-$kind "$helpers/minimal-$kind" s ./tiny-stamp
  else
    note "minimal, $kind: could not be built here."
  fi
done
for name in $(printf %s "$more_listeners" | sed 's/=.*//'); do
  label "$name" "this package, $name"
  set -- "$@" ';' "$name" "$(path_of "$name" "$more_listeners")" s ./tiny-stamp
done
if command -v s6-ipcserver-socketbinder >/dev/null; then
  label binder "s6-ipcserver-socketbinder"
  set -- "$@" ';' binder s6-ipcserver-socketbinder s ./tiny-stamp
else
  note "s6-ipcserver-socketbinder: not found."
fi
"$helpers/exectime" "$runs" s "$@" >chain \
  || { cat chain; say "a chain tool does not work"; exit 1; }
sed 's/^/chain /' chain >>raw

# ---- Write the results.

note "The limit that rates are compared with: $reference."
note "$rounds rounds of $ms ms at each number of clients; the service has" \
  "$(($(wc -c <tiny))) bytes."
! $smoke || note "SMOKE RUN: the figures mean nothing."

awk -v reference=$reference -f "$here/summary.awk" raw >results
awk -f "$here/table.awk" results >table
awk -f "$here/chart.awk" results >chart
cd "$invoked_in"
cp "$scratch/results" "$prefix.dat"
cp "$scratch/table" "$prefix.txt"
cp "$scratch/chart" "$prefix.svg"
cat "$prefix.txt"

if awk '$1 == "wrong" && $2 !~ /^(s6|unixserver|systemd|inetd|socat|binder)$/ {
          bad = 1
        }
        END { exit ! bad }' "$prefix.dat"; then
  say "not every reply was right"
  exit 1
fi
