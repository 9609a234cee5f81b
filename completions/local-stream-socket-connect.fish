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
function _ucspi_local_local_stream_socket_connect_at
    set -l valued --local-path --timeout --expect-uid --expect-user
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
                else if not contains -- $word --verbose --probe --local-path --timeout --expect-uid --expect-user --long-path --abstract --help --version
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

function _ucspi_local_local_stream_socket_connect_is
    contains -- (_ucspi_local_local_stream_socket_connect_at) $argv
end

function _ucspi_local_local_stream_socket_connect_is_program
    string match -q -r '^[0-9]+$' -- (_ucspi_local_local_stream_socket_connect_at)
end

# The completions of the program, or of its arguments.
function _ucspi_local_local_stream_socket_connect_program
    set -l from (_ucspi_local_local_stream_socket_connect_at)
    set -l words (commandline -opc) ''
    set -l before
    if test $from -lt (count $words)
        set before (string escape -- $words[$from..-2])
    end
    set -l line (string join -- ' ' $before (commandline -ct))
    complete "--do-complete=$line"
end

complete -c @command@ -f
complete -c @command@ -n '_ucspi_local_local_stream_socket_connect_is options operand' -F
complete -c @command@ -n _ucspi_local_local_stream_socket_connect_is_program -a '(_ucspi_local_local_stream_socket_connect_program)'
complete -c @command@ -n '_ucspi_local_local_stream_socket_connect_is options value' -l verbose \
    -d 'say when the connection is made'
complete -c @command@ -n '_ucspi_local_local_stream_socket_connect_is options value' -l probe \
    -d 'do not connect, but exit with 0 if a process has the socket at PATH, with 1 if none has, and with 111 if that cannot be known'
complete -c @command@ -n '_ucspi_local_local_stream_socket_connect_is options value' -l local-path -r -F \
    -d 'bind the client\'s own end to this path first'
complete -c @command@ -n '_ucspi_local_local_stream_socket_connect_is options value' -l timeout -x \
    -d 'wait no longer for room in the server\'s queue'
complete -c @command@ -n '_ucspi_local_local_stream_socket_connect_is options value' -l expect-uid -x \
    -d 'refuse a server of another user id'
complete -c @command@ -n '_ucspi_local_local_stream_socket_connect_is options value' -l expect-user -x -a '(__fish_complete_users)' \
    -d 'as --expect-uid, of this account'
complete -c @command@ -n '_ucspi_local_local_stream_socket_connect_is options value' -l long-path \
    -d 'let paths be longer than an address can hold'
complete -c @command@ -n '_ucspi_local_local_stream_socket_connect_is options value' -l abstract \
    -d 'PATH is an abstract name'
complete -c @command@ -n '_ucspi_local_local_stream_socket_connect_is options value' -l help \
    -d 'print this text and exit'
complete -c @command@ -n '_ucspi_local_local_stream_socket_connect_is options value' -l version \
    -d 'print version and features and exit'
