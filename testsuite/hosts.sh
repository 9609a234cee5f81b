#!/bin/sh
# hosts.sh -- build and test on other machines and as other users.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Usage: hosts.sh [--tests=NAMES] TARBALL ROWS-FILE RESULTS [ROW]...
#        hosts.sh [--tests=NAMES] TARBALL ROWS-FILE RESULTS quick
#
# Run each ROW of ROWS-FILE (default: all) in hosts.d of the current directory,
# with a log of its own.  Run the tests in the files NAMES, or all tests.  With
# "quick", run the rows with a star.  Each then runs only a few basic tests and
# those that ROWS-FILE has for it, unless NAMES are given, and the release is
# built once for all rows that have it at the same path.  RESULTS gets a line
# for each row, and keeps the lines of other rows:
#
#   name|date|result|P|F|U|seconds|why
#
# where result is passed, failed (and in what) or missing (and what); P, F and
# U are the numbers of tests that have passed, failed and not been run; and
# "why" has the reasons why tests were not run, each with its number.  A
# warning of a compiler or of autoconf counts as a test that has failed.  Exit
# with 1 if a row has failed, but not if something for a row is missing.
#
# A row needs root and unshare(1) of Linux.  It has its own namespaces for
# mounts and processes, which vanish when it ends or is interrupted.
#
# Environment:
#   HOSTS_ROOTS   directory with RELEASE-minbase.tar, archives of minimal roots
#                 made by debootstrap (default: make them in hosts.d, from the
#                 mirror that apt uses here)
#   HOSTS_LIMIT   time limit of a row in seconds (default: 5400)
#   RUNTEST_JOBS  as for make check

set -u
LC_ALL=C
export LC_ALL
umask 022
unset CFLAGS CPPFLAGS LDFLAGS LIBS CC CPP AR MAKEFLAGS MFLAGS MAKELEVEL MAKE
unset RUNTESTFLAGS DEJATOOL UCSPI_LONG_TESTS WRAPPER CONFIG_SITE BUILD_DIR
case $0 in
  */*) here=$(cd "${0%/*}" && pwd);;
  *) here=$(pwd);;
esac

# Print field $2 of the line $1.
field ()
{
  printf '%s\n' "$1" | cut -d'|' -f"$2"
}

has_trait ()
{
  case " $traits " in *" $1 "*) ;; *) false;; esac
}

# Run the command "$2"... as USER in PLACE, the root directory of the row, in
# its directory $1 and with a new environment.
as_user ()
{
  directory=$1
  shift
  set -- env -i PATH="$path" HOME="$home" TERM=dumb \
      ${http_proxy:+"http_proxy=$http_proxy"} \
      ${https_proxy:+"https_proxy=$https_proxy"} \
      ${no_proxy:+"no_proxy=$no_proxy"} \
      ${RUNTEST_JOBS:+"RUNTEST_JOBS=$RUNTEST_JOBS"} $environment \
    sh -c 'cd "$1" || exit; shift; '"$limits"' exec "$@"' sh \
      "$directory" "$@"
  ! has_trait one-id || set -- unshare --map-root-user "$@"
  if test -n "$map"; then
    with_ids "$@"
  else
    # Name the groups, so that chroot does not look up those of the account.
    chroot --userspec="$id:$gid" --groups="$gid$groups" "$place" "$@" \
      </dev/null
  fi
}

# Run the command "$@" as root of a new user namespace with the map $map, for
# user and group ids: inside, outside and count.  The user that is to be root
# in the namespace must make it: any other user would lose its powers there at
# the next exec.
with_ids ()
{
  real=${map#* }
  real=${real% *}
  rm -f "$outside/mapped"
  mkfifo "$outside/mapped" || return 1
  setpriv --reuid "$real" --regid "$real" --clear-groups unshare --user sh -c '
    read -r line <"$1" || exit
    shift
    exec setpriv --reuid 0 --regid 0 --clear-groups "$@"
  ' sh "$outside/mapped" "$@" </dev/null &
  child=$!
  while test "$(readlink /proc/$child/ns/user)" \
      = "$(readlink /proc/self/ns/user)"; do
    sleep 0.1
  done
  if ! echo "$map" >/proc/$child/uid_map || ! echo "$map" >/proc/$child/gid_map
  then
    kill "$child"
  else
    echo >"$outside/mapped"
  fi
  wait "$child"
}

# Print several hundred group ids, each with a comma before it.
many_groups ()
{
  for range in 1-60 1000-1099 1200-1299 1500-1799 2000-2099 65533-65534; do
    group=${range%-*}
    while test "$group" -le "${range#*-}"; do
      printf ',%d' "$group"
      group=$((group + 1))
    done
  done
}

# Run the command "$2"... as the step $1 of a row.
step ()
{
  echo "$1" >"$row/what"
  echo "== $1"
  shift
  "$@"
}

# Run the shell command $1 as root in PLACE, to install packages.
as_installer ()
{
  chroot "$place" env -i PATH="$path" HOME=/root \
    ${http_proxy:+"http_proxy=$http_proxy"} \
    ${https_proxy:+"https_proxy=$https_proxy"} \
    ${no_proxy:+"no_proxy=$no_proxy"} \
    DEBIAN_FRONTEND=noninteractive sh -c "$1" </dev/null
}

# Run "./bootstrap $@" in the clone.  For an ordinary user in a minimal root,
# bootstrap may print a command for root.  Run that command and then bootstrap
# again.
run_bootstrap ()
{
  if test "$root" = here || test "$user" = root; then
    step "./bootstrap $1" as_user "$directory" ./bootstrap "$@"
    return
  fi
  step "./bootstrap $1, which may print a command" true
  if as_user "$directory" ./bootstrap "$@" >"$row/said" 2>&1; then
    cat "$row/said"
    return
  fi
  cat "$row/said"
  command=$(sed -n 's/^bootstrap: as root, run: //p' "$row/said")
  test -n "$command" || return 1
  step 'that command' as_installer "$command" \
    && step "./bootstrap $1, again" as_user "$directory" ./bootstrap "$@"
}

# Make the directory $1 with the utilities that POSIX requires and a minimal
# root has, and those needed to build and test.  The config.guess of DejaGnu
# needs mktemp.
make_posix_path ()
{
  mkdir -p "$1" || return 1
  for program in awk basename bc cat chgrp chmod chown cksum cmp comm cp cut \
    date dd df diff dirname du echo ed env expand expr false find fold \
    getconf grep head id iconv join link ln locale localedef logname ls mkdir \
    mkfifo mv nice nl nohup od paste pathchk pr printf pwd rm rmdir sed sh \
    sleep sort split stty tail tee test touch tr true tsort tty uname \
    unexpand uniq unlink wc who xargs '[' \
    cc gcc ld as ar nm ranlib strip make runtest expect tclsh mktemp
  do
    file=$(command -v "$program") || continue
    case $file in
      /*) ln -s "$file" "$1/$program" || return 1;;
      *) ln -s "/usr/bin/$program" "$1/$program" || return 1;;
    esac
  done
}

# Clone this tree to $1.
clone_tree ()
{
  GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*' \
    git clone -q --no-hardlinks "$here/.." "$1"
}

# Install what was built.  In a root of its own, root does it as README says.
check_install ()
{
  if test "$root" != here && test "$user" = root; then
    step 'make install' as_user "$directory" make install \
      && step 'an installed tool' as_user / s6-ipcserver --version
  else
    step 'make install' as_user "$directory" $wrap make \
           DESTDIR="$home/installed" install \
      && step 'an installed tool' as_user / \
           "$home/installed/usr/local/bin/s6-ipcserver" --version
  fi
}

# Run the row $name, with $root, $user, $source and $traits, in its own
# namespaces and in the directory $row.
make_row ()
{
  path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  environment=
  limits=
  place=/
  wrap=
  groups=
  map=
  case $user in
    root) id=0;;
    nobody) id=65534;;
    *) id=$user;;
  esac
  gid=$id
  ! has_trait gid || gid=100

  step mounts true
  mount -t proc proc /proc || return 1
  if test "$root" = here; then
    # Use /media: all users may enter it, wherever $row is.  Do not use /mnt,
    # because examples of the documents mount something there.
    mount --bind "$row/work" /media || return 1
    home=/media
    outside=/media
    sed '/^[^:]*:[^:]*:\(1000\|4294967294\):/d' /etc/passwd >"$row/passwd"
    group=1000
    ! has_trait gid || group=$gid
    echo "builder:x:1000:$group::$home:/bin/sh" >>"$row/passwd"
    chmod 644 "$row/passwd" && mount --bind "$row/passwd" /etc/passwd \
      || return 1
  else
    place=$row/work
    step 'unpacking the root' tar -C "$place" --numeric-owner -xpf \
      "$roots/$root-minbase.tar" || return 1
    mount -t proc proc "$place/proc" && mount -t sysfs sysfs "$place/sys" \
      && mount --rbind /dev "$place/dev" || return 1
    # Share downloaded packages with the rows of other users.
    mkdir -p "$debs" && mount --bind "$debs" "$place/var/cache/apt/archives" \
      || return 1
    # Skip fsync, because nothing has to survive a crash.
    echo force-unsafe-io >"$place/etc/dpkg/dpkg.cfg.d/hosts"
    # The mirror may be a snapshot of a day in the past.
    echo 'Acquire::Check-Valid-Until "false";' \
      >"$place/etc/apt/apt.conf.d/99hosts"
    # In the archive, this may be a symbolic link to a file outside the root.
    rm -f "$place/etc/resolv.conf"
    test ! -e /etc/resolv.conf \
      || cp /etc/resolv.conf "$place/etc/resolv.conf" || return 1
    home=/root
    if test "$user" != root; then
      home=/home/builder
      mkdir -p "$place$home"
      echo "builder:x:$id:$gid::$home:/bin/sh" >>"$place/etc/passwd"
      has_trait gid || echo "builder:x:$id:" >>"$place/etc/group"
    fi
    outside=$place$home
  fi
  case $user in
    4294967294) ;;
    root) environment="USER=root LOGNAME=root";;
    nobody) environment="USER=nobody LOGNAME=nobody";;
    *) environment="USER=builder LOGNAME=builder";;
  esac

  directory=$home
  ! has_trait home || chmod 700 "$outside" || return 1
  if has_trait deep; then
    for i in 1 2 3 4 5 6 7; do
      directory=$directory/a-directory-with-a-long-name-$i
    done
    mkdir -p "$directory" || return 1
  fi
  ours=$outside${directory#"$home"}/ucspi-local
  case $source in
    clone) step clone clone_tree "$ours" || return 1;;
    shallow)
      # Clone the clone, because git may refuse that of another user.
      step clone clone_tree "$ours.whole" \
        && step 'shallow clone' git clone -q --depth 1 "file://$ours.whole" \
          "$ours" \
        && rm -rf "$ours.whole" || return 1;;
    export)
      step clone clone_tree "$ours.whole" && mkdir "$ours" \
        && git -C "$ours.whole" archive --output="$ours.tar" HEAD \
        && step export tar -C "$ours" -xf "$ours.tar" \
        && rm -rf "$ours.whole" "$ours.tar" || return 1;;
    tarball)
      mkdir "$ours" || return 1
      if test -n "$built"; then
        tar -C "$ours" -xpf "$built" || return 1
      else
        gzip -dc "$tarball" | (cd "$ours" && tar xf -) \
          && mv "$ours"/*/* "$ours" || return 1
      fi;;
  esac
  owner=$id:$gid
  ! has_trait groups || groups=$(many_groups)
  if has_trait rootless; then
    owner=100000:100000
    map='0 100000 65536'
  fi
  ! has_trait some-ids || map='0 0 2000'
  chown -R "$owner" "$outside" || return 1
  directory=$directory/ucspi-local
  configure=./configure

  # Apply the traits. noexec, no-pts and no-proc come last, because they take
  # away what this script needs.
  ! has_trait fakeroot || wrap=fakeroot
  ! has_trait files || limits='ulimit -n 64;'
  ! has_trait umask || limits='umask 077;'
  if has_trait read-only; then
    mount --bind "$ours" "$ours" && mount -o remount,bind,ro "$ours" \
      && mkdir "${ours%/*}/build" && chown "$owner" "${ours%/*}/build" \
      || return 1
    configure=$directory/configure
    directory=${directory%/*}/build
  fi
  if has_trait posix; then
    make_posix_path "$outside/posix" || return 1
    path=$home/posix
  fi
  if has_trait locale; then
    mkdir "$outside/locale" && localedef -i tr_TR -f UTF-8 \
      "$outside/locale/tr_TR.UTF-8" || return 1
    environment="$environment LC_ALL=tr_TR.UTF-8 LOCPATH=$home/locale"
  fi
  ! has_trait noexec || mount -t tmpfs -o noexec,mode=1777 tmpfs /tmp \
    || return 1
  ! has_trait no-pts || mount -t tmpfs tmpfs /dev/pts || return 1
  ! has_trait no-proc || mount -t tmpfs tmpfs /proc || return 1

  set -- check
  test -z "$tests" || set -- check "RUNTESTFLAGS=$tests"
  if has_trait only-build; then
    # Rows may lack the awk that configure prefers here.
    step configure as_user "$directory" "$configure" AWK=awk \
           --disable-dependency-tracking \
      && step make as_user "$directory" make -j2 \
      && step 'programs of the tests' as_user "$directory" \
           make -j2 -C testsuite check-programs \
      && tar -C "$ours" -cf "$row/built.tar" .
    return
  fi
  if test "$source" = tarball; then
    # Install only what README asks for.
    test "$root" = here \
      || step 'a compiler, make and DejaGnu' as_installer 'apt-get update \
           && apt-get install -y --no-install-recommends \
                gcc libc6-dev make dejagnu' || return 1
    { test -n "$built" \
        || step configure as_user "$directory" $wrap "$configure"; } \
      && step make as_user "$directory" $wrap make -j2 \
      && step 'make check' as_user "$directory" $wrap make "$@" \
      && check_install
    return
  fi
  run_bootstrap "$@" && run_bootstrap demo
}

# To run a row, hosts.sh calls itself in new namespaces.
if test "$1" = --row; then
  name=$2 root=$3 user=$4 source=$5 traits=$6
  row=$7 tarball=$8 tests=$9
  shift 9
  roots=$1
  debs=$2
  built=$3
  make_row
  exit
fi

chosen=
case $1 in
  --tests=*) chosen=${1#*=}; shift;;
esac
tarball=$1
rows=$2
results=$3
shift 3
limit=${HOSTS_LIMIT-5400}
case $tarball in /*) ;; *) tarball=$(pwd)/$tarball;; esac
is_quick=no
if test "$*" = quick; then
  is_quick=yes
fi

# Print what is missing to run the row.
missing ()
{
  test "$(id -u)" = 0 || { echo root; return; }
  for program in unshare chroot timeout mount; do
    command -v $program >/dev/null || echo $program
  done
  # Root in a container may not be allowed to make namespaces.
  unshare --mount --pid --fork mount -t proc proc /proc >/dev/null 2>&1 \
    || { echo 'namespaces for mounts and processes'; return; }
  if test "$source" != tarball; then
    test -e "$here/../.git" && command -v git >/dev/null || echo 'a clone'
  fi
  if test "$root" != here; then
    make_base || echo "a minimal root of $root (debootstrap, a mirror of" \
      "Debian)"
    return
  fi
  for program in cc make runtest; do
    command -v $program >/dev/null || echo $program
  done
  test "$source" = tarball || "$here/../bootstrap" --check-tools >/dev/null \
    2>&1 || echo 'tools that bootstrap needs'
  if has_trait fakeroot; then
    command -v fakeroot >/dev/null || echo fakeroot
  fi
  if has_trait one-id || has_trait some-ids || has_trait rootless; then
    command -v setpriv >/dev/null || echo setpriv
    chroot --userspec=1000:1000 --groups=1000 / unshare --map-root-user true \
      >/dev/null 2>&1 || echo 'user namespaces for ordinary users'
  fi
  if has_trait locale; then
    command -v localedef >/dev/null && test -f /usr/share/i18n/locales/tr_TR \
      || echo locales
  fi
}

# Make the archive of a minimal $root, unless it exists.
make_base ()
{
  test ! -f "$roots/$root-minbase.tar" || return 0
  command -v debootstrap >/dev/null || return 1
  mirror=$(apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' \
             2>/dev/null | sed -n 's/^Debian|Debian|//p' | sed 1q)
  test -n "$mirror" || return 1
  rm -rf --one-file-system "$top/$root.new" || return 1
  unshare --mount --pid --fork --kill-child debootstrap --variant=minbase \
    "$root" "$top/$root.new" "$mirror" >"$top/$root.log" 2>&1 3<&- \
    && tar -C "$top/$root.new" --numeric-owner -cf "$top/$root.tar" . \
    && mv "$top/$root.tar" "$roots/$root-minbase.tar"
  status=$?
  rm -rf --one-file-system "$top/$root.new"
  return $status
}

# Print the warnings of compilers and of autoconf.
warnings_of_row ()
{
  grep -E '^[^ :]+:[0-9]+(:[0-9]+)?: warning: ' "$row.log"
}

# Count the results of the tests, and the warnings.
count_results ()
{
  warnings=$(warnings_of_row | grep -c '')
  find "$row/work" -xdev -path '*/testsuite/*.sum' -exec cat {} + >"$row/sum"
  passed=$(grep -c '^PASS:' "$row/sum")
  failed=$(grep -c -E '^(FAIL|XPASS|UNRESOLVED|ERROR)' "$row/sum")
  left_out=$(grep -c -E '^(UNSUPPORTED|UNTESTED):' "$row/sum")
  reasons=$(grep -E '^(UNSUPPORTED|UNTESTED):' "$row/sum" \
    | sed -e 's/^[A-Z]*: *//' -e 's/.*(\([^()]*\))$/\1/' \
    | tr -d '|;' | sort | uniq -c \
    | sed -e 's/^ *\([0-9]*\) /\1 /' -e '$!s/$/;/' | tr '\n' ' ')
}

# Run this script for the row $name in new namespaces.
child=
run_row ()
{
  mkdir -p "$row/work" || exit 1
  # Use SIGKILL, because unshare ignores SIGTERM.  Its processes end with it.
  timeout -s KILL -k 1 "$limit" \
    unshare --mount --pid --fork --kill-child sh "$here/hosts.sh" \
      --row "$name" "$root" "$user" "$source" "$traits" "$row" "$tarball" \
      "$tests" "$roots" "$top/$root.debs" "$built" >"$row.log" 2>&1 \
      </dev/null 3<&- &
  child=$!
  wait "$child"
  status=$?
  child=
  return $status
}

# Succeed if the row can use the build that rows share, and store it in $built.
built=
shares_build ()
{
  built=
  test $is_quick = yes && test "$root" = here && test "$source" = tarball \
    || return 1
  # These rows build elsewhere.
  ! has_trait deep && ! has_trait read-only || return 1
  if test ! -f "$top/built.tar"; then
    kept="$name|$user|$traits|$row"
    name=built
    user=1000
    traits=only-build
    row=$top/built
    rm -rf --one-file-system "$row"
    run_row && test -z "$(warnings_of_row)" \
      && mv "$row/built.tar" "$top/built.tar" \
      && rm -rf --one-file-system "$row"
    name=$(field "$kept" 1)
    user=$(field "$kept" 2)
    traits=$(field "$kept" 3)
    row=$(field "$kept" 4)
    test -f "$top/built.tar" || return 1
  fi
  built=$top/built.tar
}

# Run the row "$1" and add its line to RESULTS.
do_row ()
{
  name=$(field "$1" 1)
  name=${name%' *'}
  root=$(field "$1" 2)
  user=$(field "$1" 3)
  source=$(field "$1" 4)
  traits=$(field "$1" 5)
  tests=$chosen
  if test $is_quick = yes && test -z "$tests"; then
    tests=$(printf '%s.exp ' serve chain usage $(field "$1" 6))
  fi
  row=$top/$name
  passed=0
  failed=0
  left_out=0
  reasons=
  begin=$(date +%s)
  rm -rf --one-file-system "$row" "$row.log"
  lacks=$(echo $(missing))
  if test -n "$lacks"; then
    result="missing: $lacks"
  else
    shares_build
    run_row
    count_results
    result=passed
    if test $status != 0; then
      result="failed: $(cat "$row/what")"
      test $status != 137 || result="$result (killed, or no end in $limit s)"
    elif test "$failed" != 0 || test "$passed" = 0; then
      result='failed: tests'
    elif test "$warnings" != 0; then
      result='failed: warnings'
    fi
    failed=$((failed + warnings))
  fi
  seconds=$(($(date +%s) - begin))
  { test ! -f "$results" || grep -v "^$name|" "$results"
    printf '%s|' "$name" "$(date -u +%Y-%m-%d)" "$result" "$passed" \
      "$failed" "$left_out" "$seconds"
    printf '%s\n' "${reasons% }"; } >"$results.tmp"
  mv "$results.tmp" "$results"
  echo "$name: $result, $passed passed, $failed failed," \
    "$left_out not run, $seconds s"
  case $result in
    failed*)
      worst=1
      tail -n 20 "$row.log"
      warnings_of_row | head -n 20
      grep -E '^(FAIL|XPASS|UNRESOLVED|ERROR)' "$row/sum" | head -n 40;;
    *) rm -rf --one-file-system "$row";;
  esac
}

test -r "$rows" || { echo "hosts: no '$rows'" >&2; exit 1; }
test -f "$tarball" || { echo "hosts: no '$tarball'" >&2; exit 1; }
mkdir -p hosts.d || exit 1
top=$(cd hosts.d && pwd)
roots=${HOSTS_ROOTS-$top}
rm -f "$top/built.tar"
table=$(sed -e '/^#/d' -e '/^ *$/d' -e 's/ *| */|/g' "$rows")
names=$(printf '%s\n' "$table" | sed 's/|.*//; s/ .*//')
for name; do
  case " $(echo $names) quick " in
    *" $name "*) ;;
    *) echo "hosts: no row '$name'; the rows are: $(echo $names)" >&2; exit 1;;
  esac
done
worst=0
trap 'test -z "$child" || { kill "$child"; wait "$child"; }; exit 1' \
  HUP INT TERM
while IFS= read -r line <&3; do
  name=$(field "$line" 1)
  case " $* " in
    '  ' | *" ${name%' *'} "*) ;;
    ' quick ') case $name in *' *') ;; *) continue;; esac;;
    *) continue;;
  esac
  # Tests expect that descriptor 3 is closed.
  do_row "$line" 3<&-
done 3<<END
$table
END
rm -f "$top/built.tar"
exit $worst
