#!/bin/sh
# fuzz.sh -- try what libFuzzer thinks of on one parser, and report.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# fuzz.sh run NAME SECONDS PROGRAM SEED...
#   lets PROGRAM, built with libFuzzer, use SECONDS of the processor's time,
#   beginning with the files SEED and what earlier runs have left.  All is
#   below fuzz.d/NAME: corpus, findings, log, and a line in summary.
# fuzz.sh report NAME...
#   prints these lines, also to the file fuzz.txt, and fails if there is a
#   finding or a line is missing.

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

  # In a subshell, since times tells of all children.  libFuzzer looks at the
  # clock on the wall: where others need the processor, too, or the process is
  # stopped for a while, an input that seems slow is no finding.
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
    # Whatever has ended it.
    test "$findings" != 0 || findings=1
  fi
  # The second line of times is about children: user and system time, as in
  # 10m0.25s.
  cpu=$(sed -n '2s/[ms]/ /gp' "$dir/times" \
        | awk '{ printf "%.0f", 60 * ($1 + $3) + $2 + $4 }')
  inputs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$dir/log")
  kept=$(ls "$dir/corpus" | grep -c .)
  printf '%-28s %8s %12s %8s %9s\n' \
    "$name" "$cpu" "${inputs:-?}" "$kept" "$findings" >"$dir/summary"
  # That there are findings is for the report to say, after all have had their
  # time.
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
