# checks.sh -- report checks and count them; read by other scripts.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# The script that reads this sets "checked", the first word of each promise,
# and defines show_details, which prints what can explain a failure.

passed=0
failed=0

# Run the command "$2"... and report whether it succeeds as the promise $1.
check ()
{
  promise=$1
  shift
  if "$@"; then
    echo "PASS: ${checked?}: $promise"
    passed=$((passed + 1))
  else
    echo "FAIL: $checked: $promise"
    show_details
    failed=$((failed + 1))
  fi
}

# Print the counts and exit.
finish_checks ()
{
  echo "$passed passed, $failed failed"
  test $failed = 0
  exit
}
