# fish completion for @command@.
# Made by "make completions" from its --help and fish.in; do not change.
#
# Copyright (C) 2026 The ucspi-local authors
#
# Copying and distribution of this file, with or without modification,
# are permitted in any medium without royalty provided the copyright
# notice and this notice are preserved.  This file is offered as-is,
# without any warranty.

# What the cursor is at: "options" (or the first operand), "operand", or the
# number of the word at which the program begins.
function _ucspi_local_local_stream_socket_listen_at
    set -l valued -b --backlog -u --uid -g --gid -m --mode --user --group --fdname --notify-fd
    set -l operands 1
    set -l freeing ''
    set -l words (commandline -opc)
    set -l i 2
    set -l ended no

    while test $i -le (count $words)
        set -l word $words[$i]
        set -l takes no
        switch $word
            case --
                set ended yes
                set i (math $i + 1)
                break
            case '--*=*'
                if string match -q -- "$freeing=*" $word
                    set operands 0
                end
            case '--*'
                if test "$word" = "$freeing"
                    set operands 0
                end
                # It may be shortened.
                if contains -- $word $valued
                    set takes yes
                else if not contains -- $word -b --backlog -u --uid -g --gid -m --mode --user --group --no-clobber --replace-live --long-path --abstract --pass-credentials --pass-security --pass-pidfd --no-pass-rights --upstart-compatibility --systemd-compatibility --fdname --notify-fd --help --version
                    and string match -q -- "$word*" $valued
                    set takes yes
                end
            case '-?*'
                # Letters can be grouped, up to one that takes a value.
                set -l letters (string sub -s 2 -- $word | string split '')
                for k in (seq (count $letters))
                    if contains -- -$letters[$k] $valued
                        test $k -lt (count $letters); or set takes yes
                        break
                    end
                end
            case '*'
                break
        end
        set i (math $i + 1)
        test $takes = no; or set i (math $i + 1)
    end

    # Here begin the operands; the cursor is at the next word.
    set -l next (math (count $words) + 1)
    if test $i -gt $next
        echo value
    else if test $i -eq $next
        and test $ended = no
        and begin
            test $operands -gt 0
            or string match -q -- '-*' (commandline -ct)
        end
        echo options
    else if test (math $i + $operands) -gt $next
        echo operand
    else
        math $i + $operands
    end
end

function _ucspi_local_local_stream_socket_listen_is
    contains -- (_ucspi_local_local_stream_socket_listen_at) $argv
end

function _ucspi_local_local_stream_socket_listen_is_program
    string match -q -r '^[0-9]+$' -- (_ucspi_local_local_stream_socket_listen_at)
end

# The completions of the program, or of its arguments.
function _ucspi_local_local_stream_socket_listen_program
    set -l from (_ucspi_local_local_stream_socket_listen_at)
    set -l words (commandline -opc) ''
    set -l before
    if test $from -lt (count $words)
        set before (string escape -- $words[$from..-2])
    end
    set -l line (string join -- ' ' $before (commandline -ct))
    complete "--do-complete=$line"
end

complete -c @command@ -f
complete -c @command@ -n '_ucspi_local_local_stream_socket_listen_is options operand' -F
complete -c @command@ -n _ucspi_local_local_stream_socket_listen_is_program -a '(_ucspi_local_local_stream_socket_listen_program)'
complete -c @command@ -n '_ucspi_local_local_stream_socket_listen_is options value' -s b -l backlog -x \
    -d 'let NUMBER clients wait (default 5)'
complete -c @command@ -n '_ucspi_local_local_stream_socket_listen_is options value' -s u -l uid -x \
    -d 'give the socket to this user id'
complete -c @command@ -n '_ucspi_local_local_stream_socket_listen_is options value' -s g -l gid -x \
    -d 'give the socket to this group id'
complete -c @command@ -n '_ucspi_local_local_stream_socket_listen_is options value' -s m -l mode -x \
    -d 'the mode of the socket, such as 0660 (default: what the umask makes of 0777)'
complete -c @command@ -n '_ucspi_local_local_stream_socket_listen_is options value' -l user -x -a '(__fish_complete_users)' \
    -d 'as --uid, of this account'
complete -c @command@ -n '_ucspi_local_local_stream_socket_listen_is options value' -l group -x -a '(__fish_complete_groups)' \
    -d 'as --gid, of this group'
complete -c @command@ -n '_ucspi_local_local_stream_socket_listen_is options value' -l no-clobber \
    -d 'replace only a socket that no process has; refuse if anything else is at PATH'
complete -c @command@ -n '_ucspi_local_local_stream_socket_listen_is options value' -l replace-live \
    -d 'replace without a moment in which clients are refused; getsockname then does not say PATH'
complete -c @command@ -n '_ucspi_local_local_stream_socket_listen_is options value' -l long-path \
    -d 'let PATH be longer than an address can hold'
complete -c @command@ -n '_ucspi_local_local_stream_socket_listen_is options value' -l abstract \
    -d 'PATH is an abstract name'
complete -c @command@ -n '_ucspi_local_local_stream_socket_listen_is options value' -l pass-credentials \
    -d 'set SO_PASSCRED on the socket'
complete -c @command@ -n '_ucspi_local_local_stream_socket_listen_is options value' -l pass-security \
    -d 'set SO_PASSSEC on the socket'
complete -c @command@ -n '_ucspi_local_local_stream_socket_listen_is options value' -l pass-pidfd \
    -d 'set SO_PASSPIDFD on the socket'
complete -c @command@ -n '_ucspi_local_local_stream_socket_listen_is options value' -l no-pass-rights \
    -d 'clear SO_PASSRIGHTS on the socket'
complete -c @command@ -n '_ucspi_local_local_stream_socket_listen_is options value' -l upstart-compatibility \
    -d 'set UPSTART_FDS and UPSTART_EVENTS'
complete -c @command@ -n '_ucspi_local_local_stream_socket_listen_is options value' -l systemd-compatibility \
    -d 'set or continue LISTEN_FDS, LISTEN_PID and LISTEN_PIDFDID'
complete -c @command@ -n '_ucspi_local_local_stream_socket_listen_is options value' -l fdname -x \
    -d 'call the socket NAME in LISTEN_FDNAMES'
complete -c @command@ -n '_ucspi_local_local_stream_socket_listen_is options value' -l notify-fd -x \
    -d 'when clients can connect, write a newline to this descriptor and close it'
complete -c @command@ -n '_ucspi_local_local_stream_socket_listen_is options value' -l help \
    -d 'print this text and exit'
complete -c @command@ -n '_ucspi_local_local_stream_socket_listen_is options value' -l version \
    -d 'print version and features and exit'
