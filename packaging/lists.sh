#!/bin/sh
# lists.sh -- make the lists of files for the packages that have one.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Usage: lists.sh SOURCE OUTPUT [SYSTEM...]
#
# Write the list of files of each SYSTEM (freebsd, pkgsrc, openbsd, solaris) to
# OUTPUT/SYSTEM/. Read the makefile in SOURCE/packaging/SYSTEM by make, with a
# stand-in for the framework of that system; configure ucspi-local with the
# resulting options; and make the list from what "make install" installs.  All
# systems but solaris need bmake.

set -eu

LC_ALL=C
export LC_ALL
umask 022
# Ignore the settings of a make that runs this script: they make bmake print
# the directories that it enters.
unset MAKEFLAGS MAKELEVEL MFLAGS MAKEOVERRIDES

source=$(cd "$1" && pwd)
mkdir -p "$2"
output=$(cd "$2" && pwd)
shift 2
test $# != 0 || set -- freebsd pkgsrc openbsd solaris

work=$(mktemp -d "${TMPDIR-/tmp}/ucspi-local-lists.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# Copy the makefile of system $1 to its place in the framework.
copy_makefile ()
{
  mkdir -p "$work/port/category/ucspi-local" "$work/port/mk" \
    "$work/port/components/category/ucspi-local" "$work/port/make-rules"
  case $1 in
    solaris) makefile=port/components/category/ucspi-local/Makefile;;
    *) makefile=port/category/ucspi-local/Makefile;;
  esac
  cp "$source/packaging/$1/Makefile" "$work/$makefile"
}

# Write a stand-in for the framework of system $1: the variables that its
# makefile uses, and the options that the framework adds.
write_framework ()
{
  : >"$work/port/mk/sys.mk"
  case $1 in
    freebsd)
      cat >"$work/port/mk/bsd.port.mk" <<'END'
PREFIX=		/usr/local
EXAMPLESDIR=	${PREFIX}/share/examples/${PORTNAME}
CONFIGURE_ARGS+=--prefix=${PREFIX} --mandir=${PREFIX}/share/man \
		--infodir=${PREFIX}/share/info
.for option in ${OPTIONS_DEFINE}
CONFIGURE_ARGS+=${${option}_CONFIGURE_ON}
.endfor
END
      ;;
    pkgsrc)
      mkdir -p "$work/port/databases/tinycdb"
      : >"$work/port/databases/tinycdb/buildlink3.mk"
      cat >"$work/port/mk/bsd.pkg.mk" <<'END'
PREFIX=		/usr/pkg
PKGBASE=	ucspi-local
CONFIGURE_ARGS+=--prefix=${PREFIX} --mandir=${PREFIX}/man \
		--infodir=${PREFIX}/info
END
      ;;
    openbsd)
      cat >"$work/port/mk/bsd.port.mk" <<'END'
PREFIX=		/usr/local
CONFIGURE_ARGS+=--prefix=${PREFIX} --mandir=${PREFIX}/man \
		--infodir=${PREFIX}/info
END
      ;;
    solaris)
      cat >"$work/port/make-rules/shared-macros.mk" <<'END'
USRLIBDIR=	/usr/lib
WS_MAKE_RULES=	../../../make-rules
CONFIGURE_OPTIONS=--prefix=/usr --bindir=/usr/bin \
		--libexecdir=/usr/libexec/amd64 --mandir=/usr/share/man \
		--infodir=/usr/share/info
END
      cat >"$work/port/make-rules/common.mk" <<'END'
options:
	@echo $(CONFIGURE_OPTIONS)
END
      ;;
  esac
}

# Print the options for configure from the makefile of system $1.
options ()
{
  copy_makefile "$1"
  write_framework "$1"
  cd "$work/$(dirname $makefile)"
  case $1 in
    solaris) make -s -f Makefile options;;
    *) bmake -m "$work/port/mk" -V "\${CONFIGURE_ARGS}";;
  esac
}

# Print the installed files below $root, without the index of info, which all
# packages share.
files ()
{
  (cd "$root" && find . ! -type d ! -path '*/info/dir') | sed 's,^\./,,' | sort
}

list_freebsd ()
{
  # The framework adds the files in info/ and compresses the pages in man/.
  files | sed -e '/^share\/info\//d' -e '/^share\/man\//s/$/.gz/' \
    -e 's,^share/examples/ucspi-local/,%%PORTEXAMPLES%%%%EXAMPLESDIR%%/,' \
    >"$output/freebsd/pkg-plist"
}

list_pkgsrc ()
{
  # Write this in two parts, so that version control here does not expand it.
  {
    printf '@comment %sNetBSD$\n' '$'
    files
  } >"$output/pkgsrc/PLIST"
}

# List the directories that only some packages have.
list_openbsd ()
{
  mkdir -p "$output/openbsd/pkg"
  {
    files
    (cd "$root" && find . -type d) | sed -e 's,^\./,,' \
      -e '/^\.$/d' -e '/^man\/man[0-9]$/d' \
      -e '/^\(bin\|info\|libexec\|man\|share\)$/d' \
      -e '/^share\/\(doc\|examples\)$/d' -e 's,$,/,'
  } | sort | while read -r name; do
    case $name in
      */) echo "$name";;
      info/*) echo "@info $name";;
      man/*) echo "@man $name";;
      libexec/*/bin/*) echo "@bin $name";;
      *) echo "$name";;
    esac
  done >"$output/openbsd/pkg/PLIST"
}

# The transforms of oi-userland set owner, group and mode.
list_solaris ()
{
  {
    cat <<'END'
set name=pkg.fmri \
    value=pkg:/$(COMPONENT_FMRI)@$(IPS_COMPONENT_VERSION),$(BUILD_VERSION)
set name=pkg.summary value="$(COMPONENT_SUMMARY)"
set name=info.classification value="$(COMPONENT_CLASSIFICATION)"
set name=info.upstream-url value=$(COMPONENT_PROJECT_URL)
set name=info.source-url value=$(COMPONENT_ARCHIVE_URL)
set name=org.opensolaris.consolidation value=$(CONSOLIDATION)

license $(COMPONENT_LICENSE_FILE) license='$(COMPONENT_LICENSE)'

<transform file path=usr.*/man/.+ -> default mangler.man.stability uncommitted>

END
    files | while read -r file; do
      if test -h "$root/$file"; then
        echo "link path=usr/$file target=$(readlink "$root/$file")"
      else
        echo "file path=usr/$file"
      fi
    done
  } >"$output/solaris/ucspi-local.p5m"
}

mkdir "$work/build"
for system; do
  mkdir -p "$output/$system"
  arguments=$(options "$system")
  case $system in
    freebsd | openbsd) root=$work/$system/usr/local;;
    pkgsrc) root=$work/pkgsrc/usr/pkg;;
    solaris) root=$work/solaris/usr;;
  esac
  # Compile without optimization, because only the names of the files matter.
  (
    cd "$work/build"
    # shellcheck disable=SC2086 # one word for each option
    "$source/configure" -q -C CFLAGS=-O0 $arguments
    make -j2
    make install DESTDIR="$work/$system"
  ) >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
  list_"$system"
done
