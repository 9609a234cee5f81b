#!/bin/sh
# units.sh -- a socket unit and its service, by a systemd of their own.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# usage: units.sh SYSTEMD SOCKET SERVICE
#
# Run SYSTEMD as the first process of name spaces of its own, with one socket,
# of which SOCKET has the lines, and one service, of which SERVICE has the
# lines.  The service is a template if SOCKET has Accept=yes.  In both, @dir@
# is the current directory.  The systemd of the machine, if it has one, has no
# part in this, and sees no unit.  SIGTERM stops the socket and ends it all; so
# does SIGKILL, but then an empty control group stays.
#
# It exits with 77 if the system does not allow that.  Root is needed.

if test "$1" = --first; then
  # The first process of the name spaces.
  systemd=$2
  read -r pid rest </proc/self/stat && echo "$pid" >.units.pid || exit 77
  mount -t proc proc /proc && mount -t tmpfs -o mode=755 units /run \
    && umount /sys/fs/cgroup && mount -t cgroup2 cgroup2 /sys/fs/cgroup \
    || exit 77
  # Nothing of the kernel's settings is to be changed.
  mount --bind /proc/sys /proc/sys && mount -o remount,bind,ro /proc/sys \
    || exit 77
  mkdir /run/units || exit 77
  cp .units.socket /run/units/x.socket || exit 77
  case $(cat .units.socket) in
    *Accept=yes*) cp .units.service /run/units/x@.service;;
    *) cp .units.service /run/units/x.service
       cp .units.service /run/units/y.service;;
  esac
  printf '%s\n' '[Unit]' DefaultDependencies=no Requires=x.socket \
    >/run/units/default.target
  umask 022
  exec env -i container=other SYSTEMD_UNIT_PATH=/run/units PATH="$PATH" \
    "$systemd" --system --log-target=console --log-level=warning \
    --show-status=no --unit=default.target
fi

systemd=$1
{ printf '%s\n' '[Unit]' DefaultDependencies=no '[Socket]' \
  && printf '%s\n' "$2" | sed "s|@dir@|$PWD|g"; } >.units.socket
{ printf '%s\n' '[Unit]' DefaultDependencies=no '[Service]' \
    "WorkingDirectory=$PWD" \
  && printf '%s\n' "$3" | sed "s|@dir@|$PWD|g"; } >.units.service

if test -z "$UNITS_INSIDE"; then
  UNITS_INSIDE=yes
  export UNITS_INSIDE
  unshare --mount --propagation private true 2>/dev/null || exit 77
  exec unshare --mount --propagation private -- "$0" "$@"
fi

# A control group of its own, where systemd makes others.
group=/sys/fs/cgroup/ucspi-local-test.$$
mount -t cgroup2 cgroup2 /sys/fs/cgroup && mkdir "$group" || exit 77

end ()
{
  trap '' TERM
  status=$1
  if test -s .units.pid; then
    read -r first <.units.pid
    test "$status" = 77 || nsenter -t "$first" -m -p \
      systemctl stop x.socket >&2
    kill -KILL "$first" 2>/dev/null
  fi
  wait
  # Those that were in it have ended, which may take a moment to be seen.
  tries=0
  until find "$group" -depth -type d -exec rmdir {} + 2>/dev/null \
    || test $tries -ge 50; do
    tries=$((tries + 1))
    sleep 0.1
  done
  rm -f .units.*
  exit "$status"
}
trap 'end 0' TERM

sh -c 'echo $$ >"$1/cgroup.procs" || exit 77
  shift
  exec "$@"' sh "$group" setpriv --pdeathsig KILL \
  unshare --mount --pid --uts --ipc --net --cgroup --fork --kill-child -- \
  "$0" --first "$systemd" &
wait $!
end 77
