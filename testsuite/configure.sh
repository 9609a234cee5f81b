#!/bin/sh
# configure.sh -- check what configure prints when something is missing, and
# the options for packagers.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Usage: configure.sh
#
# Run configure in several ways in a temporary directory, and build the tools
# once.  CC, CFLAGS and MAKE in the environment are heeded.  For each promise,
# a line "PASS: ..." or "FAIL: ..." is printed.

set -u

case $0 in
  */*) top=$(cd "${0%/*}/.." && pwd);;
  *) top=$(cd .. && pwd);;
esac
make=${MAKE-make}
# configure cannot build in another directory if the source directory is
# configured.
if test -f "$top/config.status"; then
  echo 'UNSUPPORTED: configure: all of it (the source is configured:' \
    'run "make distclean" there, and build in another directory)'
  echo '0 passed, 0 failed'
  exit 0
fi
work=$(mktemp -d "${TMPDIR-/tmp}/ucspi-local-configure.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work" || exit 1
mkdir build || exit 1
unset CONFIG_SITE MAKEFLAGS MAKELEVEL MFLAGS

. "$top/testsuite/checks.sh"
checked=configure
show_details ()
{
  grep -e WARNING -e 'error: ' -e ' summary ' -A 24 out | tail -n 40 \
    | sed 's/^/    /'
}

# Run configure with the arguments and the cache of the first run.  If $create
# is --no-create, it makes no makefile and no header, which saves time.
create=--no-create
configure ()
{
  test ! -f cache || cp cache build/cache
  (cd build && "$top/configure" --cache-file=cache $create "$@") \
    >out 2>&1 </dev/null
  status=$?
  test -f cache || cp build/cache cache
}
succeeded () { test $status = 0; }
refused () { test $status != 0 && said "configure: error: $1"; }
# Succeed if the output, or the file $2, has the line $1, or contains $1.
said () { grep -F -x -e "$1" "${2-out}" >/dev/null; }
mentioned () { grep -F -e "$1" "${2-out}" >/dev/null; }
# Print how many warnings of missing features there are.
warnings () { grep -c 'WARNING: .* is missing: ' out; }

# Values that a packager may not use.
alone='--with-packager-version and --with-packager-bug-reports need'
tab=$(printf '\t')
for value in 'Some "Linux"' 'Some \ Linux'; do
  for option in packager packager-version packager-bug-reports; do
    configure --with-packager=Some --with-$option="$value"
    check "--with-$option=$value is refused" \
      refused "--with-$option: the value must not contain a quotation mark or\
 a backslash"
  done
done
for value in "Some${tab}Linux" 'Some
Linux'; do
  configure --with-packager="$value"
  check "--with-packager with a control character is refused" \
    refused '--with-packager: the value must not contain a control character'
done
for value in --with-packager --with-packager=; do
  configure $value
  check "$value is refused" refused '--with-packager needs a value'
done
for option in --with-packager-version --with-packager-bug-reports; do
  for without in '' --without-packager; do
    configure $without $option=1
    check "$option $without is refused without a packager" \
      refused "$alone --with-packager"
  done
done
rm -f cache

# Values that a packager may use.
name="O'Neil & Sons %s|\$HOME \`id\` #1 @srcdir@ {~^}"
version='0.1-2~deb+1 100%n'
bugs='<https://bugs.example.org/a-b?c=d&e=~f>'
create=
configure --with-packager="$name" --with-packager-version="$version" \
  --with-packager-bug-reports="$bugs"
check 'a packager with special characters is accepted' succeeded
check 'the summary names the packager' \
  said "  packager          $name ($version), bugs to: $bugs"
"$make" -C build >log 2>&1 </dev/null || tail -n 30 log
for tool in s6-ipcserver s6-ipcserver-access s6-ipcclient \
  local-stream-socket-accept local-stream-socket-connect \
  local-stream-socket-listen
do
  build/src/$tool --version >text 2>&1
  check "$tool --version names the packager, in its second line" \
    test "$(sed -n 2p text)" = "Packaged by $name ($version)"
  build/src/$tool --help >text 2>&1
  check "$tool --help ends with the packager's address" \
    test "$(sed -n '$p' text)" = "Report $name bugs to: $bugs"
  page=build/doc/$tool.1
  check "the page of $tool names the packager" said \
    "This package was made by O\\(aqNeil & Sons %s|\$HOME \\(gaid\\(ga #1\
 @srcdir@ {\\(ti\\(ha} (0.1\\-2\\(tideb+1 100%n)." $page
  check "the page of $tool has the address" said \
    'Report its bugs to: <https://bugs.example.org/a\-b?c=d&e=\(tif>' $page
  check "the page of $tool has no mark left" \
    test "$(grep -c '^@' $page)" = 0
done
if ! command -v readelf >/dev/null 2>&1; then
  echo 'UNSUPPORTED: configure: sections of the tools (no readelf here)'
elif ! said '  unwind tables     left out' \
  || ! find build/src build/lib -name '*.o' -exec readelf -S {} + >text 2>&1 \
  || ! mentioned .text text
then
  echo 'UNSUPPORTED: configure: unwind tables of the tools (with these flags)'
else
  check 'the tools have no unwind tables' \
    test "$(grep -c '\.eh_frame' text)" = 0
fi
if command -v mandoc >/dev/null 2>&1; then
  mandoc -T utf8 build/doc/s6-ipcserver.1 | sed "s/.$(printf '\b')//g" \
    | tr -s ' \n' ' ' >text
  check 'the page shows name and address unchanged' \
    mentioned "made by $name ($version). Report its bugs to: $bugs" text
else
  echo 'UNSUPPORTED: configure: how a page shows a packager (no mandoc here)'
fi

# Without a packager.
configure --without-packager
check 'without a packager configure succeeds' succeeded
check 'without a packager the summary has none' said '  packager          none'
"$make" -C build doc/s6-ipcserver.1 src/s6-ipcserver >log 2>&1 </dev/null \
  || tail -n 30 log
build/src/s6-ipcserver --version >text
check 'without a packager --version has none' \
  test "$(grep -c -i packag text)" = 0
check 'without a packager the page has none' \
  test "$(grep -c -e 'package was made by' -e '^@' -e '^$' \
    build/doc/s6-ipcserver.1)" = 0

create=--no-create
# A system with every feature that makes sockets safer, and then without one of
# them.  The settings in $linux tell configure that all of them exist.
linux='ac_cv_have_decl_SO_PASSSEC=yes ac_cv_header_linux_un_h=yes
  ac_cv_have_decl_SIOCUNIXFILE=yes ac_cv_have_decl_O_PATH=yes
  ucspi_cv_func_getxattr=yes ac_cv_func_flock=yes'
configure $linux
check 'if nothing is missing, there is no warning' test "$(warnings)" = 0
check 'if nothing is missing, the summary shows that' \
  said '  less safe         nothing'

# With the settings $1, configure must report that $2 is missing, and print the
# way out $3 and the loss $4.
misses ()
{
  configure $linux $1
  check "without $2: configure succeeds" succeeded
  check "without $2: there is one warning" test "$(warnings)" = 1
  check "without $2: the warning has its name" \
    mentioned "WARNING: $2 is missing: "
  check "without $2: the warning has a way out" mentioned "; $3"
  check "without $2: the summary shows what is missing" \
    mentioned "      without $2: $4"
}
misses 'ac_cv_header_linux_un_h=no ac_cv_have_decl_SIOCUNIXFILE=no' \
  linux/un.h 'install the headers of the Linux kernel' 'the file of a new'
check 'without linux/un.h: the summary shows what is done instead' \
  said '  new sockets       looked up by name (missing: SIOCUNIXFILE)'
misses ac_cv_have_decl_SIOCUNIXFILE=no SIOCUNIXFILE \
  'linux/un.h is older than Linux 4.13' 'the file of a new'
misses ac_cv_have_decl_O_PATH=no O_PATH 'use a C library' \
  'files are known by their names'
misses ucspi_cv_func_getxattr=no getxattr 'use a C library' \
  'if the directory of a new socket has a default access control list'
misses ac_cv_func_flock=no flock 'use a C library' \
  'files of a server that was killed'

# Another system has none of these features, and no user can change that.
configure ac_cv_have_decl_SO_PASSSEC=no ac_cv_header_linux_un_h=no \
  ac_cv_have_decl_SIOCUNIXFILE=no ac_cv_have_decl_O_PATH=no \
  ucspi_cv_func_getxattr=no ac_cv_func_flock=no ac_cv_header_sys_vfs_h=no
check 'there is no warning about what a system cannot have' \
  test "$(warnings)" = 0
check 'the summary shows what a system cannot have' \
  said '  new sockets       looked up by name (missing: SIOCUNIXFILE)'
check 'the summary shows that LISTEN_PIDFDID cannot be set' \
  said '      LISTEN_PIDFDID is not set (missing: SYS_pidfd_open)'

# Unwind tables.
rm -f cache build/cache
configure CFLAGS=-O1
check 'unwind tables are left out by default' \
  said '  unwind tables     left out'
rm -f cache build/cache
configure CFLAGS='-O1 -fasynchronous-unwind-tables'
check 'unwind tables are kept if CFLAGS ask for them' \
  said '  unwind tables     kept'
rm -f cache build/cache
configure --enable-unwind-tables
check '--enable-unwind-tables keeps unwind tables' \
  said '  unwind tables     kept'
rm -f cache build/cache
configure CFLAGS=-fsanitize=undefined
if succeeded; then
  check 'unwind tables are kept with a sanitizer' \
    said '  unwind tables     kept'
else
  echo 'UNSUPPORTED: configure: unwind tables with a sanitizer (none here)'
fi
rm -f cache build/cache

# The library for cdb files is optional.
configure ucspi_cv_lib_cdb=no
check 'without libcdb configure succeeds' succeeded
check 'without libcdb the summary says what is missing' \
  said '  rules in cdb      none (missing: libcdb of tinycdb)'
configure ucspi_cv_lib_cdb=no --with-cdb
check '--with-cdb without libcdb fails, and the message has its packages' \
  refused '--with-cdb: cdb.h and libcdb of tinycdb are missing; install the'\
' package that is called libcdb-dev, tinycdb-devel, tinycdb-dev or tinycdb'
configure ucspi_cv_lib_cdb=yes --without-cdb
check '--without-cdb does not use libcdb' \
  said '  rules in cdb      none (asked for)'
configure ucspi_cv_lib_cdb=yes
check 'libcdb is used if it is installed' said '  rules in cdb      libcdb'
configure --with-cdb=/usr/local
check '--with-cdb=DIRECTORY fails, and the message has a way out' \
  refused '--with-cdb=/usr/local: this option takes no value; name'\
' directories in CPPFLAGS and LDFLAGS'
# A file cdb.h of another package.
mkdir other
echo 'struct cdb { int fd; }; void cdb_init (struct cdb *, int);' >other/cdb.h
rm -f cache build/cache
configure CPPFLAGS="-I$work/other"
check 'a cdb.h of another library is not used' \
  said '  rules in cdb      none (missing: libcdb of tinycdb)'

# With a library behind the source, clang is silent about this flag when it
# links, and fails or warns when it only compiles.
case $(uname -m) in
  x86_64)
    if command -v clang >/dev/null; then
      rm -f cache build/cache
      configure CC=clang LIBS=-lm
      check 'a flag that clang takes only when it links is not used' \
        said 'checking whether clang takes -mbranch-protection=standard ... no'
    fi;;
esac

finish_checks
