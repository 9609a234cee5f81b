# emulated.mk -- test a build for another processor under qemu-user.
#
#   make check-emulated EMULATOR='qemu-s390x -L /usr/s390x-linux-gnu'
#
# The tools run programs that the kernel cannot run by itself.  So for each
# program, a native program of the same name in emulated.d starts EMULATOR with
# it; binfmt_misc is not needed.  BUILD_CC, a compiler for this machine,
# compiles these.

EMULATOR =
BUILD_CC = cc
EXTRA_DIST += helpers/emulated.c

# Everything that the tests need, without running a test.
check-programs: $(check_PROGRAMS) $(check_LIBRARIES) $(check_DATA)
.PHONY: check-programs

check-emulated: check-programs
	@set x $(EMULATOR); shift;					\
	if ! command -v "$$1" >/dev/null; then				\
	  echo "FAIL: no emulator: EMULATOR='$(EMULATOR)'" >&2; exit 1;	\
	fi;								\
	emulator=`command -v "$$1"`; shift; emulator="$$emulator $$*";	\
	rm -rf emulated.d && mkdir emulated.d || exit 1;		\
	for p in ../src/s6-ipcserver ../src/s6-ipcserver-access		\
	  ../src/s6-ipcclient ../src/local-stream-socket-accept		\
	  ../src/local-stream-socket-connect				\
	  ../src/local-stream-socket-listen $(check_PROGRAMS)		\
	  $(shim_links); do						\
	  name=`basename $$p`;						\
	  for static in -static ''; do					\
	    $(BUILD_CC) -O1 $$static -DEMULATOR="\"$$emulator\""	\
	      -DPROGRAM="\"`pwd`/$$p\"" '$(srcdir)/helpers/emulated.c'		\
	      -o emulated.d/$$name && break;				\
	  done;								\
	  test -x emulated.d/$$name || exit 1;				\
	done;								\
	for p in $(check_DATA); do					\
	  test ! -s $$p || cp $$p emulated.d || exit 1;			\
	done;								\
	here=`pwd`;							\
	$(MAKE) $(AM_MAKEFLAGS) check-local TOOLDIR="$$here/emulated.d"	\
	  HELPERDIR="HELPERDIR=$$here/emulated.d EMULATED=1"
.PHONY: check-emulated

clean-local: clean-emulated
clean-emulated:
	rm -rf emulated.d
.PHONY: clean-emulated
