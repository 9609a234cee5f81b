# from-help.awk -- make a shell's completion of a tool from its --help.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Usage: TOOL --help | awk -v tool=TOOL -v template=FILE \
#                          -f from-help.awk - FILE
#
# The text names the command @command-TOOL@; "make install" puts in the name.
# Nothing but the options and the operands of "Usage:" is read, so that what a
# tool says of itself is all that has to be kept right.

# operands is how many operands come before the program, and freeing the option
# that takes the place of the first of them, if there is one.

# Options are numbered.  letter[i] ("c") and name[i] ("mode") are what i is
# called, "" if it is not; value[i] is its value's name or "", optional[i] is 1
# if it may be left out, and text[i] says what the option does.
function add_option(line,   at, words, n, k)
{
  count++
  at = match (line, /  [^ ]/)
  text[count] = ""
  if (at)
    {
      text[count] = substr (line, at + RLENGTH - 1)
      line = substr (line, 1, at - 1)
    }
  sub (/ +$/, "", line)
  letter[count] = name[count] = value[count] = ""
  optional[count] = 0
  n = split (line, words, /, /)
  for (k = 1; k <= n; k++)
    {
      if (words[k] ~ /\[=/)
        {
          optional[count] = 1
          sub (/\[=/, "=", words[k])
          sub (/\]$/, "", words[k])
        }
      if (match (words[k], /[= ]/))
        {
          value[count] = substr (words[k], RSTART + 1)
          words[k] = substr (words[k], 1, RSTART - 1)
        }
      if (words[k] ~ /^--/)
        name[count] = substr (words[k], 3)
      else
        letter[count] = substr (words[k], 2)
    }
}

# What can be offered for the value of option I: "user", "group", "file",
# "directory", or "" if nothing can.
function kind(i)
{
  if (name[i] ~ /user$/ && value[i] ~ /^(USER|NAME)$/)
    return "user"
  if (name[i] ~ /group$/ && value[i] ~ /^(GROUP|NAME)$/)
    return "group"
  if (value[i] ~ /^(DIR|RULESDIR)$/)
    return "directory"
  if (value[i] ~ /^(PATH|FILE)$/)
    return "file"
  return ""
}

# The names of the options, with hyphens and between blanks: of those with a
# value that may be in the next word (WHICH "value"), or whose value is of the
# kind WHICH, or all ("any").
function names(which,   i, all)
{
  all = ""
  for (i = 1; i <= count; i++)
    {
      if (which == "value" ? value[i] == "" || optional[i] \
          : which != "any" && kind(i) != which)
        continue
      if (letter[i] != "")
        all = all " -" letter[i]
      if (name[i] != "")
        all = all " --" name[i]
    }
  return substr (all, 2)
}

# S, to stand between single quotes.
function quoted(s)
{
  gsub (/'/, "'\\''", s)
  return s
}

# Names of I as zsh wants them to be excluded by one another.
function zsh_both(i)
{
  return "(-" letter[i] " --" name[i] ")"
}

# The lines for _arguments.
function zsh_options(   i, said, said_value, argument, action)
{
  for (i = 1; i <= count; i++)
    {
      said = text[i]
      gsub (/\\/, "\\\\", said)
      gsub (/\[/, "\\[", said)
      gsub (/\]/, "\\]", said)
      gsub (/:/, "\\:", said)
      said = "[" quoted(said) "]"
      argument = ""
      if (value[i] != "")
        {
          action = kind(i) == "user" ? "_users" \
            : kind(i) == "group" ? "_groups" \
            : kind(i) == "directory" ? "_directories" \
            : kind(i) == "file" ? "_files" : " "
          said_value = tolower(value[i])
          gsub (/:/, "\\:", said_value)
          argument = (optional[i] ? "::" : ":") said_value ":" action
        }
      if (letter[i] != "")
        printf "    '%s-%s%s%s%s' \\\n", \
          (name[i] != "" ? zsh_both(i) : ""), letter[i], \
          (argument != "" ? "+" : ""), said, argument
      if (name[i] != "")
        printf "    '%s--%s%s%s%s' \\\n", \
          (letter[i] != "" ? zsh_both(i) \
           : "--" name[i] == freeing ? "(1)" : ""), name[i], \
          (argument == "" ? "" : optional[i] ? "=-" : "="), said, argument
    }
}

# The lines for fish.
function fish_options(   i, line)
{
  for (i = 1; i <= count; i++)
    {
      line = "complete -c @command-" tool "@ -n '" function_name \
        "_is options value'"
      if (letter[i] != "")
        line = line " -s " letter[i]
      if (name[i] != "")
        line = line " -l " name[i]
      if (value[i] != "" && ! optional[i])
        {
          if (kind(i) == "file" || kind(i) == "directory")
            line = line " -r -F"
          else
            line = line " -x"
          if (kind(i) == "user")
            line = line " -a '(__fish_complete_users)'"
          else if (kind(i) == "group")
            line = line " -a '(__fish_complete_groups)'"
          else if (kind(i) == "directory")
            line = line " -a '(__fish_complete_directories)'"
        }
      print line " \\\n    -d '" fish_quoted(text[i]) "'"
    }
}

function fish_quoted(s)
{
  gsub (/\\/, "\\\\", s)
  gsub (/'/, "\\'", s)
  return s
}

# What --help says.

FILENAME != template && /^(Usage:|  or:)/ {
  line = $0
  if (match (line, /--[a-z-]+=/))
    freeing = substr (line, RSTART, RLENGTH - 1)
  else if (line ~ /^Usage:/)
    operands = line ~ / PATH / ? 1 : 0
  next
}

FILENAME != template && /^ +-/ {
  sub (/^ +/, "")
  add_option($0)
  in_option = 1
  next
}

FILENAME != template && in_option && /^        +[^ ]/ {
  sub (/^ +/, "")
  text[count] = text[count] (text[count] == "" ? "" : " ") $0
  next
}

FILENAME != template {
  in_option = 0
  next
}

# The template.

FNR == 1 {
  function_name = "_ucspi_local_" tool
  gsub (/-/, "_", function_name)
}

/^@ZSH_OPTIONS@$/ { zsh_options(); next }
/^@FISH_OPTIONS@$/ { fish_options(); next }

{
  gsub (/@FUNCTION@/, function_name)
  gsub (/@TOOL@/, tool)
  gsub (/@ANY@/, names("any"))
  gsub (/@VALUED@/, names("value"))
  gsub (/@USERS@/, names("user"))
  gsub (/@GROUPS@/, names("group"))
  gsub (/@DIRECTORIES@/, names("directory"))
  gsub (/@FILES@/, names("file"))
  gsub (/@OPERANDS@/, operands)
  gsub (/@FREEING@/, freeing)
  print
}
