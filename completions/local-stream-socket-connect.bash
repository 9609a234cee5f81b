# bash completion for @command@.                      -*- shell-script -*-
# Made by "make completions" from its --help and bash.in; do not change.
#
# Copyright (C) 2026 The ucspi-local authors
#
# Copying and distribution of this file, with or without modification,
# are permitted in any medium without royalty provided the copyright
# notice and this notice are preserved.  This file is offered as-is,
# without any warranty.

_ucspi_local_local_stream_socket_connect ()
{
  local any='--verbose --probe --local-path --timeout --expect-uid --expect-user --long-path --abstract --help --version'
  local valued='--local-path --timeout --expect-uid --expect-user'
  local users='--expect-user' groups=''
  local directories='' files='--local-path'
  # Operands before the program, and an option instead of the first.
  local operands=1 freeing=''

  local line=${COMP_LINE:0:COMP_POINT} words=() start=() n=0 i w rest last=
  local IFS=$' \t\n'

  # Bash has split words at = and : too.  Put them together again; start[n] is
  # where in COMP_WORDS the word n starts.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    rest=${line#"${line%%[![:space:]]*}"}
    w=${COMP_WORDS[i]}
    if ((i == COMP_CWORD)); then
      w=$rest
      last=$rest
    fi
    if ((n > 0)) && [[ $rest == "$line" ]]; then
      words[n - 1]+=$w
    else
      words[n]=$w
      start[n]=$i
      n=$((n + 1))
    fi
    line=${rest#"$w"}
  done
  n=$((n - 1))
  # Readline replaces what comes after the last of these characters.
  case $last in
    [=:]*) last=${last#?} ;;
  esac
  local cur=${words[n]}
  local kept=${cur%"$last"}
  COMPREPLY=()

  # Where do the options end, and is a value to come?
  local option= only_operands=
  for ((i = 1; i < n; i++)); do
    w=${words[i]}
    case $w in
      --)
        only_operands=1
        i=$((i + 1))
        break ;;
      --*)
        if test -n "$freeing" && [[ ${w%%=*} == "$freeing" ]]; then
          operands=0
        fi
        option=$(_ucspi_local_local_stream_socket_connect_named "$w") ;;
      -?*)
        # Letters can be grouped, up to one that takes a value.
        option=
        while w=${w#?} && test -n "$w"; do
          if [[ " $valued " == *" -${w:0:1} "* ]]; then
            test ${#w} -gt 1 || option=-$w
            break
          fi
        done ;;
      *) break ;;
    esac
    if test -n "$option"; then
      i=$((i + 1))
      test $i -ge $n || option=
    fi
  done

  local value=$cur attached=
  if test -z "$option" && ((i >= n)) && test -z "$only_operands"; then
    case $cur in
      --*=*)
        attached=${cur%%=*}=
        value=${cur#*=}
        option=$(_ucspi_local_local_stream_socket_connect_named "${cur%%=*}")
        test -n "$option" || return 0 ;;
      -*)
        COMPREPLY=($(compgen -W "$any" -- "$cur"))
        return 0 ;;
    esac
  fi

  if test -z "$option" && ((n - i >= operands)); then
    # The program, or an argument of it.
    i=$((i + operands))
    if declare -F _comp_command_offset >/dev/null; then
      _comp_command_offset "${start[i]}"
    elif declare -F _command_offset >/dev/null; then
      _command_offset "${start[i]}"
    elif ((i == n)) && [[ $cur != */* ]]; then
      COMPREPLY=($(compgen -c -- "$cur"))
    else
      compopt -o default
    fi
    return 0
  fi

  if test -z "$option" || [[ " $files " == *" $option "* ]]; then
    compopt -o default
  elif [[ " $directories " == *" $option "* ]]; then
    compopt -o dirnames
  elif [[ " $users " == *" $option "* ]]; then
    COMPREPLY=($(compgen -P "$attached" -u -- "$value"))
  elif [[ " $groups " == *" $option "* ]]; then
    COMPREPLY=($(compgen -P "$attached" -g -- "$value"))
  fi
  COMPREPLY=("${COMPREPLY[@]#"$kept"}")
}

# Print the option with a value that the word $1 names, perhaps shortened, or
# nothing.
_ucspi_local_local_stream_socket_connect_named ()
{
  local all o found=
  all=($any)
  for o in "${all[@]}"; do
    if [[ $o == "$1" ]]; then
      found=$o
      break
    elif [[ $o == "$1"* ]]; then
      found=$o
    fi
  done
  if [[ " $valued " == *" $found "* ]]; then
    echo "$found"
  fi
}

complete -F _ucspi_local_local_stream_socket_connect @command@
