# safety.mk -- programs that disturb the tools, or look at what they pass on.

check_PROGRAMS += attrs execfail idmapped occupier prober refuse stepper
check_PROGRAMS += swapper takeover userns
attrs_SOURCES = attrs.c default-list.h
execfail_SOURCES = execfail.c syscall-info.h
stepper_SOURCES = default-list.h power.h stepper.c syscall-info.h

# A program that uses the library of systemd.  It is built by hand, and where
# it cannot be built an empty file stands for it.
check_DATA += sd-names
EXTRA_DIST += lib/acl.exp lib/left.exp lib/safety.exp sd-names.c
CLEANFILES += sd-names sd-names.log

sd-names: sd-names.c Makefile
	$(AM_V_GEN)rm -f $@ sd-names.log;				\
	machine=;							\
	for flag in $(CPPFLAGS) $(CFLAGS); do				\
	  case $$flag in -m*) machine="$$machine $$flag";; esac;	\
	done;								\
	$(CC) $$machine -I$(top_builddir) -o $@ '$(srcdir)/sd-names.c'	\
	  -lsystemd >sd-names.log 2>&1 || : >$@
