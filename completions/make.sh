#!/bin/sh
# make.sh -- make what shells complete from the --help of the tools.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Usage: make.sh TEMPLATES TOOLS TOOL...
#
# TEMPLATES is the directory of this file, and TOOLS/TOOL a program of the
# package.  Write TOOL.fish and TOOL.zsh for each TOOL, and ucspi-local.bash
# for all of them, into the current directory.  AWK in the environment is
# heeded.
#
# The exit status is 2, and nothing is written, if a TOOL cannot be run here,
# as when it has been compiled for another machine.

LC_ALL=C
export LC_ALL
awk=${AWK-awk}
templates=$1
programs=$2
shift 2

# Print what the template $1 becomes for the tool $2.
fill ()
{
  "$awk" -v tool="$2" -v template="$templates/$1.in" \
    -f "$templates/from-help.awk" - "$templates/$1.in" <"$2.help"
}

trap 'rm -f ./*.help ./*.tmp' EXIT
trap 'exit 1' HUP INT TERM
for tool; do
  "$programs/$tool" --help >"$tool.help" && test -s "$tool.help" || exit 2
done
cat "$templates/bash.in" >bash.tmp || exit 1
for tool; do
  for shell in fish zsh; do
    fill $shell "$tool" >$shell.tmp && mv -f $shell.tmp "$tool.$shell" \
      || exit 1
  done
  fill bash-tool "$tool" >>bash.tmp || exit 1
done
mv -f bash.tmp ucspi-local.bash
