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
    '-1[print PATH and a newline when clients can connect]' \
    '-q[say nothing but fatal errors]' \
    '-Q[also warnings and denials (default)]' \
    '-v[say everything that happens]' \
    '-d[replace what is at PATH (default)]' \
    '-D[refuse if anything is at PATH]' \
    '-P[do not ask who the clients are]' \
    '-p[ask who the clients are (default)]' \
    '-c+[at most MAX clients at a time, 1 to 1000 (default 40)]:max: ' \
    '-C+[at most MAX of them with the same uid (default 40)]:max: ' \
    '-b+[let BACKLOG clients wait (default\: what the system allows)]:backlog: ' \
    '-a+[the mode of the socket, octal (default 0777)]:perms: ' \
    '--socket-mode=[the same]:perms: ' \
    '--socket-user=[give the socket to this user, by name or number]:user:_users' \
    '--socket-group=[give the socket to this group, likewise]:group:_groups' \
    '--no-clobber[replace only a socket that no process has; refuse if anything else is at PATH]' \
    '--replace-live[replace without a moment in which clients are refused; getsockname then does not say PATH]' \
    '--unlink-on-exit[remove the socket in the end, if still ours]' \
    '--stop-when-lost=-[see every SECONDS (default 60) whether the socket is still at PATH; if not, stop as on SIGTERM, with status 111]::seconds: ' \
    '--long-path[let PATH be longer than an address can hold]' \
    '--abstract[PATH is an abstract name]' \
    '--pass-pidfd[set SO_PASSPIDFD on the socket]' \
    '--no-pass-rights[clear SO_PASSRIGHTS on the socket]' \
    '-G+[become a member of just these supplementary groups]:gid,...: ' \
    '-g+[change to this group id]:gid: ' \
    '-u+[change to this user id]:uid: ' \
    '-U[change to the ids in UID, GID and GIDLIST in the environment]' \
    '--rate=[accept COUNT clients at once, then one each SECONDS/COUNT]:count/seconds: ' \
    '--rate-per-user=[serve only so many clients with the same uid]:count/seconds: ' \
    '--peer-info[tell PROG the client'\''s groups, security label and process]' \
    '--drain=-[on SIGTERM, serve who is there to the end, or for SECONDS]::seconds: ' \
    '(1)--listen-fd=[serve the listening socket that is descriptor N]:n: ' \
    '--help[print this text and exit]' \
    '--version[print version and features and exit]' \
    $operand '*::: :_normal'
