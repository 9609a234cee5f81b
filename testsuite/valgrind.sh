#!/bin/sh
# valgrind.sh -- run a tool under valgrind, with a log in $VALGRIND_LOGS.
#
# The log is called after the process, with something behind it if there has
# been one of that number before.  It is at a high descriptor: valgrind would
# open it at one of 0 to 2, where a test has closed that.
#
# A C library without a soname (musl's) has its malloc watched as well.

log=$VALGRIND_LOGS/$$
while test -e "$log"; do
  log=$log-
done

exec "${VALGRIND_PROGRAM-valgrind}" --quiet --error-exitcode=99 \
  --leak-check=no --track-fds=yes --trace-children=no --vgdb=no \
  --soname-synonyms=somalloc=NONE --log-fd=8 \
  "$@" 8>"$log"
