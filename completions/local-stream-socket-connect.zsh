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

local -i operands=1
local -a operand

((operands == 0)) || operand=('1:path:_files')
_arguments -s -S -A '-*' : \
    '--verbose[say when the connection is made]' \
    '--probe[do not connect, but exit with 0 if a process has the socket at PATH, with 1 if none has, and with 111 if that cannot be known]' \
    '--local-path=[bind the client'\''s own end to this path first]:path:_files' \
    '--timeout=[wait no longer for room in the server'\''s queue]:seconds: ' \
    '--expect-uid=[refuse a server of another user id]:uid: ' \
    '--expect-user=[as --expect-uid, of this account]:name:_users' \
    '--long-path[let paths be longer than an address can hold]' \
    '--abstract[PATH is an abstract name]' \
    '--help[print this text and exit]' \
    '--version[print version and features and exit]' \
    $operand '*::: :_normal'
