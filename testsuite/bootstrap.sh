#!/bin/sh
# bootstrap.sh -- whether ./bootstrap asks each package manager for the right
# things, on a machine that is pretended.
#
# Copyright (C) 2026 The ucspi-local authors
#
# This program is free software: you can redistribute it and/or modify
# it under the terms of the GNU General Public License as published by
# the Free Software Foundation, either version 3 of the License, or
# (at your option) any later version.
#
# This program is distributed in the hope that it will be useful,
# but WITHOUT ANY WARRANTY; without even the implied warranty of
# MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
# GNU General Public License for more details.
#
# You should have received a copy of the GNU General Public License
# along with this program.  If not, see <https://www.gnu.org/licenses/>.

# Usage: bootstrap.sh
#
# Here PATH leads to one directory, with the few utilities that bootstrap
# needs, an "id" that says who we are, and package managers that write down
# their arguments and may put tools beside themselves.  Nothing is installed
# and nothing imported.  A promise is a line "PASS: ..." or "FAIL: ...".

set -u

case $0 in
  */*) top=$(cd "${0%/*}/.." && pwd);;
  *) top=$(cd .. && pwd);;
esac
work=$(mktemp -d "${TMPDIR-/tmp}/ucspi-local-bootstrap.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
umask 022
unset CC MAKE MAKEFLAGS MAKELEVEL GNULIB_TOOL CONFIGURE_FLAGS BUILD_DIR
shell=$(command -v sh)

passed=0
failed=0

# Report the promise $1 as kept if the command "$2"... succeeds.
check ()
{
  promise=$1
  shift
  if "$@"; then
    echo "PASS: bootstrap: $promise"
    passed=$((passed + 1))
  else
    echo "FAIL: bootstrap: $promise"
    sed 's/^/    /' "$work/asked" "$work/ran" "$work/out" "$work/err"
    failed=$((failed + 1))
  fi
}

# Give the machine a program $1 of the shell text $2.
program ()
{
  printf '#!%s\n%s\n' "$shell" "$2" >"$bin/$1" && chmod 755 "$bin/$1"
}

bin=$work/bin
tree=$work/tree
base='cat cksum cp mkdir mv rm sed'  # cp is for the managers

# The commands of tool $1.
commands_of ()
{
  case $1 in
    cc) echo gcc;;
    automake) echo automake autoreconf;;
    gnulib) echo gnulib-tool;;
    dejagnu) echo runtest;;
    texinfo) echo makeinfo;;
    python) echo python3;;
    s6) echo s6-supervise execlineb;;
    musl) echo musl-gcc;;
    libbsd | libsystemd | bash-completion) ;;
    *) echo "$1";;
  esac
}
tools='cc make autoconf automake gnulib dejagnu texinfo'

# Begin anew: a machine of user $1 with package manager $2 (none if empty) and
# tools $3.  The manager adds tools $4, but fails if it is asked to $5.
machine ()
{
  rm -rf "$bin" "$tree" "$work/later"
  mkdir "$bin" "$tree" "$work/later"
  cp "$top/bootstrap" "$top/bootstrap.conf" "$top/configure.ac" "$tree"
  : >"$work/asked"
  : >"$work/ran"
  for name in $base; do
    program $name "exec $(command -v $name) \"\$@\""
  done
  program id "echo $1"
  for tool in $3 $4; do
    for name in $(commands_of $tool); do
      program $name "echo $name \"\$*\" >>'$work/ran'"
    done
    case $tool in
      # It finds one header alone.
      cc) program gcc "case \$1 in
          -dumpmachine) echo x86_64-linux-gnu; exit;;
          -dumpversion) echo 12; exit;;
          -m32) exit;;
        esac
        read line; case \$line in
          *'<stdlib.h>'*) ;;
          *) exit 1;;
        esac";;
      gnulib) program gnulib-tool "test \$1 = --import || exit 0
          echo gnulib-tool >>'$work/ran'; echo coverage: >maint.mk";;
    esac
  done
  for tool in $4; do
    for name in $(commands_of $tool); do
      mv "$bin/$name" "$work/later"
    done
  done
  test -z "$2" || program $2 "echo \"$2 \$*\" >>'$work/asked'
    case \" \$* \" in
      *' ${5-no} '*) echo 'no such package' >&2; exit 1;;
      *) cp '$work/later'/* '$bin' 2>/dev/null; exit 0;;
    esac"
}

# Run bootstrap with arguments "$@".
run ()
{
  (cd "$tree" && PATH=$bin "$shell" ./bootstrap "$@") \
    >"$work/out" 2>"$work/err" </dev/null
  status=$?
}

# What there is to ask of the last run.
succeeded () { test $status = 0; }
failed () { test $status = 1; }
asked () { test "$(cat "$work/asked")" = "$1"; }
said () { grep -F -x -e "$1" "$work/err" >/dev/null; }
mentioned () { grep -F -e "$1" "$work/err" >/dev/null; }
silent_of () { ! mentioned "$1"; }
ran () { test "$(cat "$work/ran")" = "$1"; }
generated="gnulib-tool
autoreconf --force --install"

# The words of $1 that are not in $2.
without ()
{
  for word in $1; do
    case " $2 " in
      *" $word "*) ;;
      *) printf '%s ' $word;;
    esac
  done
}

# These are looked for by their full names, which cannot be pretended.
found=
for file in /usr/share/bash-completion /usr/local/share/bash-completion \
            /usr/pkg/share/bash-completion; do
  test ! -r $file/bash_completion || found=bash-completion
done
test ! -x /usr/sbin/lighttpd || found="$found lighttpd"
{ test ! -x /sbin/openrc-run && test ! -f /etc/init.d/rc; } \
  || found="$found openrc"

most='cc make autoconf gnulib dejagnu texinfo'
shells='bash bash-completion'
for manager in apt dnf apk pacman zypper pkg pkgin; do
  # The program; its argument that says to install; the command without the
  # packages; those of all tools, and of --extras; tools without a package.
  program=$manager
  verb=install
  none=
  rest='make autoconf automake'
  case $manager in
    apt)
      program=apt-get
      command='apt-get install -y --no-remove --no-install-recommends'
      packages="gcc libc6-dev $rest gnulib dejagnu texinfo"
      extras='clang curl fish git libbsd-dev libsystemd-dev lighttpd mandoc'
      extras="$extras musl-tools nodejs openrc python3 runit execline s6"
      extras="$extras util-linux strace daemontools valgrind zsh";;
    dnf)
      command='dnf install -y'
      packages="gcc glibc-devel $rest gnulib-devel dejagnu texinfo"
      extras='clang curl fish git libbsd-devel systemd-devel lighttpd mandoc'
      extras="$extras nodejs python3 util-linux strace valgrind zsh";;
    apk)
      verb=add
      command='apk add --update-cache'
      packages="gcc musl-dev $rest dejagnu texinfo"
      extras='clang curl fish git libbsd-dev lighttpd mandoc nodejs python3'
      extras="$extras execline s6 util-linux strace valgrind zsh"
      none=gnulib;;
    pacman)
      verb=-S
      command='pacman -S --needed --noconfirm'
      packages="gcc $rest dejagnu texinfo"
      extras='clang curl fish git libbsd systemd lighttpd mandoc nodejs python'
      extras="$extras util-linux strace valgrind zsh"
      none=gnulib;;
    zypper)
      command='zypper --non-interactive install'
      packages="gcc glibc-devel $rest gnulib dejagnu texinfo"
      extras='clang curl fish git libbsd-devel systemd-devel lighttpd mandoc'
      extras="$extras nodejs python3 util-linux strace valgrind zsh";;
    pkg)
      command='pkg install -y'
      packages="gcc g$rest dejagnu texinfo"
      extras='llvm curl fish git lighttpd mandoc node python3 execline s6'
      extras="$extras valgrind zsh"
      none=gnulib;;
    pkgin)
      command='pkgin -y install'
      packages="g$rest dejagnu gtexinfo"
      extras='clang curl fish git lighttpd mandoc nodejs zsh'
      none='cc gnulib';;
  esac
  # How the command that is run differs from the one that is told.
  before=
  after=
  if test $manager = apt; then
    before='apt-get update
'
    after=' -o DPkg::Lock::Timeout=600'
  fi
  packaged=$(without "$tools" "$none")

  machine 1000 $program '' ''
  run
  check "$manager: a user who lacks all is stopped" failed
  check "$manager: a user is told what is missing" \
    said "bootstrap: missing: $tools "
  check "$manager: a user is told the command" \
    said "bootstrap: as root, run: $command $packages"
  check "$manager: a user is told one command" \
    test "$(grep -c 'as root, run' "$work/err")" = 1
  check "$manager: a user is not told that an installation failed" \
    silent_of 'still missing'
  check "$manager: a user does not call the manager" asked ''
  check "$manager: nothing is generated for who is stopped" ran ''
  for tool in $tools; do
    case " $none " in
      *" $tool "*)
        check "$manager: a user is told that there is no package for $tool" \
          said "bootstrap: there is no package here for: $tool";;
      *)
        check "$manager: a user is not told that there is none for $tool" \
          silent_of "no package here for: $tool";;
    esac
  done

  machine 1000 $program "$most" ''
  run
  check "$manager: a user who lacks one tool is stopped" failed
  check "$manager: the command for a user names the one that is missing" \
    said "bootstrap: as root, run: $command automake"

  machine 0 $program "$none" "$packaged"
  run
  check "$manager: for root what is missing is installed" succeeded
  check "$manager: the manager is asked for all at once" \
    asked "$before$command $packages$after"
  check "$manager: for root it goes on to the end" ran "$generated"

  machine 0 $program "$most" automake
  run
  check "$manager: the manager is not asked for what is there" \
    asked "$before$command automake$after"
  check "$manager: for root it goes on when one tool has come" ran "$generated"

  for user in 0 1000; do
    machine $user $program "$tools" ''
    run
    check "$manager: user $user lacks nothing" succeeded
    check "$manager: no manager is called for user $user" asked ''
    check "$manager: for user $user it goes on" ran "$generated"
    run --check-tools
    check "$manager: --check-tools of user $user finds nothing" succeeded
  done

  machine 0 $program "$none" "$packaged" $verb
  run
  check "$manager: a manager that fails is an error" failed
  check "$manager: the error names the step and the packages" \
    said "bootstrap: unable to install: $packages"
  check "$manager: it does not go on without them" ran ''

  machine 0 $program "$none" "$(without "$packaged" texinfo)"
  run
  check "$manager: a tool that has not come is an error" failed
  check "$manager: the error names the tool" \
    said "bootstrap: still missing: texinfo "

  machine 0 $program "$most" automake
  run --check-tools
  check "$manager: --check-tools fails when something is missing" failed
  check "$manager: --check-tools names it" said "bootstrap: missing: automake "
  check "$manager: --check-tools calls no manager" asked ''

  machine 1000 $program "$tools" ''
  run --extras
  check "$manager: --extras asks for what some tests use" \
    said "bootstrap: as root, run: $command $(
      echo $(without "$shells $extras" "$found"))"

  # What the matrix of builds needs is known of one system.
  run --matrix
  if test $manager = apt; then
    matrix='bmake gcc-12-multilib libc6-dev-i386 gcc-s390x-linux-gnu'
    matrix="$matrix libc6-dev-s390x-cross qemu-user"
    check "$manager: --matrix asks for compilers" \
      said "bootstrap: as root, run: $command $matrix"
    machine 0 $program '' "$tools"
    run --matrix
    check "$manager: --matrix asks for them when there is a compiler" asked \
      "$before$command $packages$after
$before$command $matrix$after"
  else
    check "$manager: --matrix asks for nothing" silent_of 'as root'
  fi

  # Where no package holds gnulib.
  case $none in
    *gnulib)
      machine 0 $program cc "$(without "$packaged" cc)"
      run
      check "$manager: without gnulib it does not go on" failed
      check "$manager: all but gnulib are installed" \
        said "bootstrap: still missing: gnulib "
      check "$manager: the way to gnulib is told" \
        said "  GNULIB_TOOL=../gnulib/gnulib-tool ./bootstrap";;
  esac
done

# A checkout of gnulib.
machine 1000 apk "$tools" ''
mkdir "$tree/checkout"
mv "$bin/gnulib-tool" "$tree/checkout/gnulib-tool"
run
check 'a gnulib-tool that is not in PATH is missing' failed
GNULIB_TOOL=checkout/gnulib-tool
export GNULIB_TOOL
run
check 'GNULIB_TOOL is as good as one in PATH' succeeded
check 'GNULIB_TOOL imports gnulib' ran "$generated"
unset GNULIB_TOOL

# One manager is enough, and the first that is there is taken.
machine 1000 '' '' ''
run
check 'without a manager, what is missing is an error' \
  said "bootstrap: missing: $tools (no package manager known to this script)"
machine 1000 '' "$tools" ''
run
check 'without a manager, nothing missing is no error' succeeded

machine 0 apt-get '' "$tools" update
run
check 'apt: a list of packages that cannot be had is an error' failed
check 'apt: the error names the step' \
  said 'bootstrap: unable to update the list of packages'
check 'apt: nothing is installed then' asked 'apt-get update'

machine 1000 apt-get "$tools" ''
run demo
check 'apt: the demo asks for python as well' \
  mentioned 'apt-get install -y --no-remove --no-install-recommends python3'

# What comes after the tools.
machine 0 '' "$tools" ''
program gnulib-tool 'test "$1" = --version'
run
check 'an import that fails is an error' failed
check 'the error of the import names the step' \
  said 'bootstrap: unable to import gnulib'
check 'nothing is generated without gnulib' ran ''
machine 0 '' "$tools" ''
program autoreconf 'exit 1'
run
check 'autoreconf that fails is an error' failed
check 'the error of autoreconf names the step' \
  said 'bootstrap: unable to generate configure'
run --no-such-option
check 'an unknown option is an error' failed

echo "$passed passed, $failed failed"
test $failed = 0
