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
function _ucspi_local_s6_ipcserver_access_at
    set -l valued -v -l -i -x --check
    set -l operands 0
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
                else if not contains -- $word -v -E -e -l -i -x --supplementary --identify --check --help --version
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

function _ucspi_local_s6_ipcserver_access_is
    contains -- (_ucspi_local_s6_ipcserver_access_at) $argv
end

function _ucspi_local_s6_ipcserver_access_is_program
    string match -q -r '^[0-9]+$' -- (_ucspi_local_s6_ipcserver_access_at)
end

# The completions of the program, or of its arguments.
function _ucspi_local_s6_ipcserver_access_program
    set -l from (_ucspi_local_s6_ipcserver_access_at)
    set -l words (commandline -opc) ''
    set -l before
    if test $from -lt (count $words)
        set before (string escape -- $words[$from..-2])
    end
    set -l line (string join -- ' ' $before (commandline -ct))
    complete "--do-complete=$line"
end

complete -c @command@ -f
complete -c @command@ -n '_ucspi_local_s6_ipcserver_access_is options operand' -F
complete -c @command@ -n _ucspi_local_s6_ipcserver_access_is_program -a '(_ucspi_local_s6_ipcserver_access_program)'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_access_is options value' -s v -x \
    -d '0: only say what is wrong; 1: also whom the rules let in or not (default); 2: also which rules were tried'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_access_is options value' -s E \
    -d 'remove the variables of the server and of this tool'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_access_is options value' -s e \
    -d 'keep and set them (default)'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_access_is options value' -s l -x \
    -d 'say that the server\'s socket is at NAME, and do not ask the system'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_access_is options value' -s i -r -F -a '(__fish_complete_directories)' \
    -d 'the directory of rules; without it or -x, everybody is let in'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_access_is options value' -s x -r -F \
    -d 'rules in a cdb file, as s6-accessrules-cdb-from-fs makes it of a directory; an error if this program was built without libcdb'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_access_is options value' -l supplementary \
    -d 'also try the rules for the client\'s other groups'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_access_is options value' -l identify \
    -d 'ask the kernel who is at the other end of descriptor 0, and set the variables of PROTO, which is IPC (default) or UNIX; rules are optional then'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_access_is options value' -l check -x \
    -d 'say which rule decides for these ids and run nothing; with --supplementary, more groups may follow GID, after commas'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_access_is options value' -l help \
    -d 'print this text and exit'
complete -c @command@ -n '_ucspi_local_s6_ipcserver_access_is options value' -l version \
    -d 'print version and features and exit'
