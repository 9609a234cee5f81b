# bench/ -- measure how fast the tools are, compared with others.  Not a part
# of "make check".

EXTRA_PROGRAMS =	\
  bench/bare		\
  bench/exectime	\
  bench/load		\
  bench/minimal
EXTRA_DIST +=		\
  bench/access.sh	\
  bench/chart.awk	\
  bench/compare.sh	\
  bench/soak.sh		\
  bench/summary.awk	\
  bench/table.awk	\
  bench/tiny.c
bench_services =	\
  bench/tiny		\
  bench/tiny-stamp	\
  bench/tiny-wait
CLEANFILES +=		\
  $(EXTRA_PROGRAMS)	\
  $(bench_services)	\
  bench/minimal-musl	\
  bench/minimal-static	\
  bench/minimal.stamp	\
  bench/performance.dat	\
  bench/performance.svg	\
  bench/performance.txt	\
  bench/smoke.dat	\
  bench/smoke.svg	\
  bench/smoke.txt

bench_bare_SOURCES = bench/bare.c
bench_exectime_SOURCES = bench/exectime.c
bench_load_SOURCES = bench/load.c
bench_minimal_SOURCES = bench/minimal.c

# The programs that the tools start must cost as little time as possible.
# Build them in the best way that works: without a C library, or static, or in
# the usual way.
BENCH_NO_LIBC_FLAGS = -O2 -ffreestanding -fno-stack-protector	\
  -fno-asynchronous-unwind-tables -nostdlib -static -s		\
  -Wl,--build-id=none -Wl,-z,noseparate-code
bench_build_service =							\
  $(MKDIR_P) bench;							\
  build='$(CC) $(DEFAULT_INCLUDES)';					\
  { $$build -DTINY_NO_LIBC $(BENCH_NO_LIBC_FLAGS) "$$service"		\
      $(srcdir)/bench/tiny.c -o $@ 2>/dev/null; }			\
  || { $$build $(CFLAGS) -static "$$service" $(srcdir)/bench/tiny.c	\
         -o $@ 2>/dev/null; }						\
  || $$build $(CFLAGS) "$$service" $(srcdir)/bench/tiny.c -o $@
$(bench_services): bench/tiny.c
bench/tiny:
	$(AM_V_CCLD)service=-DTINY; $(bench_build_service)
bench/tiny-wait:
	$(AM_V_CCLD)service=-DTINY_WAITS; $(bench_build_service)
bench/tiny-stamp:
	$(AM_V_CCLD)service=-DTINY_STAMP; $(bench_build_service)

# The minimal program as a static program, if there are static libraries.
MUSL_CC = musl-gcc
bench/minimal.stamp: bench/minimal.c
	$(AM_V_GEN)$(MKDIR_P) bench;					\
	rm -f bench/minimal-static bench/minimal-musl;			\
	$(CC) $(DEFAULT_INCLUDES) $(CFLAGS) -static			\
	  $(srcdir)/bench/minimal.c -o bench/minimal-static 2>/dev/null || :; \
	$(MUSL_CC) $(DEFAULT_INCLUDES) $(CFLAGS) -static		\
	  $(srcdir)/bench/minimal.c -o bench/minimal-musl 2>/dev/null || :; \
	touch $@

bench_all = $(EXTRA_PROGRAMS) $(bench_services) bench/minimal.stamp
bench_arguments =					\
  '$(abs_builddir)/src/s6-ipcserver'			\
  '$(abs_builddir)/src/local-stream-socket-listen'	\
  '$(abs_builddir)/bench'

# This takes less than five minutes.  BENCH_FLAGS='-r 3 -t 200' makes a shorter
# run.
BENCH_FLAGS =
bench: all $(bench_all)
	$(SHELL) '$(srcdir)/bench/compare.sh' -o bench/performance	\
	  $(BENCH_FLAGS) $(bench_arguments)
.PHONY: bench

# Check that bench works.  This takes less than 20 seconds; the figures mean
# nothing.
bench-smoke: all $(bench_all)
	$(SHELL) '$(srcdir)/bench/compare.sh' -s -o bench/smoke		\
	  $(BENCH_FLAGS) $(bench_arguments)
.PHONY: bench-smoke

# Measure one check of s6-ipcserver-access, beside that of another program of
# the same name.  This takes some seconds.  ACCESS_COUNT=NUMBER sets the number
# of runs.
ACCESS_COUNT = 500
bench-access: all bench/exectime bench/tiny-stamp
	$(SHELL) '$(srcdir)/bench/access.sh'			\
	  '$(abs_builddir)/src/s6-ipcserver-access'		\
	  '$(abs_builddir)/bench' '$(ACCESS_COUNT)'
.PHONY: bench-access

# Copy the results of the last "make bench" into the manual.
bench-doc:
	cp bench/performance.txt '$(srcdir)/doc/performance.txt'
	cp bench/performance.svg '$(srcdir)/doc/performance.svg'
.PHONY: bench-doc

# Make a million connections through each server, and connections of a million
# users through a server with simulated credentials.  SOAK=NUMBER sets another
# number.
SOAK = 1000000
if PEERCRED_SHIMS
SOAK_SHIM = s6-ipcserver-sockpeercred
endif
soak: all bench/load bench/tiny
	test -z '$(SOAK_SHIM)' \
	  || (cd testsuite						\
	      && $(MAKE) $(AM_MAKEFLAGS) s6-ipcserver-shim shims.made)
	$(SHELL) '$(srcdir)/bench/soak.sh'			\
	  '$(abs_builddir)/src/s6-ipcserver'			\
	  '$(abs_builddir)/src/local-stream-socket-listen'	\
	  '$(abs_builddir)/src/local-stream-socket-accept'	\
	  '$(abs_builddir)/bench' '$(SOAK)'			\
	  $(SOAK_SHIM:%='$(abs_builddir)/testsuite/%')
.PHONY: soak
