# table.awk -- print the results as text, in at most 79 columns.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Reads the output of summary.awk.

# Add NAME to the list KIND, unless it is there.
function list(kind, name)
{
  if ((kind, name) in known)
    return
  known[kind, name] = 1
  names[kind, ++count[kind]] = name
}

function heading(text)
{
  printf "\n%s\n\n", text
}

function label_of(name)
{
  return substr(name in label ? label[name] : name, 1, 25)
}

function known_or_dash(value)
{
  return value == "" ? "-" : value
}

$1 == "note" { sub(/^note /, ""); notes[++note_count] = $0 }
$1 == "label" {
  name = $2
  sub(/^label [^ ]* /, "")
  label[name] = $0
}
$1 == "server" {
  list($1, $2)
  rate[$2, $3] = $4
  to_s6[$2, $3] = $5
  to_limit[$2, $3] = $6
  cpu[$2, $3] = $7
  p50[$2, $3] = $8
  p99[$2, $3] = $10
}
$1 == "memory" { memory[$2] = $3 }
$1 == "calls" { calls[$2] = $3 }
$1 == "held" {
  list($1, $2)
  held_cpu[$2, $3 != 0] = $5
  held_rate[$2, $3 != 0] = $4
  if ($3 != 0)
    held = $3
}
$1 == "chain" { list($1, $2); chain[$2] = $0 }
$1 == "figure" {
  figure[++figures] = sprintf("%6s  ", $2)
  sub(/^figure [^ ]* /, "")
  figure[figures] = figure[figures] $0
}
$1 == "wrong" { list($1, $2); wrong[$2] = $3 }

END {
  heading("Rates by number of clients at a time (connections per second)")
  printf "%-25s%20s%17s%17s\n", "", "rate", "to packaged s6", "to the limit"
  printf "%-25s", "server"
  printf "%8s%6s%6s", 1, 8, 64
  for (j = 0; j < 2; j++)
    printf "%7s%5s%5s", 1, 8, 64
  printf "\n"
  for (i = 1; i <= count["server"]; i++)
    {
      n = names["server", i]
      printf "%-25s%8s%6s%6s%7s%5s%5s%7s%5s%5s\n", label_of(n),
        rate[n, 1], rate[n, 8], rate[n, 64],
        to_s6[n, 1], to_s6[n, 8], to_s6[n, 64],
        to_limit[n, 1], to_limit[n, 8], to_limit[n, 64]
    }

  heading("What a connection costs the server itself, and how long it takes")
  printf "%-25s%20s%9s%8s%17s\n", "", "CPU, us", "private", "system",
    "latency, us, 8"
  printf "%-25s%8s%6s%6s%9s%8s%9s%8s\n", "server", 1, 8, 64, "kB", "calls",
    "p50", "p99"
  for (i = 1; i <= count["server"]; i++)
    {
      n = names["server", i]
      printf "%-25s%8s%6s%6s%9s%8s%9s%8s\n", label_of(n),
        cpu[n, 1], cpu[n, 8], cpu[n, 64], known_or_dash(memory[n]),
        known_or_dash(calls[n]), p50[n, 8], p99[n, 8]
    }

  heading("With " held " more clients that stay, 8 clients at a time")
  printf "%-25s%14s%17s\n", "", "rate", "CPU, us"
  printf "%-25s%8s%6s%11s%6s\n", "server", "none", held, "none", held
  for (i = 1; i <= count["held"]; i++)
    {
      n = names["held", i]
      printf "%-25s%8s%6s%11s%6s\n", label_of(n), held_rate[n, 0],
        held_rate[n, 1], held_cpu[n, 0], held_cpu[n, 1]
    }

  heading("Chain tools: from exec to the next program (us)")
  printf "%-33s%6s%6s%6s%12s\n", "tool", "p10", "p50", "p90", "to minimal"
  for (i = 1; i <= count["chain"]; i++)
    {
      split(chain[names["chain", i]], field, " ")
      printf "%-33s%6s%6s%6s%12s\n", label[field[2]], field[3], field[4],
        field[5], field[6]
    }

  heading("This package")
  for (i = 1; i <= figures; i++)
    print figure[i]
  printf "\n"
  for (i = 1; i <= count["wrong"]; i++)
    {
      n = names["wrong", i]
      print "Wrong or no reply, " label_of(n) ": " wrong[n]
    }
  for (i = 1; i <= note_count; i++)
    print notes[i]
}
