# globals.awk -- check that no test sets a global variable of the library.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Usage: awk -f globals.awk LIB-FILE... TEST-FILE...
#
# runtest reads all tests of a tool in one interpreter, so a variable that a
# test sets outside a procedure stays for the tests after it.  If a file of
# lib/ keeps something in a global variable of that name, it then finds the
# value of the test.  The order of the tests is not always the same, so the
# fault may show only elsewhere.

FILENAME ~ /(^|\/)lib\/[^\/]*$/ {
  if ($1 == "global" || continues)
    for (i = $1 == "global" ? 2 : 1; i <= NF; i++)
      if ($i ~ /^[A-Za-z_][A-Za-z_0-9]*$/)
        ours[$i] = 1
  continues = ($1 == "global" || continues) && $NF == "\\"
  next
}

FNR == 1 { in_proc = 0 }
/^proc / { in_proc = 1 }
/^}/ { in_proc = 0 }
in_proc || /^[ \t]*#/ { next }
{
  line = $0
  while (match (line, /(^|[\[{; \t])(set|foreach) +[^]]*/)) {
    rest = substr (line, RSTART, RLENGTH)
    n = split (rest, word, /[][{}; \t]+/)
    # set NAME, foreach NAME or foreach {NAME...}: look at the words up to the
    # second blank that is not within braces.
    for (i = 1; i <= n; i++)
      if (word[i] == "set" || word[i] == "foreach")
        if (word[i + 1] in ours) {
          print FILENAME ":" FNR ": " word[i + 1]
          bad = 1
        }
    if (rest ~ /foreach +{/) {
      names = rest
      sub (/.*foreach +{/, "", names)
      sub (/}.*/, "", names)
      m = split (names, name, " ")
      for (i = 2; i <= m; i++)
        if (name[i] in ours) {
          print FILENAME ":" FNR ": " name[i]
          bad = 1
        }
    }
    line = substr (line, RSTART + RLENGTH)
  }
}

END { exit bad }
