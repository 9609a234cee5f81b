# valgrind.mk -- run the tests with the tools under valgrind.
#
# An error makes a tool exit with 99, which no test expects.  But some
# processes end otherwise, so the logs are checked for errors as well.
#
# At the end of each log is the list of open descriptors.  A server must have
# no connection and no pipe to a child open.  A child that could not run its
# program may have one connection open.  No process may have a socket open that
# was made to probe for a server.
#
# In musl, valgrind cannot follow the stack, and accept has no name ("???").
# So with musl, connections that are left open are noticed, but not pipes and
# sockets of probes.
#
# Programs that the tools start are not checked.  Lines in which valgrind
# reports an unknown system call are ignored.

VALGRIND = valgrind
EXTRA_DIST += valgrind.sh

check-valgrind:
	@if ! ($(VALGRIND) --version) >/dev/null 2>&1; then		\
	  echo 'FAIL: there is no $(VALGRIND)' >&2; exit 1;		\
	fi
	rm -rf valgrind.d
	mkdir valgrind.d
	chmod 1777 valgrind.d
	@status=0;							\
	VALGRIND_PROGRAM=`command -v $(VALGRIND)`			\
	VALGRIND_LOGS='$(abs_builddir)/valgrind.d'			\
	RUNTEST_JOBS="$${RUNTEST_JOBS-2}"				\
	  $(MAKE) $(AM_MAKEFLAGS) check					\
	  WRAPPER='sh {$(abs_srcdir)/valgrind.sh}' || status=1;		\
	for log in valgrind.d/*; do					\
	  pid=`echo "$${log#valgrind.d/}" | sed 's/-*$$//'`;		\
	  if awk -v server="==$$pid==" '				\
	      /FILE DESCRIPTORS:/ { at_end[$$1] = 1 }			\
	      /unhandled .*(syscall|ioctl)|own handler\.$$/		\
		|| /README_MISSING|consider this a bug/			\
		|| /it at http|spurious value errors/ { next }		\
	      NF > 1 && !at_end[$$1] { bad = 1 }			\
	      is_socket[$$1] && $$2 == "at"				\
		&& $$4 ~ /^(accept4?|\?\?\?)$$/				\
		&& ($$1 == server || ++connections[$$1] > 1) { bad = 1 }\
	      { is_socket[$$1] = /Open AF_UNIX socket/ }			\
	      /probe_socket/ { bad = 1 }			\
	      /spawn-fork\.c/ && $$1 == server { bad = 1 }		\
	      END { exit !bad }' "$$log"; then				\
	    cat "$$log" >&2; status=1;					\
	  fi;								\
	done;								\
	exit $$status
.PHONY: check-valgrind

clean-local: clean-valgrind
clean-valgrind:
	rm -rf valgrind.d
.PHONY: clean-valgrind
