#!/bin/sh
# bootstrap.sh -- check that ./bootstrap asks each package manager for the
# right packages, on a simulated machine.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Usage: bootstrap.sh
#
# PATH is one directory that has the few utilities bootstrap needs, an "id"
# that prints the uid of the test, and package managers that record their
# arguments and may add tools to this directory.  Nothing is installed or
# imported.  For each promise, a line "PASS: ..." or "FAIL: ..." is printed.

set -u

case $0 in
  */*) top=$(cd "${0%/*}/.." && pwd);;
  *) top=$(cd .. && pwd);;
esac
work=$(mktemp -d "${TMPDIR-/tmp}/ucspi-local-bootstrap.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
umask 022
unset CC MAKE MAKEFLAGS MAKELEVEL MFLAGS GNULIB_TOOL CONFIGURE_FLAGS BUILD_DIR
unset RUNTEST_JOBS
shell=$(command -v sh)

. "$top/testsuite/checks.sh"
checked=bootstrap
show_details ()
{
  sed 's/^/    /' "$work/asked" "$work/ran" "$work/out" "$work/err"
}

# Give the machine a program $1 with the shell text $2.
program ()
{
  printf '#!%s\n%s\n' "$shell" "$2" >"$bin/$1" && chmod 755 "$bin/$1"
}

bin=$work/bin
tree=$work/tree
base='cat cksum cp mkdir mv rm sed sh'  # the managers use cp

# Print the commands that belong to tool $1.
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
    debhelper) echo dh;;
    dpkg-dev) echo dpkg-buildpackage;;
    rpm) echo rpmbuild;;
    libcdb) echo libcdb-header;;
    libbsd | libsystemd | bash-completion) ;;
    *) echo "$1";;
  esac
}
tools='cc make autoconf automake gnulib dejagnu texinfo'

# The modules of gnulib that bootstrap.conf lists.
modules=$(. "$top/bootstrap.conf"; echo $gnulib_modules)

# Give the machine a gnulib-tool at $1 with the date $2, the option "$3" and
# the modules "$4".  Like the real one it has two implementations: if there is
# a python3 it runs another program, which cannot print its date without git.
gnulib_at ()
{
  printf '#!%s\n%s\n' "$shell" "case \$1 in
      --version)
        test ! -f '$bin/python3' || test \"\${GNULIB_TOOL_IMPL-}\" = sh \
          || { echo 'no git' >&2; exit 1; }
        echo 'gnulib-tool (GNU gnulib $2)'; echo 'Copyright';;
      --help) echo 'Usage: gnulib-tool'; echo '  $3  ...';;
      --list) for module in $4; do echo \$module; done;;
      --import)
        case \"\$*\" in
          *' $3 '*) ;;
          *) echo 'unknown option' >&2; exit 1;;
        esac
        echo gnulib-tool >>'$work/ran'; echo coverage: >maint.mk;;
      *) exit 1;;
    esac" >"$1" && chmod 755 "$1"
}

# Begin anew: a machine of the user $1 with the package manager $2 (none if
# empty) and the tools $3.  The manager installs the tools $4, but fails if it
# gets the argument $5.
machine ()
{
  rm -rf "$bin" "$tree" "$work/later"
  mkdir "$bin" "$tree" "$work/later"
  mkdir "$tree/packaging"
  cp "$top/bootstrap" "$top/bootstrap.conf" "$top/configure.ac" "$tree"
  cp "$top/packaging/changelog.sh" "$tree/packaging"
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
      # The compiler finds <stdlib.h>, and <cdb.h> if that is installed.
      cc) program gcc "case \$1 in
          -dumpmachine) echo x86_64-linux-gnu; exit;;
          -dumpversion) echo 12; exit;;
          -m32) exit;;
        esac
        read line; case \$line in
          *'<stdlib.h>'*) ;;
          *'<cdb.h>'*) test -f '$bin/libcdb-header';;
          *) exit 1;;
        esac";;
      autoconf) program autoconf "echo 'autoconf (GNU Autoconf) 2.72'";;
      gnulib) gnulib_at "$bin/gnulib-tool" 2022-01-03 --automake-subdir \
                "$modules";;
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

# Run bootstrap with the arguments "$@".
run ()
{
  (cd "$tree" && PATH=$bin "$shell" ./bootstrap "$@") \
    >"$work/out" 2>"$work/err" </dev/null
  status=$?
}

# Checks of the last run.
succeeded () { test $status = 0; }
failed () { test $status = 1; }
asked () { test "$(cat "$work/asked")" = "$1"; }
said () { grep -F -x -e "$1" "$work/err" >/dev/null; }
mentioned () { grep -F -e "$1" "$work/err" >/dev/null; }
silent_of () { ! mentioned "$1"; }
ran () { test "$(cat "$work/ran")" = "$1"; }
generated="gnulib-tool
autoreconf --force --install"

# Print the words of $1 that are not in $2.
without ()
{
  for word in $1; do
    case " $2 " in
      *" $word "*) ;;
      *) printf '%s ' $word;;
    esac
  done
}

# bootstrap looks for these by absolute names, which cannot be simulated.
found=
for file in /usr/share/bash-completion /usr/local/share/bash-completion \
            /usr/pkg/share/bash-completion; do
  test ! -r $file/bash_completion || found=bash-completion
done
test ! -x /usr/sbin/lighttpd || found="$found lighttpd"
{ test ! -x /sbin/openrc-run && test ! -f /etc/init.d/rc; } \
  || found="$found openrc"
test ! -x /usr/sbin/debootstrap || found="$found debootstrap"
test ! -f /usr/share/i18n/locales/tr_TR || found="$found locales"

most='cc make autoconf gnulib dejagnu texinfo'
shells='bash bash-completion'
for manager in apt dnf apk pacman zypper pkg pkgin; do
  # The program; its argument for installing; the command without packages; the
  # packages of all tools; those for --extras; and tools without a package.
  program=$manager
  verb=install
  none=
  refresh=
  rest='make autoconf automake'
  case $manager in
    apt)
      program=apt-get
      refresh='apt-get update'
      command='apt-get install -y --no-remove --no-install-recommends'
      packages="gcc libc6-dev $rest gnulib dejagnu texinfo"
      extras='clang curl fish git libbsd-dev libcdb-dev libsystemd-dev'
      extras="$extras lighttpd mandoc musl-tools nodejs openrc python3 runit"
      extras="$extras execline s6 util-linux socat strace daemontools"
      extras="$extras ucspi-unix valgrind zsh";;
    dnf)
      command='dnf install -y'
      packages="gcc glibc-devel $rest gnulib-devel dejagnu texinfo"
      extras='clang curl fish git libbsd-devel tinycdb-devel systemd-devel'
      extras="$extras lighttpd mandoc nodejs python3 util-linux strace"
      extras="$extras valgrind zsh";;
    apk)
      verb=add
      command='apk add --update-cache'
      packages="gcc musl-dev $rest dejagnu texinfo"
      extras='clang curl fish git libbsd-dev tinycdb-dev lighttpd mandoc'
      extras="$extras nodejs python3 execline s6 util-linux strace valgrind"
      extras="$extras zsh"
      none=gnulib;;
    pacman)
      verb=-S
      command='pacman -S --needed --noconfirm'
      packages="gcc $rest dejagnu texinfo"
      extras='clang curl fish git libbsd tinycdb systemd lighttpd mandoc'
      extras="$extras nodejs python util-linux strace valgrind zsh"
      none=gnulib;;
    zypper)
      refresh='zypper --non-interactive refresh'
      command='zypper --non-interactive install'
      packages="gcc glibc-devel $rest gnulib dejagnu texinfo"
      extras='clang curl fish git libbsd-devel systemd-devel lighttpd mandoc'
      extras="$extras nodejs python3 util-linux strace valgrind zsh";;
    pkg)
      refresh='pkg update'
      command='pkg install -y'
      packages="gcc g$rest dejagnu texinfo"
      extras='llvm curl fish git tinycdb lighttpd mandoc node python3 execline'
      extras="$extras s6 valgrind zsh"
      none=gnulib;;
    pkgin)
      refresh='pkgin -y update'
      command='pkgin -y install'
      packages="g$rest dejagnu gtexinfo"
      extras='clang curl fish git tinycdb lighttpd mandoc nodejs zsh'
      none='cc gnulib';;
  esac
  # If there is no package of gnulib, git is needed to get it.
  case $none in
    *gnulib) git=' git';;
    *) git=;;
  esac
  # The command that is run for root differs from the one that is printed for a
  # user.
  told="${refresh:+$refresh && }$command"
  before=${refresh:+"$refresh
"}
  after=
  case $manager in
    apt) after=' -o DPkg::Lock::Timeout=600';;
    # pacman: do not upgrade root's system unasked.  A user who runs the
    # printed command sees what it does.
    pacman) told='pacman -Syu --needed --noconfirm';;
  esac
  packaged=$(without "$tools" "$none")

  machine 1000 $program '' ''
  run
  check "$manager: without the tools, bootstrap of a user fails" failed
  check "$manager: for a user, the message has the missing tools" \
    said "bootstrap: missing: $tools "
  check "$manager: for a user, the message has the command" \
    said "bootstrap: as root, run: $told $packages$git"
  check "$manager: for a user, the message has only one command" \
    test "$(grep -c 'as root, run' "$work/err")" = 1
  check "$manager: for a user, no message says that an installation failed" \
    silent_of 'still missing'
  check "$manager: for a user, the manager is not called" asked ''
  check "$manager: without the tools, nothing is generated" ran ''
  for tool in $tools; do
    case " $none " in
      *" $tool "*)
        check "$manager: a user learns that $tool has no package" \
          said "bootstrap: there is no package here for: $tool";;
      *)
        check "$manager: no message says that $tool has no package" \
          silent_of "no package here for: $tool";;
    esac
  done

  machine 1000 $program "$most" ''
  run
  check "$manager: without one tool, bootstrap of a user fails" failed
  check "$manager: for a user, the command installs only the missing tool" \
    said "bootstrap: as root, run: $told automake"

  machine 0 $program "$none" "$packaged"
  run
  check "$manager: for root, bootstrap installs the missing tools" succeeded
  check "$manager: for root, the manager is called once for all packages" \
    asked "$before$command $packages$after"
  check "$manager: for root, bootstrap generates all files" ran "$generated"

  machine 0 $program "$most" automake
  run
  check "$manager: for root, the manager is called only for the missing tool" \
    asked "$before$command automake$after"
  check "$manager: for root, bootstrap continues after one package" \
    ran "$generated"

  for user in 0 1000; do
    machine $user $program "$tools" ''
    run
    check "$manager: with all tools, bootstrap of user $user succeeds" \
      succeeded
    check "$manager: with all tools, user $user does not call the manager" \
      asked ''
    check "$manager: with all tools, user $user generates all files" \
      ran "$generated"
    run --check-tools
    check "$manager: with all tools, --check-tools of user $user succeeds" \
      succeeded
  done

  machine 0 $program "$none" "$packaged" $verb
  run
  check "$manager: bootstrap fails if the manager fails" failed
  check "$manager: the message about the manager has step and packages" \
    said "bootstrap: unable to install: $packages"
  check "$manager: nothing is generated if the manager fails" ran ''
  if test $manager = pacman; then
    check "$manager: the message has the command that upgrades the system" \
      said "  $told $packages"
  fi
  if test -n "$refresh"; then
    machine 0 $program "$none" "$packaged" "${refresh##* }"
    run
    check "$manager: bootstrap fails if lists cannot be updated" failed
    check "$manager: the message says that lists cannot be updated" \
      said 'bootstrap: unable to update the list of packages'
    check "$manager: nothing is installed if lists cannot be updated" \
      asked "$refresh"
  fi

  machine 0 $program "$none" "$(without "$packaged" texinfo)"
  run
  check "$manager: bootstrap fails if a tool was not installed" failed
  check "$manager: the message has the tool that was not installed" \
    said "bootstrap: still missing: texinfo "

  machine 0 $program "$most" automake
  run --check-tools
  check "$manager: --check-tools fails if a tool is missing" failed
  check "$manager: --check-tools prints the missing tool" \
    said "bootstrap: missing: automake "
  check "$manager: --check-tools calls no manager" asked ''

  machine 1000 $program "$tools" ''
  run --extras
  check "$manager: --extras names the packages that some tests use" \
    said "bootstrap: as root, run: $told $(
      echo $(without "$shells $extras" "$found"))"

  # --matrix knows the packages of one system.
  run --matrix
  if test $manager = apt; then
    matrix='bmake gcc-12-multilib libc6-dev-i386 gcc-s390x-linux-gnu'
    matrix="$matrix libc6-dev-s390x-cross qemu-user"
    check "$manager: --matrix names compilers" \
      said "bootstrap: as root, run: $told $matrix"
    machine 0 $program '' "$tools"
    run --matrix
    check "$manager: --matrix installs compilers after the missing tools" \
      asked \
      "$before$command $packages$after
$before$command $matrix$after"
  else
    check "$manager: --matrix names no package" silent_of 'as root'
  fi

  # --hosts installs what makes minimal roots, with apt only.
  machine 1000 $program "$tools" ''
  run --hosts
  if test $manager = apt; then
    check "$manager: --hosts names the packages that make roots" \
      said "bootstrap: as root, run: $told $(
        echo $(without 'debootstrap fakeroot git locales' "$found"))"
  else
    check "$manager: --hosts names only git" \
      said "bootstrap: as root, run: $told git"
  fi

  # --packages installs what makes packages, with apt only.
  packaging='bmake libarchive-tools debhelper debootstrap dpkg-dev fakeroot'
  packaging="$packaging lintian makepkg perl rpm rpmlint shellcheck"
  run --packages
  if test $manager = apt; then
    check "$manager: --packages names the packages that make packages" \
      said "bootstrap: as root, run: $told $(
        echo $(without "$packaging libcdb-dev" "$found"))"
    run --packages --hosts
    check "$manager: a package that two options need is named once" \
      said "bootstrap: as root, run: $told $(
        echo $(without "$packaging git locales libcdb-dev" "$found"))"
    machine 0 $program "$tools" 'bmake bsdtar debhelper debootstrap dpkg-dev
      fakeroot libcdb lintian makepkg perl rpm rpmlint shellcheck'
    run --packages
    check "$manager: --packages succeeds if its packages are installed" \
      succeeded
  else
    check "$manager: --packages names no package" silent_of 'as root'
  fi

  # No package has gnulib.
  case $none in
    *gnulib)
      machine 0 $program cc "$(without "$packaged" cc)"
      run
      check "$manager: bootstrap fails without gnulib" failed
      check "$manager: a message says that only gnulib is missing" \
        said "bootstrap: still missing: gnulib "
      others=$(echo $(without "$packages" 'gcc musl-dev'))
      check "$manager: git is installed with the other packages" \
        asked "$before$command $others git"
      check "$manager: a message says how to use a checkout of gnulib" \
        said "  GNULIB_TOOL=../gnulib/gnulib-tool ./bootstrap";;
  esac
done

# CC and MAKE may have arguments and any name.
machine 1000 apt-get "$tools" ''
program ccache 'test $1 = gcc && shift && exec gcc "$@"'
export CC
for CC in 'gcc -m32' 'ccache gcc' ''; do
  # The gcc that `machine' makes does not look at the arguments after -m32.
  # This one does.
  program gcc 'test $1 != -m32 || shift
    read line
    test "$*:$line" = "-E -x c -:#include <stdlib.h>"'
  run --check-tools
  check "CC='$CC' is accepted as a compiler" succeeded
done
mv "$bin/gcc" "$bin/other"
CC='other -O'
program other 'read line; test "$*" = "-O -E -x c -"'
run --check-tools
check 'CC may name a compiler that is not called cc, gcc or clang' succeeded
CC='nowhere -O'
run --check-tools
check 'a CC that does not exist is reported as missing' \
  said 'bootstrap: missing: cc '
unset CC

# A checkout of gnulib.
machine 1000 apk "$tools" ''
mkdir "$tree/checkout"
mv "$bin/gnulib-tool" "$tree/checkout/gnulib-tool"
run
check 'bootstrap fails if gnulib-tool is not in PATH' failed
GNULIB_TOOL=checkout/gnulib-tool
export GNULIB_TOOL
run
check 'bootstrap succeeds with GNULIB_TOOL' succeeded
check 'GNULIB_TOOL imports gnulib' ran "$generated"
GNULIB_TOOL=../tree/checkout/gnulib-tool
(cd "$work/later" && PATH=$bin "$shell" ../tree/bootstrap --check-tools) \
  >"$work/out" 2>"$work/err"
status=$?
check 'GNULIB_TOOL is relative to the directory of the caller' succeeded
GNULIB_TOOL=nowhere/gnulib-tool
run
check 'bootstrap fails if GNULIB_TOOL does not exist' failed
check 'the message has the value of GNULIB_TOOL' \
  said "bootstrap: GNULIB_TOOL is\
 'nowhere/gnulib-tool', but there is no such program"
unset GNULIB_TOOL

# An autoconf that is too old.
for version in 2.69 1.99; do
  machine 0 apt-get "$tools" ''
  program autoconf "echo 'autoconf (GNU Autoconf) $version'; echo Copyright"
  run
  check "old autoconf: bootstrap fails with $version" failed
  check "old autoconf: the message has the version $version and a way out" \
    said "bootstrap: autoconf 2.71 or later is needed, and this is $version:\
 build a release of ucspi-local, which needs neither autoconf nor gnulib"
  check "old autoconf: nothing is imported with $version" ran ''
done
# The packages of an old system: autoconf and gnulib are both too old.
machine 0 apt-get "$(without "$tools" 'autoconf gnulib') git" 'autoconf gnulib'
program ../later/autoconf "echo 'autoconf (GNU Autoconf) 2.69'"
gnulib_at "$work/later/gnulib-tool" 2021-01-02 --automake "$modules"
run
check "old autoconf: bootstrap fails with packages that are too old" failed
check "old autoconf: the message is about autoconf, whatever gnulib is there" \
  said "bootstrap: autoconf 2.71 or later is needed, and this is 2.69: build a\
 release of ucspi-local, which needs neither autoconf nor gnulib"
check "old autoconf: there is no advice about gnulib" silent_of 'git clone'
for version in 2.71 2.72e 3.0; do
  machine 0 apt-get "$tools" ''
  program autoconf "echo 'autoconf (GNU Autoconf) $version'; echo Copyright"
  run
  check "old autoconf: $version is new enough" succeeded
done

# A gnulib that is too old: that of Debian 11 lacks --automake-subdir.  Another
# one may lack a module that we need.
old_tools=$(without "$tools" gnulib)
too_old ()
{
  said "bootstrap: the gnulib here is too old: $1" \
    && said "bootstrap: it is $2: gnulib-tool (GNU gnulib 2021-01-02)" \
    && said 'bootstrap: gnulib of 15 December 2021 or later is needed'
}
advised ()
{
  said '  git clone https://git.savannah.gnu.org/git/gnulib.git ../gnulib' \
    && said "  GNULIB_TOOL=../gnulib/gnulib-tool ./bootstrap$1"
}
no_option='gnulib-tool has no option --automake-subdir'
for user in 0 1000; do
  machine $user apt-get "$old_tools git" ''
  gnulib_at "$bin/gnulib-tool" 2021-01-02 --automake "$modules"
  run check RUNTESTFLAGS='a.exp b.exp'
  check "old gnulib: bootstrap of user $user fails" failed
  check "old gnulib: user $user gets a message with the missing option" \
    too_old "$no_option" "$bin/gnulib-tool"
  check "old gnulib: user $user gets a message about another checkout" \
    advised " check 'RUNTESTFLAGS=a.exp b.exp'"
  check "old gnulib: user $user does not call the manager" asked ''
  check "old gnulib: user $user imports nothing" ran ''
  run --check-tools
  check "old gnulib: --check-tools of user $user fails" failed
  check "old gnulib: --check-tools of user $user prints the reason" \
    too_old "$no_option" "$bin/gnulib-tool"

  machine $user apt-get "$old_tools git" ''
  gnulib_at "$bin/gnulib-tool" 2021-01-02 --automake-subdir \
    "$(without "$modules" 'verify year2038')"
  run
  check "old gnulib: bootstrap of user $user fails if modules are missing" \
    failed
  check "old gnulib: user $user gets a message with the missing modules" \
    too_old 'there is no module verify year2038' "$bin/gnulib-tool"
  check "old gnulib: user $user imports nothing if modules are missing" ran ''
done

machine 0 apt-get "$old_tools git" ''
gnulib_at "$work/later/gnulib-tool" 2021-01-02 --automake "$modules"
run
check 'old gnulib: an old package is noticed after its installation' \
  too_old "$no_option" "$bin/gnulib-tool"
check 'old gnulib: a message after that is about another checkout' \
  advised ''
check 'old gnulib: an old package is not imported' ran ''

machine 1000 apt-get "$(without "$old_tools" texinfo)" ''
gnulib_at "$bin/gnulib-tool" 2021-01-02 --automake "$modules"
run
check 'old gnulib: for a user, the command also installs git' \
  said "bootstrap: as root, run: apt-get update && apt-get install -y\
 --no-remove --no-install-recommends texinfo git"

machine 1000 '' "$old_tools" ''
gnulib_at "$bin/gnulib-tool" 2021-01-02 --automake "$modules"
run
check 'old gnulib: bootstrap fails if there is no manager' failed
check 'old gnulib: without a manager a message is about another checkout' \
  advised ''

machine 1000 apk "$old_tools" ''
mkdir "$tree/checkout"
gnulib_at "$tree/checkout/gnulib-tool" 2021-01-02 --automake "$modules"
GNULIB_TOOL=checkout/gnulib-tool
export GNULIB_TOOL
run
check 'old gnulib: the one in GNULIB_TOOL is checked, too' \
  too_old "$no_option" "$tree/checkout/gnulib-tool"
unset GNULIB_TOOL

# Import gnulib again only when necessary.
machine 1000 '' "$tools" ''
: >"$tree/configure"
run
check 'import: the first bootstrap imports gnulib' ran "$generated"
: >"$work/ran"
run
check 'import: the second bootstrap does not import gnulib' ran ''
program python3 true
run
check 'import: a newly installed Python does not repeat it' ran ''
gnulib_at "$bin/gnulib-tool" 2026-07-04 --automake-subdir "$modules"
run
check 'import: another gnulib repeats it' ran "$generated"

# Check how many jobs make and the tests get. $1 is the expected command, $2
# the value of RUNTEST_JOBS. "$3"... are the arguments of bootstrap.
jobs ()
{
  expected=$1
  tests=$2
  shift 2
  : >"$work/ran"
  run "$@"
  succeeded && ran "$expected [$tests]"
}
machine 1000 '' "$tools" ''
mkdir "$tree/build"
: >"$tree/build/config.status"
: >"$tree/configure"
run
program make "echo \"make \$* [\$RUNTEST_JOBS]\" >>'$work/ran'"
check 'jobs: one if the number of processors is unknown' \
  jobs 'make -j1 check' 1 check
program sysctl 'test "$*" = "-n hw.ncpu" && echo 3'
check 'jobs: sysctl counts the processors' jobs 'make -j3 check' 3 check
program getconf 'test $1 = NPROCESSORS_ONLN && echo 4'
check 'jobs: getconf counts the processors by the name in BSD' \
  jobs 'make -j4 check' 4 check
program getconf 'test $1 = _NPROCESSORS_ONLN && echo 5'
check 'jobs: getconf counts the processors' jobs 'make -j5 check' 5 check
program nproc 'echo 6'
check 'jobs: nproc counts the processors' jobs 'make -j6 check' 6 check
program nproc 'echo many'
check 'jobs: an answer that is not a number is ignored' \
  jobs 'make -j5 check' 5 check
program nproc 'echo 0'
check 'jobs: an answer of 0 processors is ignored' \
  jobs 'make -j5 check' 5 check
program nproc 'echo 6'
for flag in -j2 --jobs=2 -kj2; do
  check "jobs: the argument $flag is used" \
    jobs "make $flag check" 2 check $flag
done
check 'jobs: the arguments -j 2 are used' jobs 'make -j 2 check' 2 -- \
  -j 2 check
check 'jobs: the argument -j without a number is used' \
  jobs 'make -j check' 6 check -j
for flags in j2 kj2 ' -j2 -- A=b' '-k -j 2' ' --jobs=2'; do
  MAKEFLAGS=$flags
  export MAKEFLAGS
  check "jobs: MAKEFLAGS='$flags' is used" jobs 'make check' 2 check
done
for flags in k 'A=j3' ' -- A=-j3' --no-print-directory; do
  MAKEFLAGS=$flags
  check "jobs: MAKEFLAGS='$flags' has no effect" \
    jobs 'make -j6 check' 6 check
done
unset MAKEFLAGS
RUNTEST_JOBS=1
export RUNTEST_JOBS
check 'jobs: RUNTEST_JOBS is used' jobs 'make -j6 check' 1 check
unset RUNTEST_JOBS
check 'jobs: variables are passed to make' \
  jobs 'make -j6 A=b c check' 6 check 'A=b c'
check 'jobs: the default target is all' jobs 'make -j6 A=b all' 6 A=b
MAKE='make -s'
export MAKE
check 'jobs: MAKE may have arguments' jobs 'make -s -j6 check' 6 check
unset MAKE
check 'jobs: several targets are made one after the other' \
  jobs 'make -j6 -k check [6]
make -j6 -k all' 6 check -k all
program make "echo make \"\$*\" >>'$work/ran'; exit 2"
: >"$work/ran"
run check all
check 'jobs: no target is made after one that fails' \
  ran 'make -j6 check'
check 'jobs: bootstrap fails if a target fails' test $status = 2

# bootstrap prints beforehand how long the tests take.
told () { sed -n '/^bootstrap: the tests take/,$p' "$work/out"; }
run check
check 'time: bootstrap prints how long the tests take' test -n "$(told)"
check 'time: bootstrap prints how many tests run at a time' \
  sh -c "test \"\$(grep -c '6 run at a time (RUNTEST_JOBS)' '$work/out')\" = 1"
check 'time: bootstrap prints three ways to run fewer tests' \
  test "$(grep -c '^  ./bootstrap ' "$work/out")" = 3
run all
check 'time: bootstrap prints no time if no tests are run' test -z "$(told)"

# The first package manager that is found is used.
machine 1000 '' '' ''
run
check 'without a manager, bootstrap fails if tools are missing' \
  said "bootstrap: missing: $tools (no package manager known to this script)"
machine 1000 '' "$tools" ''
run
check 'without a manager, bootstrap succeeds with all tools' succeeded

machine 1000 apt-get "$tools" ''
run demo
check 'apt: the demo also installs python' \
  mentioned 'apt-get install -y --no-remove --no-install-recommends python3'

# There is no history: an export, or a clone without git.
all_but_dist='bootstrap: only "make dist" and targets that use it fail here'
machine 1000 '' "$tools" ''
run
check 'bootstrap succeeds in an export' succeeded
check 'in an export, a message says that there is no history' \
  said "changelog.sh: '.' has neither .git, as a clone has, nor ChangeLog, as\
 a release"
check 'in an export, a message says what does not work' said "$all_but_dist"
mkdir "$tree/.git"
run
check 'bootstrap succeeds in a clone without git' succeeded
check 'without git, a message says that git is missing' \
  said 'changelog.sh: git is not installed; install it, and try again'
program git 'case $2 in
    --show-prefix) ;;
    --is-shallow-repository) echo true;;
    *) exit 1;;
  esac'
run
check 'bootstrap succeeds in a shallow clone' succeeded
check 'in a shallow clone, a message has the command for the history' \
  said "changelog.sh: run 'git fetch --unshallow', and try again"
check 'in a shallow clone, a message says what does not work' \
  said "$all_but_dist"
program git 'case $2 in
    --show-prefix) ;;
    --is-shallow-repository) echo false;;
    *) exit 1;;
  esac'
run
check 'in a complete clone, there is no message about the history' \
  test ! -s "$work/err"

# Failures after the tools were found.
machine 0 '' "$tools" ''
program gnulib-tool "case \$1 in
    --help) echo --automake-subdir;;
    --list) echo $modules;;
    --import) exit 1;;
  esac"
run
check 'bootstrap fails if the import of gnulib fails' failed
check 'the message says that the import failed' \
  said 'bootstrap: unable to import gnulib'
check 'nothing is generated if the import fails' ran ''
machine 0 '' "$tools" ''
program autoreconf 'exit 1'
run
check 'bootstrap fails if autoreconf fails' failed
check 'the message says that configure cannot be generated' \
  said 'bootstrap: unable to generate configure'
run --no-such-option
check 'an unknown option is an error' failed

finish_checks
