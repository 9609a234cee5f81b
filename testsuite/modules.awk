# modules.awk -- find gnulib modules that are used but not in bootstrap.conf.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Usage: awk -f modules.awk bootstrap.conf lib/gnulib.mk FILE...
#
# FILEs are lib/*.[ch], imported from gnulib, and then our own sources.  A
# module that we use must be listed even if another module brings it along,
# because other versions of gnulib may not bring it.
#
# gnulib's layout tells what a file defines: the name of a function begins a
# line, and lib/NAME.c replaces the function NAME of the C library.  Modules of
# headers such as <stdlib.h> need not be listed: those of functions depend on
# them, and their names differ between versions of gnulib.

function base (name) { sub (/.*\//, "", name); return name }

function last_word (text) { sub (/.* /, "", text); return text }

function use (name, of)
{
  used[name] = of
  where[name] = FILENAME ":" FNR
  return 1
}

# Return TEXT, a line of C, without strings and comments.
function code (text)
{
  # A line of a string that continues on the next line.
  if (text ~ /\\n\\$/)
    return ""
  gsub (/"([^"\\]|\\.)*"/, "\"\"", text)
  if (in_comment && ! sub (/^.*\*\//, "", text))
    return ""
  in_comment = 0
  gsub (/\/\*([^*]|\*[^\/])*\*\//, "", text)
  if (sub (/\/\*.*/, "", text))
    in_comment = 1
  return text
}

FNR == 1 {
  file = base(FILENAME)
  in_comment = 0
  is_gnulib = FILENAME ~ /(^|\/)lib\/[^\/]*\.[ch]$/
}

file == "bootstrap.conf" {
  if (/^gnulib_modules=/)
    in_list = 1
  else if (/^'/)
    in_list = 0
  else if (in_list)
    listed[$1] = 1
  next
}

# Find the module of each file.
file == "gnulib.mk" {
  if (/^## begin gnulib module /)
    module = $NF
  else if (/^## end /)
    module = ""
  else if (module && /SOURCES \+=|EXTRA_DIST \+=/)
    for (i = 3; i <= NF; i++)
      # Skip headers, and files for Windows.
      if ($i !~ /\.in\.h$|\/stdio-/)
        module_of[base($i)] = module
  next
}

# Find what gnulib defines.
is_gnulib {
  if (! (file in module_of))
    next
  # getcwd-lgpl.c defines rpl_getcwd, to which a header gives the name getcwd.
  if (FNR == 1 && file ~ /\.c$/)
    {
      name = substr (file, 1, length (file) - 2)
      sub (/-lgpl$/, "", name)
      replaced[name] = module_of[file]
    }
  # Skip types of pointers to functions, and static functions.
  if (match ($0, /^[A-Za-z][A-Za-z_0-9]* \([^*]/) \
      && ! (file ~ /\.c$/ && line_before ~ /^static /))
    called[substr ($0, 1, RLENGTH - 3)] = module_of[file]
  else if (file ~ /\.h$/ && match ($0, /^# *define +[A-Za-z][A-Za-z_0-9]*/))
    named[last_word(substr ($0, 1, RLENGTH))] = module_of[file]
  line_before = $0
  next
}

# Find what we use.
{
  if (match ($0, /^# *include "[^"]*"/))
    {
      split ($0, part, "\"")
      header = part[2]
      if (header in module_of)
        use(header, module_of[header])
      next
    }
  line = code($0)
  if (match (line, /^[A-Za-z_][A-Za-z_0-9]* \(/))
    ours[substr (line, 1, RLENGTH - 2)] = 1
  else if (match (line, /^# *define +[A-Za-z_][A-Za-z_0-9]*/))
    ours[last_word(substr (line, 1, RLENGTH))] = 1
  while (match (line, /[A-Za-z_][A-Za-z_0-9]*/))
    {
      name = substr (line, RSTART, RLENGTH)
      line = substr (line, RSTART + RLENGTH)
      if (name in named)
        use(name, named[name])
      if (line !~ /^ *\(/)
        continue
      if (name in called)
        use(name, called[name])
      if (name in replaced)
        needed[name] = use(name, replaced[name])
    }
}

END {
  for (name in used)
    if ((name in needed || ! (name in ours)) && ! (used[name] in listed))
      {
        print where[name] ": " name " is of gnulib's module " used[name] \
          ", which is not in bootstrap.conf" | "sort"
        status = 1
      }
  close ("sort")
  exit status
}
