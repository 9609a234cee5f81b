# faults.mk -- build the preloaded library that makes system calls fail.
#
# It is built by a rule of our own, because it is a shared object that is never
# installed.  If it cannot be built, an empty file takes its place, faults.log
# has the reason, and the tests that need it are unsupported.  Of the user's
# flags, it gets only those that select the machine and the directories of
# headers.

check_DATA += faults.so
EXTRA_DIST += helpers/error-names.h helpers/faults.c
CLEANFILES += faults.so faults.log

faults.so: helpers/faults.c helpers/error-names.h Makefile
	$(AM_V_GEN)rm -f $@ faults.log;					\
	machine=; last=;						\
	for flag in $(CPPFLAGS) $(CFLAGS); do				\
	  case $$last$$flag in						\
	    -m* | --sysroot=* | --target=* | -idirafter* | -isystem*)	\
	      machine="$$machine $$flag";;				\
	  esac;								\
	  last=;							\
	  case $$flag in						\
	    -idirafter | -isystem) last=$$flag;;			\
	  esac;								\
	done;								\
	for lib in -ldl ''; do						\
	  if $(CC) $$machine -shared -fPIC -O2 -fomit-frame-pointer	\
	       -fno-stack-protector -o $@				\
	       '$(srcdir)/helpers/faults.c' $$lib >>faults.log 2>&1; then	\
	    exit 0;							\
	  fi;								\
	done;								\
	: >$@
