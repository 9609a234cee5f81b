# faults.mk -- a library to preload that makes system calls fail.
#
# It is built by hand: it is a shared object, of no use without the dynamic
# linker of this system, and never installed.  Where that cannot be built, an
# empty file stands for it, faults.log says why, and the tests that want it are
# unsupported.  Of the user's flags only those are taken that choose the
# machine and say where headers are.

check_DATA = faults.so
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
