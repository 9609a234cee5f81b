# folders.awk -- check that the folders of src/ include only what they may.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Usage: awk -f folders.awk DESIGN FILE...
#
# DESIGN has a table between two lines of dashes: a folder, and the folders
# whose headers its files may include.  A line without a folder continues the
# line above it.

FILENAME == ARGV[1] {
  if ($1 ~ /^---+$/ && $2 ~ /^---+$/)
    in_table = ! in_table
  else if (in_table) {
    # The columns begin at 5, 15 and 42.
    name = substr ($0, 5, 9)
    gsub (/ /, "", name)
    if (name != "")
      folder = name
    known[folder] = 1
    n = split (substr ($0, 15, 26), word, " ")
    for (i = 1; i <= n; i++)
      may[folder, word[i]] = 1
  }
  next
}

FNR == 1 {
  here = FILENAME
  sub (/^(.*\/)?src\//, "", here)
  here = here ~ /\// ? substr (here, 1, index (here, "/") - 1) : ""
  if (here != "" && ! (here in known)) {
    print FILENAME ": DESIGN does not say what this folder is for"
    bad = 1
  }
  files++
}

/^# *include "/ {
  split ($0, part, "\"")
  if (part[2] !~ /\// || here == "")
    next
  there = substr (part[2], 1, index (part[2], "/") - 1)
  seen++
  if (there != here && ! ((here, there) in may)) {
    print FILENAME ":" FNR ": files of " here " may not include " part[2]
    bad = 1
  }
}

END {
  if (! files || ! seen) {
    print "folders.awk: nothing was checked"
    bad = 1
  }
  exit bad
}
