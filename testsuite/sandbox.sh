#!/bin/sh
# sandbox.sh -- run a command in a sandbox, with the directories and accounts
# that the examples of the documents use.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: FSFAP
#
# Usage: sandbox.sh DIR TOOLDIR COMMAND [ARG]...
#
# The command has a /run of its own, with an empty /run/example in it, and its
# own /etc and /usr/libexec.  No other process sees these.  DIR/etc and
# DIR/libexec are copied into them.  The programs in TOOLDIR and DIR/bin come
# first in PATH.  There are accounts example (1500), alice (1601),
# bob (1602), carol (1603) and dave (1604), of groups of these names and
# numbers, and a group friends (1700) with alice, carol and dave in it.  The
# current directory is DIR.
#
# It exits with 77 if the system does not allow that.

if test "$1" != --inside; then
  unshare -m true >/dev/null 2>&1 || exit 77
  exec unshare -m -- "$0" --inside "$@" || exit 77
fi
shift
dir=$1 tools=$2
shift 2
umask 022
mount -t tmpfs -o mode=755 sandbox /run || exit 77
mkdir /run/bin /run/example /run/etc /run/libexec || exit 77
cp -R /etc/. /run/etc 2>/dev/null
test ! -d /usr/libexec || cp -R /usr/libexec/. /run/libexec
for tool in "$tools"/*; do
  if test -f "$tool" && test -x "$tool"; then
    # If the tool was built under umask 077, only root could run the copy.
    { cp "$tool" /run/bin && chmod 755 "/run/bin/${tool##*/}"; } || exit 77
  fi
done
for part in bin etc libexec; do
  test ! -d "$dir/$part" || cp -R "$dir/$part/." /run/$part || exit 77
done
cat >>/run/etc/passwd <<'END' || exit 77
example:x:1500:1500:Example service:/:/bin/sh
alice:x:1601:1601:Alice:/:/bin/sh
bob:x:1602:1602:Bob:/:/bin/sh
carol:x:1603:1603:Carol:/:/bin/sh
dave:x:1604:1604:Dave:/:/bin/sh
END
cat >>/run/etc/group <<'END' || exit 77
example:x:1500:
alice:x:1601:
bob:x:1602:
carol:x:1603:
dave:x:1604:
friends:x:1700:alice,carol,dave
END
mount --bind /run/etc /etc || exit 77
mkdir -p /usr/libexec && mount --bind /run/libexec /usr/libexec || exit 77
PATH=/run/bin:$PATH
export PATH
cd "$dir" || exit 77
exec "$@"
