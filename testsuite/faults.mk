# faults.mk -- a library to preload that makes system calls fail.
#
# It is built by hand: it is a shared object, of no use without the dynamic
# linker of this system, and never installed.  Where that cannot be built, an
# empty file stands for it, and the tests that want it are unsupported.  Of
# the user's flags only those are taken that choose the machine.

check_DATA = faults.so
EXTRA_DIST += faults.c
CLEANFILES += faults.so faults.log

faults.so: faults.c Makefile
	$(AM_V_GEN)rm -f $@ faults.log;					\
	machine=;							\
	for flag in $(CPPFLAGS) $(CFLAGS); do				\
	  case $$flag in -m*) machine="$$machine $$flag";; esac;	\
	done;								\
	for lib in -ldl ''; do						\
	  if $(CC) $$machine -I$(top_builddir) -shared -fPIC -O2	\
	       -fomit-frame-pointer -fno-stack-protector -o $@		\
	       '$(srcdir)/faults.c' $$lib >>faults.log 2>&1; then	\
	    exit 0;							\
	  fi;								\
	done;								\
	: >$@
