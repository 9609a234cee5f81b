#!/bin/sh
# systems.sh -- build and test as on other systems, by simulating them.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# A system is a file systems/NAME.site for configure.  It makes the headers in
# shim/ come before those of Linux, and sets cache variables for what the
# system lacks.  For some systems, a library is built here as well.  This needs
# Linux with glibc.

set -u

case $0 in
  */*) here=$(cd "${0%/*}" && pwd);;
  *) here=$(pwd);;
esac
top=$(cd "$here/.." && pwd)
all=$(cd "$here/systems" && ls -- *.site | sed 's/\.site$//')
tests='serve.exp per-uid.exp signals.exp term.exp chain.exp entry.exp'
tests="$tests replaced.exp path.exp long-path.exp long.exp"

usage ()
{
  cat <<END
Usage: systems.sh [OPTION]... [SYSTEM]...
Configure, build and test the package as on SYSTEMs (default: all of them).

  --directory=DIR  build in DIR/SYSTEM (default: systems.d)
  --tests=NAMES    the tests to run, '' for all (default:
                     $tests)
  --help           print this text and exit

CC, CFLAGS and MAKE in the environment are heeded.  Systems:
$all
END
}

directory=systems.d
while test $# != 0; do
  case $1 in
    --directory=*) directory=${1#*=};;
    --tests=*) tests=${1#*=};;
    --help) usage; exit 0;;
    -*) usage >&2; exit 100;;
    *) break;;
  esac
  shift
done
test $# != 0 || set -- $all
mkdir -p "$directory" || exit 111
directory=$(cd "$directory" && pwd)

# Make the library that $shim_method needs in the current directory, with the
# settings of the site file.
make_library ()
{
  cc=${CC-cc}
  mkdir -p shim && : >shim/config.h \
    && $cc -D_GNU_SOURCE $shim_flags -Ishim -c "$here/shim/shim.c" \
         -o shim/shim.o \
    && $cc -D_GNU_SOURCE -Ishim $CPPFLAGS -c "$here/shim/$shim_method.c" \
         -o shim/method.o \
    && rm -f shim/libshim.a \
    && ar cr shim/libshim.a shim/shim.o shim/method.o
}

# Build and test SYSTEM in the current directory.
build ()
{
  libs=
  if test -n "$shim_method"; then
    make_library || return
    libs=$(pwd)/shim/libshim.a
  fi
  "$top/configure" CONFIG_SITE="$site" LIBS="$libs" && ${MAKE-make} || return
  found=$(src/s6-ipcserver --version \
            | sed -n 's/^\(Peer credentials\|Signals\|Children\): //p')
  if test "$(echo $found)" != "$shim_expects"; then
    echo "configure has found: $found"
    return 1
  fi
  ${MAKE-make} check RUNTESTFLAGS="$tests${path_max:+ PATH_MAX=$path_max}"
}

status=0
for system; do
  site=$here/systems/$system.site
  if test ! -f "$site"; then
    echo "systems.sh: no such system: $system" >&2
    exit 100
  fi
  mkdir -p "$directory/$system" || exit 111
  if (
    srcdir=$top
    CPPFLAGS=
    shim_flags=
    path_max=
    . "$site"
    # Site variables are for configure only, which reads the file itself.
    unset ${CONFIG_SITE+CONFIG_SITE}
    cd "$directory/$system" && build
  ) >"$directory/$system.log" 2>&1 </dev/null; then
    result=PASS
  else
    result=FAIL
    status=1
    tail -n 30 "$directory/$system.log" >&2
  fi
  passed=$(cat "$directory/$system"/testsuite/*.sum 2>/dev/null \
             | grep -c '^PASS:')
  echo "$result: $system, $passed tests passed; see $directory/$system.log"
done
exit $status
