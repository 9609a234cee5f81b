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
function _ucspi_local_s6_ipcserver_at
    set -l valued -c -C -b -a --socket-mode --socket-user --socket-group -G -g -u --rate --rate-per-user --listen-fd
    set -l operands 1
    set -l freeing '--listen-fd'
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
                else if not contains -- $word -1 -q -Q -v -d -D -P -p -c -C -b -a --socket-mode --socket-user --socket-group --no-clobber --replace-live --unlink-on-exit --stop-when-lost --long-path --abstract --pass-pidfd --no-pass-rights -G -g -u -U --rate --rate-per-user --peer-info --drain --listen-fd --help --version
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

function _ucspi_local_s6_ipcserver_is
    contains -- (_ucspi_local_s6_ipcserver_at) $argv
end

function _ucspi_local_s6_ipcserver_is_program
    string match -q -r '^[0-9]+$' -- (_ucspi_local_s6_ipcserver_at)
end

# The completions of the program, or of its arguments.
function _ucspi_local_s6_ipcserver_program
    set -l from (_ucspi_local_s6_ipcserver_at)
    set -l words (commandline -opc) ''
    set -l before
    if test $from -lt (count $words)
        set before (string escape -- $words[$from..-2])
    end
    set -l line (string join -- ' ' $before (commandline -ct))
    complete "--do-complete=$line"
end

complete -c @command@ -f
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options operand' -F
complete -c @command@ -n _ucspi_local_s6_ipcserver_is_program -a '(_ucspi_local_s6_ipcserver_program)'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -s 1 \
    -d 'print PATH and a newline when clients can connect'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -s q \
    -d 'say nothing but fatal errors'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -s Q \
    -d 'also warnings and denials (default)'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -s v \
    -d 'say everything that happens'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -s d \
    -d 'replace what is at PATH (default)'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -s D \
    -d 'refuse if anything is at PATH'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -s P \
    -d 'do not ask who the clients are'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -s p \
    -d 'ask who the clients are (default)'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -s c -x \
    -d 'at most MAX clients at a time, 1 to 1000 (default 40)'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -s C -x \
    -d 'at most MAX of them with the same uid (default 40)'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -s b -x \
    -d 'let BACKLOG clients wait (default: what the system allows)'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -s a -x \
    -d 'the mode of the socket, octal (default 0777)'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -l socket-mode -x \
    -d 'the same'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -l socket-user -x -a '(__fish_complete_users)' \
    -d 'give the socket to this user, by name or number'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -l socket-group -x -a '(__fish_complete_groups)' \
    -d 'give the socket to this group, likewise'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -l no-clobber \
    -d 'replace only a socket that no process has; refuse if anything else is at PATH'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -l replace-live \
    -d 'replace without a moment in which clients are refused; getsockname then does not say PATH'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -l unlink-on-exit \
    -d 'remove the socket in the end, if still ours'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -l stop-when-lost \
    -d 'see every SECONDS (default 60) whether the socket is still at PATH; if not, stop as on SIGTERM, with status 111'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -l long-path \
    -d 'let PATH be longer than an address can hold'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -l abstract \
    -d 'PATH is an abstract name'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -l pass-pidfd \
    -d 'set SO_PASSPIDFD on the socket'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -l no-pass-rights \
    -d 'clear SO_PASSRIGHTS on the socket'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -s G -x \
    -d 'become a member of just these supplementary groups'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -s g -x \
    -d 'change to this group id'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -s u -x \
    -d 'change to this user id'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -s U \
    -d 'change to the ids in UID, GID and GIDLIST in the environment'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -l rate -x \
    -d 'accept COUNT clients at once, then one each SECONDS/COUNT'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -l rate-per-user -x \
    -d 'serve only so many clients with the same uid'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -l peer-info \
    -d 'tell PROG the client\'s groups, security label and process'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -l drain \
    -d 'on SIGTERM, serve who is there to the end, or for SECONDS'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -l listen-fd -x \
    -d 'serve the listening socket that is descriptor N'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -l help \
    -d 'print this text and exit'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_is options value' -l version \
    -d 'print version and features and exit'
