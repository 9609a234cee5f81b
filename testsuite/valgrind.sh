#!/bin/sh
# valgrind.sh -- run a tool under valgrind, with a log in $VALGRIND_LOGS.
#
# The name of the log is the pid, with "-" appended while there is such a log
# from an earlier process.  The log has a high descriptor: otherwise valgrind
# would open it as 0, 1 or 2 when a test has closed that.
#
# The option --soname-synonyms makes valgrind check malloc in a C library
# without a soname (musl) as well.

log=$VALGRIND_LOGS/$$
while test -e "$log"; do
  log=$log-
done

exec "${VALGRIND_PROGRAM-valgrind}" --quiet --error-exitcode=99 \
  --leak-check=no --track-fds=yes --trace-children=no --vgdb=no \
  --soname-synonyms=somalloc=NONE --log-fd=8 \
  "$@" 8>"$log"
