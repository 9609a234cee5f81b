#compdef @command@
# zsh completion for @command@.
# Made by "make completions" from its --help and zsh.in; do not change.
#
# Copyright (C) 2026 The ucspi-local authors
#
# Copying and distribution of this file, with or without modification,
# are permitted in any medium without royalty provided the copyright
# notice and this notice are preserved.  This file is offered as-is,
# without any warranty.

local -i operands=0
local -a operand

((operands == 0)) || operand=('1:path:_files')
_arguments -s -S -A '-*' : \
    '-v+[0\: only say what is wrong; 1\: also whom the rules let in or not (default); 2\: also which rules were tried]:number: ' \
    '-E[remove the variables of the server and of this tool]' \
    '-e[keep and set them (default)]' \
    '-l+[say that the server'\''s socket is at NAME, and do not ask the system]:name: ' \
    '-i+[the directory of rules; without it or -x, everybody is let in]:dir:_directories' \
    '-x+[rules in a cdb file, as s6-accessrules-cdb-from-fs makes it of a directory; an error if this program was built without libcdb]:file:_files' \
    '--supplementary[also try the rules for the client'\''s other groups]' \
    '--identify=-[ask the kernel who is at the other end of descriptor 0, and set the variables of PROTO, which is IPC (default) or UNIX; rules are optional then]::proto: ' \
    '--check=[say which rule decides for these ids and run nothing; with --supplementary, more groups may follow GID, after commas]:uid\:gid: ' \
    '--help[print this text and exit]' \
    '--version[print version and features and exit]' \
    $operand '*::: :_normal'
