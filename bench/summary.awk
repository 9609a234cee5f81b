# summary.awk -- compute medians from the individual measurements.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Reads the output of compare.sh; "reference" is the limit to compare with.
# Writes lines that table.awk and chart.awk read:
#
#   note TEXT
#   label NAME TEXT
#   server NAME AT-ONCE RATE TO-S6 TO-LIMIT CPU P50 P90 P99
#   memory NAME KB
#   calls NAME COUNT
#   held NAME COUNT RATE CPU
#   chain NAME P10 P50 P90 TO-MINIMAL
#   figure VALUE TEXT
#   wrong NAME COUNT
#
# An unknown value is "-".  A ratio is the median of the ratios of all rounds,
# because in one round both tools run under the same conditions.

# Add VALUE to the list for KEY.
function add(key, value)
{
  list[key, ++length_of[key]] = value
}

# Return the median of the list for KEY.
function median(key,    n, i, j, t, a)
{
  n = length_of[key]
  if (n == 0)
    return "-"
  for (i = 1; i <= n; i++)
    {
      t = list[key, i]
      for (j = i; 1 < j && t < a[j - 1]; j--)
        a[j] = a[j - 1]
      a[j] = t
    }
  return n % 2 ? a[(n + 1) / 2] : (a[n / 2] + a[n / 2 + 1]) / 2
}

# Return the median, over all rounds, of NUMERATOR divided by DENOMINATOR.
function ratio(numerator, denominator,    round, key)
{
  key = numerator " : " denominator
  for (round = 1; round <= rounds && ! (key in length_of); round++)
    continue
  for (round = 1; round <= rounds; round++)
    if ((numerator, round) in single && (denominator, round) in single \
        && 0 < single[denominator, round])
      add(key, single[numerator, round] / single[denominator, round])
  value = median(key)
  length_of[key] = 0
  return value
}

function rounded(value, digits)
{
  return value == "-" ? value : sprintf("%." digits "f", value)
}

function figure(value, text)
{
  if (value != "-")
    printf "figure %.2f %s\n", value, text
}

function clients_text(n)
{
  return n " client" (n == 1 ? "" : "s")
}

# Return the smallest private memory of a server of another package, or
# nothing.
function least_memory(    i, least)
{
  for (i = 1; i <= memory_count; i++)
    if (memories[i] ~ /^(s6|unixserver|systemd|inetd|socat)$/ \
        && (least == "" || median("memory " memories[i]) < least))
      least = median("memory " memories[i])
  return least
}

# Store each value of this line under its name, from field FIRST on.
function parse(first,    i)
{
  split("", field)
  for (i = first; i < NF; i += 2)
    field[$i] = $(i + 1)
}

function remember(key, round,    name)
{
  if (rounds < round)
    rounds = round
  for (name in field)
    {
      add(key " " name, field[name] + 0)
      single[key " " name, round] = field[name] + 0
    }
}

$1 == "note" || $1 == "label" { print }

$1 == "rate" || $1 == "held" {
  parse(5)
  key = $1 " " $2 " " $3
  if (! (key in seen))
    order[++keys] = key
  seen[key] = 1
  remember(key, $4)
  if (field["failed"])
    wrong[$2] += field["failed"]
  if ($1 == "held" && held < $3 + 0)
    held = $3
}

$1 == "memory" {
  add("memory " $2, $3)
  if (! ($1 $2 in seen))
    memories[++memory_count] = $2
  seen[$1 $2] = 1
}

$1 == "calls" { printf "calls %s %.1f\n", $2, $3 / $4 }

$1 == "chain" {
  parse(3)
  chains[++chain_count] = $2
  p10[$2] = field["p10"]
  p50[$2] = field["p50"]
  p90[$2] = field["p90"]
  if (field["failed"])
    wrong[$2] += field["failed"]
}

END {
  for (i = 1; i <= keys; i++)
    {
      split(order[i], part, " ")
      rate = order[i] " rate"
      if (part[1] == "rate")
        print "server", part[2], part[3], rounded(median(rate), 0),
          rounded(ratio(rate, "rate s6 " part[3] " rate"), 2),
          rounded(ratio(rate, "rate " reference " " part[3] " rate"), 2),
          rounded(median(order[i] " server-cpu"), 1),
          rounded(median(order[i] " p50"), 0),
          rounded(median(order[i] " p90"), 0),
          rounded(median(order[i] " p99"), 0)
      else
        print "held", part[2], part[3], rounded(median(rate), 0),
          rounded(median(order[i] " server-cpu"), 1)
    }
  for (i = 1; i <= memory_count; i++)
    print "memory", memories[i], median("memory " memories[i])
  for (i = 1; i <= chain_count; i++)
    print "chain", chains[i], p10[chains[i]], p50[chains[i]], p90[chains[i]],
      rounded(p50[chains[i]] / p50["minimal"], 2)
  for (name in wrong)
    print "wrong", name, wrong[name]

  split("1 8 64", clients, " ")
  n = split("s6 clone clone-poll vfork vfork-poll", others, " ")
  text["s6"] = "the packaged s6-ipcserver"
  text["clone"] = "the limit with clone"
  text["clone-poll"] = "the limit with clone and signalfd"
  text["vfork"] = "the limit with vfork"
  text["vfork-poll"] = "the limit with vfork and signalfd"
  for (j = 1; j <= n; j++)
    for (i = 1; i <= 3; i++)
      figure(ratio("rate ours " clients[i] " rate",
                   "rate " others[j] " " clients[i] " rate"),
             "rate, to that of " text[others[j]] ", " clients_text(clients[i]))
  for (i = 1; i <= 3; i++)
    figure(ratio("rate ours " clients[i] " server-cpu",
                 "rate s6 " clients[i] " server-cpu"),
           "server CPU, to that of " text["s6"] ", " clients_text(clients[i]))
  figure(ratio("held ours " held " server-cpu", "held ours 0 server-cpu"),
         "server CPU with " held " clients held, to that with none")
  figure(ratio("rate ours-env 8 server-cpu", "rate ours 8 server-cpu"),
         "server CPU with 1000 more variables, to that without")
  figure(ratio("rate ours 8 rate", "rate ours-v-file 8 rate"),
         "rate, to that with -v to a file")
  figure(ratio("rate ours 8 rate", "rate ours-v-pipe 8 rate"),
         "rate, to that with -v to a pipe")
  if (least_memory() && "memory ours" in length_of)
    figure(median("memory ours") / least_memory(),
           "private memory, to that of the other server with the least")
  if (p50["listen"] && p50["minimal"])
    figure(p50["listen"] / p50["minimal"],
           "chain tool's time, to that of the minimal dynamic program")
  if (p50["listen"] && p50["binder"])
    figure(p50["listen"] / p50["binder"],
           "chain tool's time, to that of s6-ipcserver-socketbinder")
  for (i = 1; i <= chain_count; i++)
    if (! match(chains[i], /^(exec|listen|binder|minimal.*)$/))
      {
        kind = "minimal-" (chains[i] ~ /musl/ ? "musl" : "static")
        if (p50[kind])
          figure(p50[chains[i]] / p50[kind],
                 "time of chain tool " chains[i] ", to that of " kind)
      }
}
