# safety.mk -- programs that disturb the tools, or inspect what they pass on.

check_PROGRAMS += attrs connect-loop execfail idmapped occupy-path refuse
check_PROGRAMS += stepper swapper takeover userns
idmapped_SOURCES = helpers/idmapped.c helpers/map-file.h
occupy_path_SOURCES = helpers/occupy-path.c
connect_loop_SOURCES = helpers/connect-loop.c
refuse_SOURCES = helpers/refuse.c
swapper_SOURCES = helpers/swapper.c
takeover_SOURCES = helpers/takeover.c
userns_SOURCES = helpers/userns.c helpers/map-file.h
attrs_SOURCES = helpers/attrs.c helpers/default-list.h
execfail_SOURCES = helpers/execfail.c helpers/syscall-info.h
stepper_SOURCES = helpers/stepper.c helpers/default-list.h helpers/power.h \
  helpers/syscall-info.h

# This program needs the library of systemd.  If it cannot be built, an empty
# file takes its place.
check_DATA += sd-names $(shim_linked)
EXTRA_DIST += lib/acl.exp lib/left.exp lib/safety.exp helpers/sd-names.c
CLEANFILES += sd-names sd-names.log

sd-names: helpers/sd-names.c Makefile
	$(AM_V_GEN)rm -f $@ sd-names.log;				\
	machine=;							\
	for flag in $(CPPFLAGS) $(CFLAGS); do				\
	  case $$flag in -m*) machine="$$machine $$flag";; esac;	\
	done;								\
	$(CC) $$machine -I$(top_builddir) -o $@ '$(srcdir)/helpers/sd-names.c'	\
	  -lsystemd >sd-names.log 2>&1 || : >$@
