# from-text.awk -- make a picture of a drawing in text.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: FSFAP

# Usage: awk -f from-text.awk NAME.txt >NAME.svg
#        awk -v format=pdf -f from-text.awk NAME.txt >NAME.pdf
#
# Boxes are drawn with +, - and |, arrows with > and v at the end of a line.
# All else is text, and stays text in the picture.  In SVG its color is that
# of the text around, so that it can be read on dark pages, too; by itself the
# picture is black.  The PDF is one page of plain ASCII, for TeX to include.

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

function x_of(column)
{
  return (column - 0.5) * WIDTH + MARGIN
}

function y_of(row)
{
  return (row - 0.5) * HEIGHT + MARGIN
}

# What the picture consists of.  In PDF, what is drawn is collected in DRAWN,
# with the same coordinates.

function line_across(from, to, y)
{
  if (format == "pdf")
    drawn = drawn sprintf ("%g %g m %g %g l S\n", from, y, to, y)
  else
    printf "<path d=\"M%g %gH%g\"/>\n", from, y, to
}

function line_down(x, from, to)
{
  if (format == "pdf")
    drawn = drawn sprintf ("%g %g m %g %g l S\n", x, from, x, to)
  else
    printf "<path d=\"M%g %gV%g\"/>\n", x, from, to
}

# The tip of an arrow at X, Y, to the right, or downwards.
function tip_right(x, y)
{
  if (format == "pdf")
    drawn = drawn sprintf ("%g %g m %g %g l %g %g l f\n", x, y, \
                           x - 8, y - 4, x - 8, y + 4)
  else
    printf "<path d=\"M%g %gl-8 -4v8z\"/>\n", x, y
}

function tip_down(x, y)
{
  if (format == "pdf")
    drawn = drawn sprintf ("%g %g m %g %g l %g %g l f\n", x, y, \
                           x - 4, y - 8, x + 4, y - 8)
  else
    printf "<path d=\"M%g %gl-4 -8h8z\"/>\n", x, y
}

# The text of ROW from column FROM through TO.
function say(row, from, to,   s, left, base)
{
  s = substr (line[row], from, to - from + 1)
  left = (from - 1) * WIDTH + MARGIN
  base = y_of(row) + 4.5
  if (format == "pdf")
    {
      gsub (/[\\()]/, "\\\\&", s)
      drawn = drawn sprintf ("BT 1 0 0 -1 %g %g Tm (%s) Tj ET\n", left, \
                             base, s)
    }
  else
    printf "<text x=\"%g\" y=\"%g\">%s</text>\n", left, base, escaped(s)
}

function begin_svg(width, height)
{
  printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\"", width
  printf " height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\"", height, width, \
    height
  print " font-family=\"monospace\" font-size=\"13\" fill=\"currentColor\"" \
    " stroke=\"none\">"
  print "<title>" title "</title>"
  printf "<g stroke=\"currentColor\" stroke-width=\"1.2\""
  print " stroke-linecap=\"square\" fill=\"none\">"
}

# Write S, the next object of the PDF, and note where it begins.
function put_object(s)
{
  s = ++objects " 0 obj\n" s "\nendobj\n"
  offset[objects] = written
  printf "%s", s
  written += length (s)
}

# Write the PDF of what has been drawn.
function print_pdf(width, height,   header, content, i)
{
  header = "%PDF-1.4\n"
  printf "%s", header
  written = length (header)
  put_object("<< /Type /Catalog /Pages 2 0 R >>")
  put_object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
  put_object(sprintf ("<< /Type /Page /Parent 2 0 R" \
                      " /MediaBox [0 0 %g %g]\n" \
                      "   /Resources << /Font << /F 5 0 R >> >>" \
                      " /Contents 4 0 R >>", width * SCALE, height * SCALE))
  # Coordinates are those of SVG: y grows downwards.
  content = sprintf ("%g 0 0 -%g 0 %g cm\n1.2 w 2 J\n", SCALE, SCALE, \
                     height * SCALE) drawn
  put_object("<< /Length " length (content) " >>\nstream\n" content \
             "endstream")
  put_object("<< /Type /Font /Subtype /Type1 /BaseFont /Courier\n" \
             "   /Encoding /WinAnsiEncoding >>")
  put_object("<< /Title (" title ") >>")
  # Each line here has 20 bytes.
  printf "xref\n0 %d\n0000000000 65535 f \n", objects + 1
  for (i = 1; i <= objects; i++)
    printf "%010d 00000 n \n", offset[i]
  printf "trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n", objects + 1, \
    objects
  printf "startxref\n%d\n%%%%EOF\n", written
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
  # In PDF, how many points a unit is.  A character of Courier is as wide as
  # six tenths of its size.
  SCALE = 0.675
  FONT_SIZE = WIDTH / 0.6
  width = columns * WIDTH + 2 * MARGIN
  height = NR * HEIGHT + 2 * MARGIN
  if (format != "pdf")
    begin_svg(width, height)
  for (row = 1; row <= NR; row++)
    for (column = 1; column <= columns; column++)
      if (horizontal(row, column))
        {
          end = column
          while (horizontal(row, end + 1))
            end++
          line_across(x_of(column) - (cell(row, column) == "-" ? WIDTH : 0), \
                      x_of(end), y_of(row))
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
          top = y_of(row) - (cell(row, column) == "|" ? HEIGHT : 0)
          line_down(x_of(column), top, \
                    y_of(end) + (cell(end, column) == "v" ? HEIGHT / 2 : 0))
          row = end
        }
  if (format == "pdf")
    drawn = drawn sprintf ("BT /F %.4g Tf ET\n", FONT_SIZE)
  else
    print "</g>"
  for (row = 1; row <= NR; row++)
    {
      from = 0
      for (column = 1; column <= columns + 1; column++)
        {
          c = cell(row, column)
          if (c == ">" && horizontal(row, column))
            tip_right(x_of(column) + WIDTH / 2, y_of(row))
          if (c == "v" && vertical(row, column))
            tip_down(x_of(column), y_of(row) + HEIGHT)
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
  if (format == "pdf")
    print_pdf(width, height)
  else
    print "</svg>"
}
