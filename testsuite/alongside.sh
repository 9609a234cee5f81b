#!/bin/sh
# alongside.sh -- check what --enable-alongside installs.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Usage: alongside.sh TARBALL
#
# Print one line for each check: PASS, FAIL or UNSUPPORTED.  Exit with 0 if
# none failed.  CC, CFLAGS and MAKE in the environment are heeded.

set -u
LC_ALL=C
export LC_ALL
umask 022
: "${MAKE=make}"

tarball=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
name=$(basename "$tarball" .tar.gz)
tools='s6-ipcserver s6-ipcserver-access s6-ipcclient
  local-stream-socket-accept local-stream-socket-listen
  local-stream-socket-connect'

# The name of the directory has a blank, which must work.
work=$(mktemp -d "${TMPDIR-/tmp}/ucspi local alongside.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work" && tar xzf "$tarball" && mkdir build && cd build || exit 1
src=../$name
dest=$work/build/dest
failed=0

# Run the command "$2"... as the check $1.
check ()
{
  what=$1
  shift
  if "$@" >"$work/log" 2>&1 </dev/null; then
    echo "PASS: $what"
  else
    tail -n 40 "$work/log"
    echo "FAIL: $what"
    failed=$((failed + 1))
    return 1
  fi
}

finish ()
{
  test "$failed" = 0
  exit
}

configure ()
{
  "$src/configure" -q -C "$@"
}

# Succeed if configure refuses the arguments and prints $1.
refuses ()
{
  wanted=$1
  shift
  ! "$src/configure" -q "$@" 2>messages && grep -e "$wanted" messages
}

for prefix in '' - -x /x 'a b' 'a;b'; do
  check "'$prefix' is refused as a prefix" \
    refuses 'not a prefix' "--enable-alongside=$prefix"
done
check 'a prefix that --program-transform-name removes is refused' \
  refuses 's6-ipcserver would be called s6-ipcserver' \
  --enable-alongside=s6- --program-transform-name='s,^s6-,,'

check configure configure --enable-alongside --prefix=/usr \
  --libexecdir=/usr/lib || finish
check make "$MAKE" || finish
check 'make install' "$MAKE" install DESTDIR="$dest" || finish

# Print all files and links below the directory $1, by their names below it.
files ()
{
  (cd "$1" && find . ! -type d) | sed 's,^\.,,' | sort
}

# Outside of our own directories, nothing may have a name that another package
# could install as well.
no_true_names ()
{
  files "$dest" | grep -v -e '^/usr/lib/ucspi-local/' -e '/doc/ucspi-local/' \
    >names
  cat names
  for tool in $tools; do
    ! grep "/_*$tool\(\.[0-9a-z.]*\)*\$" names || return 1
    for place in bin/ share/man/man1/; do
      grep "^/usr/${place}ucspi-$tool\(\.1\)*\$" names || return 1
    done
  done
}
check 'no installed name is that of another package' no_true_names

true_names ()
{
  at=/usr/lib/ucspi-local
  for tool in $tools; do
    echo "$at/bin/$tool"
    echo "$at/man/man1/$tool.1"
  done | sort >wanted
  files "$dest$at" | sed "s,^,$at," | diff wanted -
}
check 'programs and pages have their true names' true_names

# The program $1 must call itself $2.
calls_itself ()
{
  "$1" --version | sed 1q | grep "^$2 (ucspi-local" \
    && "$1" --help | sed 1q | grep "^Usage: $2 " \
    && ! "$1" --no-such-option 2>messages \
    && grep "^$2: .*(see '$2 --help')" messages
}
both_names ()
{
  for tool in $tools; do
    link=$dest/usr/bin/ucspi-$tool
    program=$dest/usr/lib/ucspi-local/bin/$tool
    test -h "$link" && cmp "$link" "$program" \
      && calls_itself "$link" "ucspi-$tool" \
      && calls_itself "$program" "$tool" || { echo "$tool"; return 1; }
  done
}
check 'a program uses the name by which it is started' both_names

# In the directory $1, the names of the pages begin with $2.  Each page must
# call the tool by its name with this prefix, must give the paths of both kinds
# of names, and must refer only to pages in $1.
pages ()
{
  for tool in $tools; do
    page=$1/$2$tool.1
    ! grep '@[A-Za-z]' "$page" \
      && grep "^\.Nm $2$tool\$" "$page" \
      && grep '^\.Pa /usr/lib/ucspi-local/bin/'"$tool" "$page" \
      && grep "^\.Pa /usr/bin/ucspi-$tool\$" "$page" \
      && grep '^PATH=/usr/lib/ucspi-local/bin:\$PATH$' "$page" \
      && grep '^\.Pa /usr/lib/ucspi-local/man ' "$page" || return 1
    sed -n 's/^\.Xr \([a-z0-9-]*socket-[a-z]*\) 1.*/\1/p' "$page" >names
    test -s names || return 1
    for other in $(cat names); do
      test -f "$1/$other.1" || { echo "$page: $other"; return 1; }
    done
  done
}
check 'the pages of installed names are right' pages \
  "$dest/usr/share/man/man1" ucspi-
check 'the pages of true names are right' pages \
  "$dest/usr/lib/ucspi-local/man/man1" ''

# man finds the page of a program in bin through ../man.
finds_page ()
{
  page=$(PATH="$dest/usr/lib/ucspi-local/bin:$PATH" man -w s6-ipcserver)
  echo "$page"
  test "$page" = "$dest/usr/lib/ucspi-local/man/man1/s6-ipcserver.1"
}
if man -w man >"$work/log" 2>&1 && manpath >"$work/log" 2>&1; then
  check 'man finds the page of the program that PATH finds' finds_page
else
  echo 'UNSUPPORTED: man finds the page (no man, or one without manpath)'
fi

# Units and run scripts must name the installed program.
examples=$dest/usr/share/doc/ucspi-local/examples
examples_find ()
{
  find "$examples" -type f -exec grep '@[a-z0-9_]*@' {} + >names
  test ! -s names || { cat names; return 1; }
  for file in daemontools/run nosh/run runit/run s6/run openrc/whoami \
    freebsd/whoami openbsd/whoami user/run cookbook/upgrade \
    fullname/run; do
    test -x "$examples/$file" || return 1
  done
  find "$examples" -type f \
    -exec sed -n 's|.*\(/usr/bin/ucspi-[a-z0-9-]*\).*|\1|p' {} + >names
  test "$(wc -l <names)" -ge 11 || return 1
  while read -r file; do
    test -x "$dest$file" || { echo "$file"; return 1; }
  done <names
}
check 'examples of services find the programs' examples_find

# systemd-analyze needs the units on which every service depends.
units=$dest/etc/systemd/system
verify ()
{
  systemd-analyze --man=no "--root=$dest" verify whoami.service whoami.socket
}
verifies ()
{
  mkdir -p "$units" && cp "$examples"/systemd/* "$units" || return 1
  for unit in basic shutdown sockets sysinit; do
    echo '[Unit]' >"$units/$unit.target"
  done
  verify || return 1
  mv "$dest/usr/bin" "$dest/usr/away"
  ! verify
  status=$?
  mv "$dest/usr/away" "$dest/usr/bin"
  rm -rf "$dest/etc"
  return $status
}
if systemd-analyze --version >"$work/log" 2>&1; then
  check 'systemd-analyze finds the program, and reports a missing one' \
    verifies
else
  echo 'UNSUPPORTED: systemd-analyze verify (there is no systemd-analyze)'
fi

# Install without DESTDIR, as one does by hand. $1 is bindir.
install_in ()
(
  "$MAKE" "$2" "prefix=$work/p" "exec_prefix=$work/p" "bindir=$1" \
    "datarootdir=$work/p/share" "libexecdir=$work/p/libexec" \
    "mandir=$work/p/man" "infodir=$work/p/info" "docdir=$work/p/doc"
)
in_place ()
{
  install_in "$1" install || return 1
  for tool in $tools; do
    calls_itself "$1/ucspi-$tool" "ucspi-$tool" || return 1
  done
  install_in "$1" uninstall && test -z "$(files "$work/p")"
}
check 'links lead to the programs, and make uninstall removes all' \
  in_place "$work/p/bin"
rm -rf "$work/p/bin"
mkdir -p "$work/elsewhere/deep/bin"
ln -s "$work/elsewhere/deep/bin" "$work/p/linked"
in_linked ()
{
  install_in "$1" install || return 1
  for tool in $tools; do
    calls_itself "$1/ucspi-$tool" "ucspi-$tool" || return 1
  done
  install_in "$1" uninstall && test -z "$(files "$work/elsewhere")"
}
check 'links lead to the programs if bindir is a link' \
  in_linked "$work/p/linked"
check 'links lead to the programs from a directory with ".." in its name' \
  in_linked "$work/p/linked/../bin"

# "make installcheck" makes this target before it runs the tests.
check 'make installcheck runs the installed programs' \
  "$MAKE" installcheck-alongside DESTDIR="$dest"
wrong_name ()
{
  rm "$dest/usr/bin/ucspi-s6-ipcclient" \
    && ln "$dest/usr/lib/ucspi-local/bin/s6-ipcserver" \
         "$dest/usr/bin/ucspi-s6-ipcclient" \
    && ! "$MAKE" installcheck-alongside DESTDIR="$dest"
}
check 'make installcheck notices a wrong program' wrong_name
uninstall_all ()
{
  "$MAKE" uninstall DESTDIR="$dest" \
    && test -z "$(files "$dest" | grep -v '/info/dir$')"
}
check 'make uninstall leaves no file' uninstall_all

# --program-suffix and similar options change the names, and the prefix is put
# before the result.
both_options ()
{
  configure --enable-alongside=our. --prefix=/usr --program-suffix=-2 \
    --program-prefix=x- && "$MAKE" && "$MAKE" install DESTDIR="$dest" \
    && calls_itself "$dest/usr/libexec/ucspi-local/bin/s6-ipcserver" \
         s6-ipcserver \
    && calls_itself "$dest/usr/bin/our.x-s6-ipcserver-2" \
         our.x-s6-ipcserver-2 \
    && grep '^\.Nm our\.x-s6-ipcclient-2$' \
         "$dest/usr/share/man/man1/our.x-s6-ipcclient-2.1" \
    && "$MAKE" uninstall DESTDIR="$dest" \
    && test -z "$(files "$dest" | grep -v '/info/dir$')"
}
check 'the prefix comes before that of --program-prefix' \
  both_options

without ()
{
  configure --disable-alongside --prefix=/usr --program-suffix=-2 \
    --program-prefix=x- && "$MAKE" && "$MAKE" install DESTDIR="$dest" \
    && calls_itself "$dest/usr/bin/x-s6-ipcserver-2" x-s6-ipcserver-2 \
    && test -f "$dest/usr/bin/x-s6-ipcserver-2" \
    && test ! -h "$dest/usr/bin/x-s6-ipcserver-2" \
    && test -z "$(find "$dest" -type f -path '*/libexec/*')" \
    && ! grep -e 'libexec/ucspi-local' -e '@[A-Z]' \
           "$dest"/usr/share/man/man1/*
}
check 'without --enable-alongside there are no true names' without
finish
