#!/bin/sh
# units.sh -- run a socket unit and its service under a separate systemd.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Usage: units.sh SYSTEMD SOCKET SERVICE
#
# Run SYSTEMD as PID 1 of new namespaces, with one socket unit, which consists
# of the lines SOCKET, and one service unit, which consists of the lines
# SERVICE.  The service is a template if SOCKET has Accept=yes.  In both, @dir@
# stands for the current directory.  The systemd of the machine, if there is
# one, does not take part and sees none of these units.  SIGTERM stops the
# socket and ends everything.  SIGKILL does so as well, but leaves an empty
# control group.
#
# Exit with 77 if the system does not allow this.  It needs root.

if test "$1" = --first; then
  # This part runs as PID 1 of the namespaces.
  systemd=$2
  read -r pid rest </proc/self/stat && echo "$pid" >.units.pid || exit 77
  mount -t proc proc /proc && mount -t tmpfs -o mode=755 units /run \
    && umount /sys/fs/cgroup && mount -t cgroup2 cgroup2 /sys/fs/cgroup \
    || exit 77
  # Protect the kernel settings, which systemd would change.
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

# A control group of its own, in which systemd makes others.
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
  # All processes of the group have been killed.  It can be removed when the
  # kernel has finished with them.
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
