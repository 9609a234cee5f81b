# chart.awk -- draw the results as bars, in SVG.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Reads the output of summary.awk.  There is no XML declaration, because the
# manual includes the chart in an HTML page.

function escaped(text)
{
  gsub(/&/, "\\&amp;", text)
  gsub(/</, "\\&lt;", text)
  gsub(/>/, "\\&gt;", text)
  # An indented label in the table continues the one above it.
  if (sub(/^ +/, "", text))
    return above ", " text
  above = text
  return text
}

function label_of(name)
{
  return escaped(name in label ? label[name] : name)
}

# X and Y are in picture units, from the top left corner.
function text(x, y, anchor, size, string)
{
  body = body sprintf("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\"" \
                      " font-size=\"%d\">%s</text>\n",
                      x, y, anchor, size, string)
}

function bar(y, height, length_, color, string)
{
  body = body sprintf("<rect x=\"%d\" y=\"%d\" width=\"%.1f\"" \
                      " height=\"%d\" fill=\"%s\"/>\n",
                      LEFT, y, length_, height, color)
  text(LEFT + length_ + 4, y + height / 2 + 4, "start", 11, string)
}

function heading(string)
{
  y += 30
  text(MARGIN, y, "start", 14, string)
  y += 12
}

# Return the length of the bar for VALUE.  The bar for MAX is the longest.
function scaled(value, max)
{
  return value * (WIDTH - LEFT - 60) / max
}

$1 == "label" {
  name = $2
  sub(/^label [^ ]* /, "")
  label[name] = $0
}
$1 == "server" {
  if (! ($2 in seen))
    servers[++server_count] = $2
  seen[$2] = 1
  rate[$2, $3] = $4
  to_s6[$2, $3] = $5
  cpu[$2, $3] = $7
}
$1 == "chain" { chains[++chain_count] = $2; chain[$2] = $4 }

END {
  WIDTH = 720
  LEFT = 225
  MARGIN = 10
  color[1] = "#9ecae1"
  color[8] = "#4292c6"
  color[64] = "#084594"
  split("1 8 64", clients, " ")
  y = 0

  # Without s6, show the rates themselves.
  for (i in to_s6)
    relative += to_s6[i] != "-"
  for (i in rate)
    {
      shown[i] = relative ? to_s6[i] : rate[i]
      if (max_rate < shown[i] + 0)
        max_rate = shown[i] + 0
    }
  heading(relative ? "Rate, relative to the packaged s6-ipcserver" \
          : "Rate, connections per second")
  x = MARGIN
  for (j = 1; j <= 3; j++)
    {
      body = body sprintf("<rect x=\"%d\" y=\"%d\" width=\"10\"" \
                          " height=\"10\" fill=\"%s\"/>\n",
                          x, y, color[clients[j]])
      text(x + 14, y + 9, "start", 11,
           clients[j] (clients[j] == 1 ? " client" : " clients at a time"))
      x += clients[j] == 1 ? 70 : 140
    }
  y += 20
  top = y
  for (i = 1; i <= server_count; i++)
    {
      text(LEFT - 6, y + 22, "end", 12, label_of(servers[i]))
      for (j = 1; j <= 3; j++)
        {
          value = shown[servers[i], clients[j]]
          bar(y, 11, scaled(value, max_rate), color[clients[j]], value)
          y += 11
        }
      y += 7
    }
  if (relative)
    body = body sprintf("<path d=\"M%.1f %dV%d\" stroke=\"#555\"" \
                        " stroke-dasharray=\"3 3\"/>\n",
                        LEFT + scaled(1, max_rate), top, y - 7)

  heading("Processor time of the server for a connection," \
          " 8 clients, microseconds")
  for (i = 1; i <= server_count; i++)
    if (max_cpu < cpu[servers[i], 8] + 0)
      max_cpu = cpu[servers[i], 8] + 0
  for (i = 1; i <= server_count && max_cpu; i++)
    {
      text(LEFT - 6, y + 11, "end", 12, label_of(servers[i]))
      bar(y, 14, scaled(cpu[servers[i], 8], max_cpu), color[8],
          cpu[servers[i], 8])
      y += 18
    }

  heading("Chain tools: from exec to the next program, microseconds")
  for (i = 1; i <= chain_count; i++)
    if (max_chain < chain[chains[i]] + 0)
      max_chain = chain[chains[i]] + 0
  for (i = 1; i <= chain_count && max_chain; i++)
    {
      text(LEFT - 6, y + 11, "end", 12, label_of(chains[i]))
      bar(y, 14, scaled(chain[chains[i]], max_chain), color[8],
          chain[chains[i]])
      y += 18
    }
  y += MARGIN

  printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\"" \
    " height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\"" \
    " font-family=\"sans-serif\">\n", WIDTH, y, WIDTH, y
  print "<title>Rates, processor time and chain tools compared</title>"
  printf "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>\n", WIDTH, y
  printf "%s</svg>\n", body
}
