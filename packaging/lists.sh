#!/bin/sh
# lists.sh -- the lists of files of those packages that have one.
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

# Usage: lists.sh ROOT VERSION OUTPUT
# ROOT is what "make install DESTDIR=ROOT" has filled, with the prefix /usr.
# The lists go to OUTPUT/SYSTEM/.

set -eu

root=$1
version=$2
output=$3

# The installed files under $root/usr, but for the index of info, which is
# everybody's.
files ()
{
  (cd "$root/usr" && find . ! -type d ! -name dir) | sed 's,^\./,,' \
    | LC_ALL=C sort
}

mkdir -p "$output/freebsd" "$output/pkgsrc" "$output/openbsd/pkg" \
  "$output/solaris"

# info/ is added by the framework.
files | sed -e '/^share\/info\//d' -e '/^share\/man\//s/$/.gz/' \
  >"$output/freebsd/pkg-plist"

{
  # In two parts: this file is not under their version control.
  printf '@comment %sNetBSD$\n' '$'
  files | sed -e 's,^share/info/,info/,' -e 's,^share/man/,man/,' \
    | LC_ALL=C sort
} >"$output/pkgsrc/PLIST"

files | sed -e 's,^bin/,@bin &,' -e 's,^share/info/,@info info/,' \
  -e 's,^share/man/,@man man/,' >"$output/openbsd/pkg/PLIST"

{
  echo "set name=pkg.fmri value=pkg:/network/ucspi-local@$version"
  echo 'set name=pkg.summary \'
  echo '    value="Servers and tools for local (AF_UNIX) stream sockets"'
  echo 'set name=info.classification \'
  echo '    value=org.opensolaris.category.2008:Applications/Internet'
  echo 'set name=variant.arch value=$(ARCH)'
  echo 'license COPYING license=GPLv3'
  files | while read -r file; do
    case $file in
      bin/*) echo "file path=usr/$file owner=root group=bin mode=0555";;
      *) echo "file path=usr/$file owner=root group=bin mode=0444";;
    esac
  done
} >"$output/solaris/ucspi-local.p5m"
