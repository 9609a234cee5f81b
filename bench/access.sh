#!/bin/sh
# access.sh -- measure how long one check of s6-ipcserver-access takes.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Usage: access.sh S6-IPCSERVER-ACCESS HELPER-DIRECTORY [COUNT [OTHER]]
#
# Measure the time of the tool, from just before exec to the beginning of the
# next program, and that of OTHER, the program of s6 (default: the one in PATH,
# unless it is ours).  Run each COUNT times (default 500), in turn, with four
# directories of rules.  Print the medians in microseconds and the ratio.
# Without OTHER, measure only ours.

set -eu
LC_ALL=C
export LC_ALL

if test $# -lt 2 || test $# -gt 4; then
  sed -n '/^# Usage/,/^$/s/^#\( \|$\)//p' "$0" >&2
  exit 100
fi
ours=$1
helpers=$2
count=${3-500}
other=${4-$(command -v s6-ipcserver-access || :)}
if test $# -lt 4 && test -n "$other"; then
  case $("$other" --version 2>/dev/null </dev/null || :) in
    *ucspi-local*) other=;;
  esac
fi

dir=$(mktemp -d "${TMPDIR-/tmp}/ucspi-local-bench.XXXXXX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cp "$helpers/tiny-stamp" "$dir/tiny-stamp"
cd "$dir"

mkdir -p first/uid/5 default/uid/default env/uid/5/env exec/uid/5
touch first/uid/5/allow default/uid/default/allow env/uid/5/allow \
  exec/uid/5/allow
for name in A B C D E; do
  echo value >env/uid/5/env/$name
done
echo "$dir/tiny-stamp" >exec/uid/5/exec

PROTO=IPC
IPCREMOTEEUID=5
IPCREMOTEEGID=6
export PROTO IPCREMOTEEUID IPCREMOTEEGID

echo "rules                    ours    other  ours/other   (microseconds)"
for rules in first default env exec; do
  if test -n "$other"; then
    "$helpers/exectime" "$count" none \
      ours "$ours" -v 0 -l there -i $rules ./tiny-stamp ';' \
      other "$other" -v 0 -l there -i $rules ./tiny-stamp
  else
    "$helpers/exectime" "$count" none \
      ours "$ours" -v 0 -l there -i $rules ./tiny-stamp
  fi >times || { cat times >&2; exit 1; }
  case $rules in
    first) what="the first decides";;
    default) what="the last decides";;
    env) what="five variables";;
    exec) what="another program";;
  esac
  awk -v what="$what" '
    { median[$1] = $5 }
    END {
      if ("other" in median)
        printf "%-20s %8d %8d  %10.2f\n", what, median["ours"],
          median["other"], median["ours"] / median["other"]
      else
        printf "%-20s %8d        -           -\n", what, median["ours"]
    }' times
done
