# from-text.awk -- make a picture in SVG of a drawing in text.
#
# Copyright (C) 2026 The ucspi-local authors
#
# Copying and distribution of this file, with or without modification,
# are permitted in any medium without royalty provided the copyright
# notice and this notice are preserved.  This file is offered as-is,
# without any warranty.

# Usage: awk -f from-text.awk NAME.txt >NAME.svg
#
# Boxes are drawn with +, - and |, arrows with >, < and v at the end of a line.
# All else is text, and stays text in the picture.  Its colour is that of the
# text around, so that it can be read on dark pages, too; by itself the
# picture is black.

function cell(row, column)
{
  return substr (line[row], column, 1)
}

# Whether there is a part of a horizontal line at ROW, COLUMN.
function horizontal(row, column,   c, before, after)
{
  c = cell(row, column)
  before = cell(row, column - 1)
  after = cell(row, column + 1)
  if (c == "-")
    return before ~ /[-+|]/ && after ~ /[-+>]/
  return c ~ /[+>]/ && before == "-" && cell(row, column - 2) ~ /[-+|]/ \
    || c == "+" && after == "-" && cell(row, column + 2) ~ /[-+>]/
}

function vertical(row, column,   c)
{
  c = cell(row, column)
  if (c == "|")
    return 1
  return c == "+" && (cell(row, column + 1) == "-" \
                      || cell(row, column - 1) == "-") \
    || c == "v" && cell(row - 1, column) == "|"
}

function escaped(s)
{
  gsub (/&/, "\\&amp;", s)
  gsub (/</, "\\&lt;", s)
  gsub (/>/, "\\&gt;", s)
  return s
}

function x(column)
{
  return (column - 0.5) * WIDTH + MARGIN
}

function y(row)
{
  return (row - 0.5) * HEIGHT + MARGIN
}

# Print the text of ROW from column FROM through TO.
function say(row, from, to)
{
  printf "<text x=\"%g\" y=\"%g\">%s</text>\n", \
    (from - 1) * WIDTH + MARGIN, y(row) + 4.5, \
    escaped(substr (line[row], from, to - from + 1))
}

FNR == 1 {
  title = FILENAME
  sub (/.*\//, "", title)
  sub (/\..*/, "", title)
  gsub (/-/, " ", title)
}

{
  line[NR] = $0
  if (length ($0) > columns)
    columns = length ($0)
}

END {
  WIDTH = 8
  HEIGHT = 18
  MARGIN = 10
  width = columns * WIDTH + 2 * MARGIN
  height = NR * HEIGHT + 2 * MARGIN
  printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\"", width
  printf " height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\"", height, width, \
    height
  print " font-family=\"monospace\" font-size=\"13\" fill=\"currentColor\"" \
    " stroke=\"none\">"
  print "<title>" title "</title>"
  printf "<g stroke=\"currentColor\" stroke-width=\"1.2\""
  print " stroke-linecap=\"square\" fill=\"none\">"
  for (row = 1; row <= NR; row++)
    for (column = 1; column <= columns; column++)
      if (horizontal(row, column))
        {
          end = column
          while (horizontal(row, end + 1))
            end++
          printf "<path d=\"M%g %gH%g\"/>\n", \
            x(column) - (cell(row, column) == "-" ? WIDTH : 0), y(row), x(end)
          column = end
        }
  for (column = 1; column <= columns; column++)
    for (row = 1; row <= NR; row++)
      if (vertical(row, column))
        {
          end = row
          while (vertical(end + 1, column))
            end++
          # An arrow begins at the side of a box.
          top = y(row) - (cell(row, column) == "|" ? HEIGHT : 0)
          printf "<path d=\"M%g %gV%g\"/>\n", x(column), top, \
            y(end) + (cell(end, column) == "v" ? HEIGHT / 2 : 0)
          row = end
        }
  print "</g>"
  for (row = 1; row <= NR; row++)
    {
      from = 0
      for (column = 1; column <= columns + 1; column++)
        {
          c = cell(row, column)
          if (c == ">" && horizontal(row, column))
            printf "<path d=\"M%g %gl-8 -4v8z\"/>\n", x(column) + WIDTH / 2, \
              y(row)
          if (c == "v" && vertical(row, column))
            printf "<path d=\"M%g %gl-4 -8h8z\"/>\n", x(column), \
              y(row) + HEIGHT
          # Text ends at a line or at two blanks.
          if (c == "" || horizontal(row, column) || vertical(row, column) \
              || c == " " && cell(row, column + 1) ~ /^ ?$/)
            {
              if (from)
                say(row, from, column - 1)
              from = 0
            }
          else if (! from && c != " ")
            from = column
        }
    }
  print "</svg>"
}
