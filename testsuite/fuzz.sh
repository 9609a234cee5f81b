#!/bin/sh
# fuzz.sh -- run libFuzzer on one parser, and report the results.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# fuzz.sh run NAME SECONDS PROGRAM SEED...
#   Run PROGRAM, which was built with libFuzzer, for SECONDS of processor time.
#   It begins with the files SEED and with what earlier runs have kept.  The
#   results are in fuzz.d/NAME: the corpus, the findings, the log, and a line
#   in the file summary.
# fuzz.sh report NAME...
#   Print these lines, also to the file fuzz.txt.  Fail if there is a finding
#   or if a line is missing.

set -u
LC_ALL=C
export LC_ALL

run ()
{
  name=$1
  seconds=$2
  program=$3
  shift 3
  dir=fuzz.d/$name

  mkdir -p "$dir/corpus" "$dir/findings" || exit 1
  rm -rf "$dir/seeds" "$dir/summary"
  mkdir "$dir/seeds" && cp "$@" "$dir/seeds" || exit 1

  # Use a subshell, because `times' reports on all children of a shell.
  # libFuzzer measures real time: an input may seem slow because the processor
  # is busy or the process was stopped, so set a generous timeout.
  (
    FUZZ_CPU_SECONDS=$seconds
    export FUZZ_CPU_SECONDS
    "$program" -max_len=6000 -timeout=300 -report_slow_units=300 \
      -print_final_stats=1 -artifact_prefix="$dir/findings/" \
      "$dir/corpus" "$dir/seeds" \
      >"$dir/log" 2>&1
    echo "$?" >"$dir/status"
    times >"$dir/times"
  )
  status=$(cat "$dir/status")
  findings=$(ls "$dir/findings" | grep -c .)
  if test "$status" != 0; then
    tail -n 40 "$dir/log"
    # The program has crashed or was killed without leaving a file.
    test "$findings" != 0 || findings=1
  fi
  # The second line of `times' has the user and system time of the children,
  # such as 10m0.25s.
  cpu=$(sed -n '2s/[ms]/ /gp' "$dir/times" \
        | awk '{ printf "%.0f", 60 * ($1 + $3) + $2 + $4 }')
  inputs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$dir/log")
  kept=$(ls "$dir/corpus" | grep -c .)
  printf '%-28s %8s %12s %8s %9s\n' \
    "$name" "$cpu" "${inputs:-?}" "$kept" "$findings" >"$dir/summary"
  # Do not fail here: "report" does, when all parsers have been tried.
}

report ()
{
  printf '%-28s %8s %12s %8s %9s\n' parser 'CPU s' inputs corpus findings
  for name; do
    if test -f "fuzz.d/$name/summary"; then
      cat "fuzz.d/$name/summary"
    else
      printf '%-28s was not tried\n' "$name"
    fi
  done
}

mode=$1
shift
case $mode in
  run) run "$@";;
  report)
    report "$@" >fuzz.tmp && mv fuzz.tmp fuzz.txt && cat fuzz.txt || exit 1
    if sed 1d fuzz.txt | grep -v ' 0$' >/dev/null; then
      echo "there are findings; see fuzz.d" >&2
      exit 1
    fi;;
esac
