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
    '(-b --backlog)-b+[let NUMBER clients wait (default 5)]:number: ' \
    '(-b --backlog)--backlog=[let NUMBER clients wait (default 5)]:number: ' \
    '(-u --uid)-u+[give the socket to this user id]:number: ' \
    '(-u --uid)--uid=[give the socket to this user id]:number: ' \
    '(-g --gid)-g+[give the socket to this group id]:number: ' \
    '(-g --gid)--gid=[give the socket to this group id]:number: ' \
    '(-m --mode)-m+[the mode of the socket, such as 0660 (default\: what the umask makes of 0777)]:number: ' \
    '(-m --mode)--mode=[the mode of the socket, such as 0660 (default\: what the umask makes of 0777)]:number: ' \
    '--user=[as --uid, of this account]:name:_users' \
    '--group=[as --gid, of this group]:name:_groups' \
    '--no-clobber[replace only a socket that no process has; refuse if anything else is at PATH]' \
    '--replace-live[replace without a moment in which clients are refused; getsockname then does not say PATH]' \
    '--long-path[let PATH be longer than an address can hold]' \
    '--abstract[PATH is an abstract name]' \
    '--pass-credentials[set SO_PASSCRED on the socket]' \
    '--pass-security[set SO_PASSSEC on the socket]' \
    '--pass-pidfd[set SO_PASSPIDFD on the socket]' \
    '--no-pass-rights[clear SO_PASSRIGHTS on the socket]' \
    '--upstart-compatibility[set UPSTART_FDS and UPSTART_EVENTS]' \
    '--systemd-compatibility[set or continue LISTEN_FDS, LISTEN_PID and LISTEN_PIDFDID]' \
    '--fdname=[call the socket NAME in LISTEN_FDNAMES]:name: ' \
    '--notify-fd=[when clients can connect, write a newline to this descriptor and close it]:number: ' \
    '--help[print this text and exit]' \
    '--version[print version and features and exit]' \
    $operand '*::: :_normal'
