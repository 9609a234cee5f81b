#!/bin/sh
# check.sh -- build the packages that can be built here, and use them.
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

# Usage: check.sh TARBALL
# One line a check: PASS, FAIL, UNTESTED (a tool or root is missing) or
# UNPROVEN (there is nothing here that could say).  The exit status is 0 if
# nothing failed and something passed.

set -u

LC_ALL=C
export LC_ALL
umask 022

tarball=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
name=$(basename "$tarball" .tar.gz)
version=${name##*-}

work=$(mktemp -d "${TMPDIR-/tmp}/ucspi-local-packages.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

passed=0
failed=0

has ()
{
  command -v "$1" >/dev/null 2>&1
}

pass ()
{
  echo "PASS: $*"
  passed=$((passed + 1))
}

# Report that "$*" failed, and the end of the log.
fail ()
{
  tail -n 40 "$work/log"
  echo "FAIL: $*"
  failed=$((failed + 1))
}

# Run the rest as check $1.
check ()
{
  what=$1
  shift
  if "$@" >"$work/log" 2>&1 </dev/null; then
    pass "$what"
  else
    fail "$what"
    return 1
  fi
}

cd "$work" && tar xzf "$tarball" || exit 1
here=$work/$name/packaging

# Copy into root $1 what its programs need.
add_libraries ()
{
  for program in "$1"/usr/bin/*; do
    ldd "$program" | awk '{ for (i = 1; i <= NF; i++)
                              if ($i ~ /^\//) { print $i; break } }'
  done | sort -u | while read -r library; do
    mkdir -p "$1$(dirname "$library")" && cp -L "$library" "$1$library" \
      || exit 1
  done
}

# In root $1, start the server and connect to it.
use ()
{
  root=$1
  add_libraries "$root" || return 1
  mkdir -p "$root/run" "$root/dev"
  : >"$root/dev/null"
  chroot "$root" /usr/bin/s6-ipcserver --version || return 1
  chroot "$root" /usr/bin/s6-ipcserver -1 /run/s \
    /usr/bin/local-stream-socket-listen --version >"$work/ready" &
  server=$!
  tries=0
  until test -s "$work/ready" || test $tries = 100; do
    sleep 0.1
    tries=$((tries + 1))
  done
  perl -MSocket -e '
    socket (my $s, AF_UNIX, SOCK_STREAM, 0) or die;
    connect ($s, pack_sockaddr_un ($ARGV[0])) or die "connect: $!";
    print while <$s>' "$root/run/s" >"$work/answer"
  kill $server
  wait $server
  cat "$work/answer"
  grep "$version" "$work/answer"
}

# Which pages and programs are in root $1, and that no directory of info is.
is_complete ()
{
  for program in s6-ipcserver s6-ipcserver-access s6-ipcclient \
    local-stream-socket-listen local-stream-socket-accept \
    local-stream-socket-connect; do
    test -x "$1/usr/bin/$program" || return 1
    test -n "$(find "$1/usr/share/man" -name "$program.1*")" || return 1
  done
  test -n "$(find "$1/usr/share/info" -name 'ucspi-local.info*')" \
    && test ! -e "$1/usr/share/info/dir"
}

# What is asked of both kinds of packages, by the command "$2"... that installs
# one of kind $1 in the root $work/$1.root.
installed ()
{
  kind=$1
  shift
  root=$work/$kind.root
  mkdir -p "$root"
  check "$kind: it can be installed" "$@" || return
  check "$kind: programs, pages and manual are there" is_complete "$root"
  if test "$(id -u)" = 0; then
    check "$kind: the server serves where just this is installed" use "$root"
  else
    echo "UNTESTED: $kind: the server serves (needs root)"
  fi
}

build_debian ()
(
  cp "$tarball" "ucspi-local_$version.orig.tar.gz" \
    && mkdir deb && cd deb && tar xzf "$tarball" && cd "$name" \
    && mv ../../ucspi-local_*.orig.tar.gz .. \
    && cp -R packaging/debian . \
    && DEB_BUILD_OPTIONS='nocheck parallel=2' \
       dpkg-buildpackage -us -uc -d
)
ask_lintian ()
(
  root=
  test "$(id -u)" != 0 || root=--allow-root
  # The bug that asks for a package is not ours to number; who maintains it
  # has to say so.
  tags=initial-upload-closes-no-bugs,bogus-mail-host
  tags=$tags,bogus-mail-host-in-debian-changelog
  lintian $root --fail-on warning --suppress-tags $tags deb/*.changes
)
if has dpkg-buildpackage && has dh; then
  if check "Debian: the package is built" build_debian; then
    if has lintian; then
      check "Debian: lintian has nothing to say" ask_lintian
    else
      echo "UNTESTED: Debian: lintian (it is not here)"
    fi
    installed Debian sh -c 'dpkg-deb -x deb/ucspi-local_*.deb Debian.root'
  fi
else
  echo "UNTESTED: Debian (dpkg-buildpackage and debhelper are not here)"
fi

build_rpm ()
{
  mkdir -p rpm/SOURCES && cp "$tarball" rpm/SOURCES \
    && rpmbuild --nodeps --define "_topdir $work/rpm" \
         --define '_build_name_fmt out.rpm' -bb "$here/rpm/ucspi-local.spec"
}
install_rpm ()
{
  if test "$(id -u)" = 0; then
    rpm --root "$work/rpm.root" --nodeps --noscripts -i rpm/RPMS/out.rpm
  else
    (cd "$work/rpm.root" && rpm2cpio ../rpm/RPMS/out.rpm | cpio -id)
  fi
}
if has rpmbuild; then
  if check "rpm: the package is built" build_rpm; then
    installed rpm install_rpm
  fi
else
  echo "UNTESTED: rpm (rpmbuild is not here)"
fi

# The lists of files are those of an installation.
install_all ()
(
  mkdir plain && cd plain && tar xzf "$tarball" && cd "$name" \
    && ./configure -q --prefix=/usr && make -j2 \
    && make install DESTDIR="$work/all"
)
check_lists ()
(
  sh "$here/lists.sh" "$work/all" "$version" "$work/lists"
  cd "$work/lists" && find . -type f >../names
  while read -r file; do
    diff "$here/$file" "$file" || exit 1
  done <../names
)
if check "the tarball is installed by make" install_all; then
  check "lists of files have what make installs" check_lists
fi

for script in alpine/APKBUILD arch/PKGBUILD; do
  if has bash; then
    check "$script: bash can read it" bash -n "$here/$script"
  fi
  if has shellcheck; then
    check "$script: shellcheck has nothing to say" \
      shellcheck "$here/$script"
  else
    echo "UNTESTED: $script: shellcheck (it is not here)"
  fi
done

# Each names the version.
versions ()
{
  for file in debian/changelog rpm/ucspi-local.spec alpine/APKBUILD \
    arch/PKGBUILD freebsd/Makefile pkgsrc/Makefile openbsd/Makefile \
    solaris/ucspi-local.p5m; do
    grep -F "$version" "$here/$file" >/dev/null || { echo "$file"; return 1; }
  done
}
check "every package is one of version $version" versions

for system in Alpine Arch FreeBSD pkgsrc OpenBSD Solaris; do
  echo "UNPROVEN: $system: its tools are not here"
done
echo "$passed passed, $failed failed"
test "$failed" = 0 && test "$passed" -gt 0
