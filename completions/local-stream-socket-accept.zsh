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
    '--verbose[say everything that happens]' \
    '--connection-limit=[at most NUMBER clients at a time, 1 to 100000 (default 40)]:number: ' \
    '--connection-limit-per-user=[at most NUMBER of them with the same uid]:number: ' \
    '--rate=[accept COUNT clients at once, then one each SECONDS/COUNT]:count/seconds: ' \
    '--rate-per-user=[serve only so many clients with the same uid]:count/seconds: ' \
    '--peer-info[tell PROG the client'\''s groups, security label and process]' \
    '--localname=[tell PROG that the sockets are at PATH]:path:_files' \
    '--drain=-[on SIGTERM, serve who is there to the end, or for SECONDS]::seconds: ' \
    '--help[print this text and exit]' \
    '--version[print version and features and exit]' \
    $operand '*::: :_normal'
