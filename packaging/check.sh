#!/bin/sh
# check.sh -- build the packages that can be built here, and use them.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Usage: check.sh TARBALL [KIND...]
#
# Check the packages of each KIND: debian, rpm, arch, alpine, ports (those with
# a list of files), text.  By default check all.  With PACKAGE_TESTS=yes in the
# environment, run the tests of ucspi-local while a package is built.  Print
# one line for each check: PASS, FAIL, UNTESTED (a tool or root is missing) or
# UNPROVEN (nothing on this machine can check it).  Exit with 0 if nothing
# failed and something passed.
#
# With DEBIAN_ROOT=FILE in the environment, FILE is a tar archive of a minimal
# Debian as made by debootstrap, of the same release as this machine.

set -u

LC_ALL=C
export LC_ALL
umask 022

tarball=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
shift
kinds=${*:-debian rpm arch alpine ports text}
name=$(basename "$tarball" .tar.gz)
version=${name##*-}

work=$(mktemp -d "${TMPDIR-/tmp}/ucspi-local-packages.XXXXXX") || exit 1
server=
clean_up ()
{
  test -z "$server" || { kill "$server"; wait "$server"; }
  # With GNU rm, do not enter a mount that was left there.
  if rm -f --one-file-system 2>/dev/null; then
    rm -rf --one-file-system "$work"
  else
    rm -rf "$work"
  fi
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

passed=0
failed=0

has ()
{
  command -v "$1" >/dev/null 2>&1
}

# Succeed if the kind $1 is to be checked.
wanted ()
{
  case " $kinds " in
    *" $1 "*) true;;
    *) false;;
  esac
}

pass ()
{
  echo "PASS: $*"
  passed=$((passed + 1))
}

# Report that "$*" failed, and print the tests that have failed and the end of
# the log.
fail ()
{
  grep -E -A 12 '^(FAIL|ERROR|UNRESOLVED): ' "$work/log" | head -n 100
  tail -n 40 "$work/log"
  echo "FAIL: $*"
  failed=$((failed + 1))
}

# Run the command "$2"... as the check $1.
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

# Copy the shared libraries of the programs in the root $1 to that root.
add_libraries ()
{
  for program in "$1$programs"/*; do
    ldd "$program" | awk '{ for (i = 1; i <= NF; i++)
                              if ($i ~ /^\//) { print $i; break } }'
  done | sort -u | while read -r library; do
    mkdir -p "$1$(dirname "$library")" && cp -L "$library" "$1$library" \
      || exit 1
  done
}

# In the root $1, start the server and connect to it.
use ()
{
  root=$1
  add_libraries "$root" || return 1
  mkdir -p "$root/run" "$root/dev"
  : >"$root/dev/null"
  chroot "$root" $programs/s6-ipcserver --version || return 1
  # The server may not have opened this file yet when it is looked at.
  rm -f "$work/ready"
  chroot "$root" /usr/bin/ucspi-s6-ipcserver -1 /run/s \
    $programs/local-stream-socket-listen --version >"$work/ready" &
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
  server=
  cat "$work/answer"
  grep "$version" "$work/answer"
}

# Succeed if all programs and pages are in the root $1, and no index of info.
is_complete ()
{
  for program in s6-ipcserver s6-ipcserver-access s6-ipcclient \
    local-stream-socket-listen local-stream-socket-accept \
    local-stream-socket-connect; do
    test -x "$1$programs/$program" || return 1
    test -h "$1/usr/bin/ucspi-$program" || return 1
    test -n "$(find "$1${programs%bin}man" -name "$program.1*")" || return 1
    test -n "$(find "$1/usr/share/man" -name "ucspi-$program.1*")" || return 1
  done
  test -n "$(find "$1/usr/share/info" -name 'ucspi-local.info*')" \
    && test ! -e "$1/usr/share/info/dir"
}

no_true_name ()
{
  for file in "$1"/usr/bin/* "$1"/usr/share/man/man1/*; do
    case ${file##*/} in
      s6-*|local-stream-*) echo "$file"; return 1;;
    esac
  done
}

# Check a package of the kind $1, which the command "$2"... installs in the
# root $work/$1.root.
installed ()
{
  kind=$1
  shift
  root=$work/$kind.root
  mkdir -p "$root"
  check "$kind: it can be installed" "$@" || return
  # The directory in which the programs have their true names.
  programs=$(cd "$root" && echo usr/lib*/ucspi-local/bin)
  programs=/$programs
  check "$kind: nothing has the name of a program of s6 or nosh" \
    no_true_name "$root"
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
    && DEB_BUILD_OPTIONS="$debian_check parallel=2" \
       dpkg-buildpackage -us -uc -d
)
# Tags of lintian that remain: the package has no home yet; or one release of
# Debian wants something that another does not know.  See packaging/README.
remaining=initial-upload-closes-no-bugs,bogus-mail-host
remaining=$remaining,bogus-mail-host-in-debian-changelog
remaining=$remaining,debian-watch-does-not-check-openpgp-signature
remaining=$remaining,upstream-metadata-missing-repository
remaining=$remaining,upstream-metadata-missing-bug-tracking
remaining=$remaining,newer-standards-version,duplicate-files
remaining=$remaining,older-debian-watch-file-standard
remaining=$remaining,package-uses-old-debhelper-compat-version
remaining=$remaining,redundant-priority-optional-field
remaining=$remaining,redundant-rules-requires-root-no-field
ask_lintian ()
(
  root=
  test "$(id -u)" != 0 || root=--allow-root
  # lintian cannot suppress a tag that it does not know.
  lintian $root -EvIL +pedantic deb/*.changes >lintian.out || cat lintian.out
  # lintian has not run if it has not found this tag, which it always finds.
  grep initial-upload-closes-no-bugs lintian.out || return 1
  ! grep '^[A-MO-Z]: ' lintian.out \
    | grep -v -E ": ($(echo "$remaining" | tr , '|'))( |\$)"
)

# Make a minimal Debian in $1.
debian_root ()
{
  root=$1
  mkdir "$root" || return 1
  if test -n "${DEBIAN_ROOT-}"; then
    tar xf "$DEBIAN_ROOT" -C "$root" || return 1
  else
    # Use new namespaces, so that mounts and processes end with it.
    unshare --mount --pid --fork --kill-child \
      debootstrap --variant=minbase "$suite" "$root" || return 1
  fi
  # In the archive, this may be a symbolic link to a file outside the root.
  rm -f "$root/etc/resolv.conf"
  test ! -e /etc/resolv.conf || cp /etc/resolv.conf "$root/etc/resolv.conf"
}
# Run the command "$@" in $root, in new namespaces.
in_root ()
{
  unshare --mount --pid --fork --kill-child sh -c '
    root=$1
    shift
    mount -t proc proc "$root/proc" && mount --rbind /dev "$root/dev" \
      && exec chroot "$root" "$@"' sh "$root" "$@"
}
# Build the package with nothing but its Build-Depends, install it, and run a
# few of its tests with the installed programs.
build_in_root ()
{
  root=$work/build.root
  debian_root "$root" && mkdir "$root/build" "$root/build/tmp" \
    && cp "$tarball" "$root/build/ucspi-local_$version.orig.tar.gz" \
    && tar xzf "$tarball" -C "$root/build" \
    && cp -R "$here/debian" "$root/build/$name" \
    && DEBIAN_FRONTEND=noninteractive in_root sh -ec '
         options=$1
         cd "$2"
         apt-get update
         apt-get install -y --no-install-recommends build-essential
         apt-get build-dep -y --no-install-recommends ./
         DEB_BUILD_OPTIONS=$options dpkg-buildpackage -us -uc
         dpkg -i ../ucspi-local_*.deb
         AUTOPKGTEST_TMP=/build/tmp RUNTESTFLAGS="serve.exp chain.exp" \
           sh debian/tests/installcheck
       ' sh "$debian_check parallel=2" "/build/$name"
}
# Run the test that uses this package and s6 together, with nothing else
# installed.
beside_s6 ()
{
  root=$work/beside.root
  debian_root "$root" || return 1
  chroot "$root" apt-get update \
    && chroot "$root" apt-get install -y --no-install-recommends s6 \
    && cp deb/ucspi-local_*.deb "$root/tmp/ucspi-local.deb" \
    && chroot "$root" apt-get install -y --no-install-recommends \
         /tmp/ucspi-local.deb \
    && cp "$here/debian/tests/beside-s6" "$root/tmp" \
    && chroot "$root" sh /tmp/beside-s6 \
    && chroot "$root" dpkg -s s6 ucspi-local \
    && chroot "$root" dpkg -P ucspi-local \
    && test -x "$root/usr/bin/s6-ipcserver" \
    && test ! -e "$root/usr/lib/ucspi-local"
}
if ! wanted debian; then
  :
elif has dpkg-buildpackage && has dh; then
  debian_check=nocheck
  test -z "${PACKAGE_TESTS-}" || debian_check=
  if check "Debian: the package is built" build_debian; then
    if has lintian; then
      check "Debian: lintian has nothing to say" ask_lintian
    else
      echo "UNTESTED: Debian: lintian (it is not here)"
    fi
    installed Debian sh -c 'dpkg-deb -x deb/ucspi-local_*.deb Debian.root'
    suite=$(. /etc/os-release && echo "${VERSION_CODENAME-}")
    if test "$(id -u)" != 0; then
      echo "UNTESTED: Debian: beside s6, and its Build-Depends (needs root)"
    elif test -z "${DEBIAN_ROOT-}" && ! has debootstrap; then
      echo "UNTESTED: Debian: beside s6, and its Build-Depends" \
        "(debootstrap is not here)"
    else
      check "Debian: it is used beside s6, in the same run script" beside_s6
      check "Debian: it is built with its Build-Depends alone, and tested" \
        build_in_root
    fi
  fi
else
  echo "UNTESTED: Debian (dpkg-buildpackage and debhelper are not here)"
fi

build_rpm ()
{
  mkdir -p rpm/SOURCES && cp "$tarball" rpm/SOURCES \
    && rpmbuild --nodeps "$without_check" --define "_topdir $work/rpm" \
         --define 'debug_package %{nil}' \
         --define '_build_name_fmt out.rpm' -ba "$here/rpm/ucspi-local.spec"
}
install_rpm ()
{
  if test "$(id -u)" = 0; then
    rpm --root "$work/rpm.root" --nodeps --noscripts -i rpm/RPMS/out.rpm
  else
    (cd "$work/rpm.root" && rpm2cpio ../rpm/RPMS/out.rpm | cpio -id)
  fi
}
# The package may require only the C library and libcdb, not the shells of the
# examples.
few_requirements ()
{
  rpm -qp --requires rpm/RPMS/out.rpm
  ! rpm -qp --requires rpm/RPMS/out.rpm \
    | grep -v -e '^libc\.so' -e '^libcdb\.so\.1' \
        -e '^rpmlib(' -e '^rtld(' -e '^ld-linux'
}
# Filter what a distribution with rpm does itself and Debian's rpm does not:
# names of packagers, stripping, compression of pages, triggers for info, and
# the list of licenses.  Filter what the package has no home for yet, and what
# is intended: gnulib has no version, and two scripts of an example are the
# same.
ask_rpmlint ()
{
  cat >rpmlint.toml <<'END'
Filters = [
    "files-duplicate .*/examples/nosh/",
    "info-files-without-install-info-post",
    "infopage-not-compressed",
    "invalid-license (FSFAP|GPL-3.0-or-later|LGPL-(2.1|3.0)-or-later)$",
    "invalid-url",
    "manpage-not-compressed",
    "no-buildhost-tag",
    "no-buildroot-tag",
    "no-group-tag",
    "no-manual-page-for-binary",
    "no-packager-tag",
    "no-signature",
    "non-coherent-filename out.rpm",
    "only-non-binary-in-usr-lib",
    "unstripped-binary-or-object",
    "unversioned-explicit-provides bundled.gnulib.$",
]
END
  rpmlint -c rpmlint.toml "$here/rpm/ucspi-local.spec" rpm/RPMS/out.rpm \
    rpm/SRPMS/*.src.rpm >rpmlint.out 2>&1
  status=$?
  cat rpmlint.out
  test $status = 0 && grep ' 0 errors, 0 warnings' rpmlint.out
}
if ! wanted rpm; then
  :
elif has rpmbuild; then
  without_check='--without=check'
  test -z "${PACKAGE_TESTS-}" || without_check='--with=check'
  if check "rpm: the package is built" build_rpm; then
    if has rpmlint; then
      check "rpm: rpmlint has nothing to say" ask_rpmlint
    else
      echo "UNTESTED: rpm: rpmlint (it is not here)"
    fi
    check "rpm: it requires the C library, libcdb and no more" few_requirements
    installed rpm install_rpm
  fi
else
  echo "UNTESTED: rpm (rpmbuild is not here)"
fi

# Arch: root cannot run makepkg.
as_ordinary_user ()
{
  if test "$(id -u)" = 0; then
    setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
  else
    "$@"
  fi
}
build_arch ()
(
  mkdir arch && cp "$tarball" "$here/arch/PKGBUILD" arch && chmod 755 . \
    && cd arch || exit 1
  test "$(id -u)" != 0 || chown 65534:65534 . || exit 1
  # makepkg asks pacman which packages are installed.  Without pacman, there
  # are none.
  has pacman || PACMAN=true
  HOME=$PWD PKGDEST=$PWD SRCDEST=$PWD PKGEXT=.pkg.tar
  export HOME PACMAN PKGDEST PKGEXT SRCDEST
  as_ordinary_user makepkg --nodeps --ignorearch "$arch_check" --noconfirm
)
if ! wanted arch; then
  :
elif has makepkg && has bsdtar && has fakeroot; then
  arch_check=--nocheck
  test -z "${PACKAGE_TESTS-}" || arch_check=--check
  if check "Arch: the package is built" build_arch; then
    installed Arch sh -c 'cd Arch.root && bsdtar -xf ../arch/*.pkg.tar'
  fi
else
  echo "UNTESTED: Arch (makepkg, bsdtar and fakeroot are not all here)"
fi

# Alpine: the functions of APKBUILD, with stand-ins for those of abuild.  What
# is installed is the package itself and that with the documents.
#
# shellcheck disable=SC1091,SC2034,SC2154,SC2317 # each uses the other's names
build_alpine ()
(
  mkdir -p alpine Alpine.root && cd alpine && tar xzf "$tarball" \
    && cd "$name" || exit 1
  CBUILD=$(build-aux/config.guess) && CHOST=$CBUILD || exit 1
  pkgdir=$work/alpine/main
  . "$here/alpine/APKBUILD"
  amove ()
  {
    for moved; do
      mkdir -p "$subpkgdir/$(dirname "$moved")" \
        && mv "$pkgdir/$moved" "$subpkgdir/$moved" || return 1
    done
  }
  default_doc ()
  {
    amove usr/share/man usr/share/info usr/share/doc
  }
  build && { test -z "${PACKAGE_TESTS-}" || check; } && package || exit 1
  for subpackage in $subpackages; do
    subpkgdir=$work/alpine/$subpackage
    case $subpackage in
      *-doc) doc;;
      *-bash-completion) amove usr/share/bash-completion/completions;;
      *-fish-completion) amove usr/share/fish/vendor_completions.d;;
      *-zsh-completion) amove usr/share/zsh/site-functions;;
    esac || exit 1
  done
  # Check that each kind of file is in the right subpackage.
  (cd "$pkgdir" && find . ! -type d)
  ! (cd "$pkgdir" && find . ! -type d) \
    | grep -v -e '^\./usr/bin/' -e '^\./usr/lib/ucspi-local/bin/' || exit 1
  cp -R "$pkgdir/." "$work/alpine/$pkgname-doc/." "$work/Alpine.root"
)
if wanted alpine \
  && check "Alpine: the functions of APKBUILD make it" build_alpine; then
  installed Alpine true
fi

# Check that the lists of files match what the recipes install.
check_lists ()
(
  sh "$here/lists.sh" "$work/$name" "$work/lists" "$1" || exit 1
  cd "$work/lists/$1" && find . -type f >"$work/names"
  while read -r file; do
    diff "$here/$1/$file" "$file" || exit 1
  done <"$work/names"
)
for system in freebsd pkgsrc openbsd solaris; do
  if ! wanted ports; then
    :
  elif test $system = solaris || has bmake; then
    check "$system: its list of files has what its options install" \
      check_lists $system
  else
    echo "UNTESTED: $system: its makefile and list (bmake is not here)"
  fi
done

# The licenses that the packages name: ours; those of the linked files of
# gnulib, which are stated in each file; and that of the documents.
licenses='GPL-3.0-or-later AND LGPL-2.1-or-later AND LGPL-3.0-or-later'
licenses="$licenses AND FSFAP"
linked_licenses ()
{
  for object in alpine/"$name"/lib/*.o; do
    source=alpine/$name/lib/$(basename "$object" .o | sed 's/^libgnu_a-//').c
    text=$(sed 25q "$source" | tr -s ' \n*' ' ')
    number=$(expr "$text" : '.* version \([0-9.]*\) of the License') \
      || number=0
    case $number in
      *.*) ;;
      *) number=$number.0;;
    esac
    case $text in
      *'GNU Lesser General Public License'*) license=LGPL-$number-or-later;;
      *'GNU General Public License'*) license=GPL-$number-or-later;;
      *) license=unknown;;
    esac
    case " $licenses " in
      *" $license "*) ;;
      *) echo "$source: $license"; return 1;;
    esac
  done
}
same_licenses ()
{
  for file in rpm/ucspi-local.spec alpine/APKBUILD arch/PKGBUILD; do
    grep -F "$licenses" "$here/$file" || { echo "$file"; return 1; }
  done
}
if test -f alpine/"$name"/lib/libgnu.a; then
  check "the licenses are those of what is linked" linked_licenses
fi
if wanted text; then
  check "the packages name these licenses" same_licenses
  if has perl; then
    check 'Debian: copyright is true of each file of the tarball' \
      perl "$here/copyright.pl" "$here/debian/copyright" "$work/$name"
  else
    echo "UNTESTED: Debian: copyright (perl is not here)"
  fi
fi
for script in alpine/APKBUILD arch/PKGBUILD; do
  if ! wanted text; then
    :
  elif has shellcheck; then
    # abuild and makepkg use the variables that these scripts set, set "srcdir"
    # and others for them, and stop at the first error.
    case $script in
      alpine/*) shell='sh';;
      *) shell='bash';;
    esac
    check "$script: shellcheck has nothing to say" \
      shellcheck -s $shell -e SC2034,SC2154,SC2164 "$here/$script"
  else
    echo "UNTESTED: $script: shellcheck (it is not here)"
  fi
done

# Check that each package has the version of this release.
versions ()
{
  for file in debian/changelog rpm/ucspi-local.spec alpine/APKBUILD \
    arch/PKGBUILD freebsd/Makefile pkgsrc/Makefile openbsd/Makefile \
    solaris/Makefile; do
    grep -F "$version" "$here/$file" >/dev/null || { echo "$file"; return 1; }
  done
}
if wanted text; then
  check "every package is one of version $version" versions
fi

for system in Alpine FreeBSD pkgsrc OpenBSD Solaris; do
  echo "UNPROVEN: $system: its tools are not here"
done
echo "$passed passed, $failed failed"
test "$failed" = 0 && test "$passed" -gt 0
