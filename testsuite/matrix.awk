# matrix.awk -- format the results of matrix.sh as a table for the manual.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Usage: awk -f matrix.awk matrix.rows RESULTS

BEGIN {
  FS = "|"
  print "@c Made by \"make matrix-doc\" from doc/matrix.txt; do not edit."
}

# Read the order of the rows, and what is special about each.
FNR == NR {
  if ($0 !~ /^#/ && NF == 8)
    {
      name = $1
      sub (/[* ]+$/, "", name)
      names[++rows] = name
      gsub (/^ +| +$/, "", $3)
      special[name] = $3
    }
  next
}

# From "12 needs root; 3 no strace here" make "12 for 1, 3 for 2", where 1 and
# 2 are numbers in the list of reasons.
function numbered(text,  n, i, parts, count, reason, result)
{
  n = split (text, parts, "; *")
  for (i = 1; i <= n; i++)
    {
      count = reason = parts[i]
      sub (/ .*/, "", count)
      sub (/^[0-9]+ /, "", reason)
      parts[i] = reason
      if (! (reason in number))
        {
          number[reason] = ++reasons
          gsub (/[@{}]/, "@&", reason)
          texts[reasons] = reason
        }
      result = result (i > 1 ? ", " : "") count " for " number[parts[i]]
    }
  return result
}

{
  if (first == "" || $2 < first)
    first = $2
  if (last < $2)
    last = $2
  counts = $9 " passed, " $10 " failed"
  if ($11 > 0)
    counts = counts ", " $11 " not run" \
      ($12 == "" ? "" : " (" numbered($12) ")")
  if ($8 == "tested")
    result = counts
  else if ($8 == "emulated")
    result = "emulated: " counts
  else if ($8 ~ /^failed/)
    result = "@strong{failed}" substr ($8, 7) \
      ($9 + $10 > 0 ? "; " counts : "")
  else
    result = $8
  if ($8 ~ /^missing/)
    not_run[$1] = 1
  else
    line[$1] = $3 ", " $5 " @tab " $4 " @tab " $6 " @tab " $7 " @tab " result
}

END {
  if (first != "")
    print "Run "(first == last ? "on " first : "from " first " to " last) \
      " by @samp{make matrix}."
  print ""
  print "@multitable @columnfractions .231 .13 .127 .122 .155 .235"
  print "@headitem Row @tab System @tab Processor @tab Compiler" \
    " @tab Methods @tab Tests"
  for (i = 1; i <= rows; i++)
    if (names[i] in line)
      print "@item @code{" names[i] "}" \
        (special[names[i]] == "@w{}" ? "" : ": " special[names[i]]) \
        " @tab " line[names[i]]
    else
      missing = missing (missing == "" ? "" : ",\n") "@code{" names[i] "}" \
        (special[names[i]] == "@w{}" ? "" : " (" special[names[i]] ")")
  print "@end multitable"
  if (reasons)
    {
      print "\n@noindent\nTests that were not run, and why:\n\n@enumerate"
      for (i = 1; i <= reasons; i++)
        print "@item\n" texts[i]
      print "@end enumerate"
    }
  if (missing != "")
    print "\n@noindent\nThese rows of @file{testsuite/matrix.rows} were not" \
      " run:\n" missing "."
}
