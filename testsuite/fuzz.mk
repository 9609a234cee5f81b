# fuzz.mk -- try arbitrary bytes on every parser and arbitrary command lines on
# every tool.
#
# fuzz-smoke works with any compiler, and "make check" runs it as a test.  fuzz
# and fuzz-each need clang with libFuzzer.  They continue from the corpus and
# from what earlier runs have kept in fuzz.d.  Each process may use the
# processor for FUZZ_SECONDS.  fuzz-each runs one process for each parser and
# one for the command lines of each tool, two at the same time with -j2, and
# writes a table to fuzz.txt.  fuzz runs one process for all parsers together,
# or for FUZZ_PARSER, the name of one parser or tool.

check_PROGRAMS += fuzz-parsers
fuzz_parsers_SOURCES = fuzz/fuzz-parsers.c fuzz/fuzz.h unit/unit.h
fuzz_parsers_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_MAIN=1
fuzz_parsers_LDADD = $(unit_libs) $(CDB_LIBS)

fuzz_corpus =				\
  fuzz/corpus/address-1			\
  fuzz/corpus/address-2			\
  fuzz/corpus/cdb-1			\
  fuzz/corpus/cdb-2			\
  fuzz/corpus/envdir-1			\
  fuzz/corpus/envdir-2			\
  fuzz/corpus/envdir-3			\
  fuzz/corpus/environment-1		\
  fuzz/corpus/gidlist-1			\
  fuzz/corpus/gidlist-2			\
  fuzz/corpus/gidlist-3			\
  fuzz/corpus/keys-1			\
  fuzz/corpus/keys-2			\
  fuzz/corpus/listen-1			\
  fuzz/corpus/listen-2			\
  fuzz/corpus/listen-3			\
  fuzz/corpus/number-1			\
  fuzz/corpus/number-2			\
  fuzz/corpus/number-3			\
  fuzz/corpus/number-4			\
  fuzz/corpus/rate-1			\
  fuzz/corpus/rate-2			\
  fuzz/corpus/rate-3			\
  fuzz/corpus/words-1			\
  fuzz/corpus/words-2			\
  fuzz/corpus/words-3			\
  fuzz/corpus/words-4
fuzz_lines =				\
  fuzz/lines/local-stream-socket-accept-01 \
  fuzz/lines/local-stream-socket-accept-02 \
  fuzz/lines/local-stream-socket-accept-03 \
  fuzz/lines/local-stream-socket-accept-04 \
  fuzz/lines/local-stream-socket-accept-05 \
  fuzz/lines/local-stream-socket-accept-06 \
  fuzz/lines/local-stream-socket-accept-07 \
  fuzz/lines/local-stream-socket-connect-01 \
  fuzz/lines/local-stream-socket-connect-02 \
  fuzz/lines/local-stream-socket-connect-03 \
  fuzz/lines/local-stream-socket-connect-04 \
  fuzz/lines/local-stream-socket-connect-05 \
  fuzz/lines/local-stream-socket-connect-06 \
  fuzz/lines/local-stream-socket-connect-07 \
  fuzz/lines/local-stream-socket-connect-08 \
  fuzz/lines/local-stream-socket-listen-01 \
  fuzz/lines/local-stream-socket-listen-02 \
  fuzz/lines/local-stream-socket-listen-03 \
  fuzz/lines/local-stream-socket-listen-04 \
  fuzz/lines/local-stream-socket-listen-05 \
  fuzz/lines/local-stream-socket-listen-06 \
  fuzz/lines/local-stream-socket-listen-07 \
  fuzz/lines/local-stream-socket-listen-08 \
  fuzz/lines/local-stream-socket-listen-09 \
  fuzz/lines/local-stream-socket-listen-10 \
  fuzz/lines/local-stream-socket-listen-11 \
  fuzz/lines/local-stream-socket-listen-12 \
  fuzz/lines/local-stream-socket-listen-13 \
  fuzz/lines/local-stream-socket-listen-14 \
  fuzz/lines/s6-ipcclient-01 \
  fuzz/lines/s6-ipcclient-02 \
  fuzz/lines/s6-ipcclient-03 \
  fuzz/lines/s6-ipcclient-04 \
  fuzz/lines/s6-ipcclient-05 \
  fuzz/lines/s6-ipcclient-06 \
  fuzz/lines/s6-ipcclient-07 \
  fuzz/lines/s6-ipcclient-08 \
  fuzz/lines/s6-ipcserver-01 \
  fuzz/lines/s6-ipcserver-02 \
  fuzz/lines/s6-ipcserver-03 \
  fuzz/lines/s6-ipcserver-04 \
  fuzz/lines/s6-ipcserver-05 \
  fuzz/lines/s6-ipcserver-06 \
  fuzz/lines/s6-ipcserver-07 \
  fuzz/lines/s6-ipcserver-08 \
  fuzz/lines/s6-ipcserver-09 \
  fuzz/lines/s6-ipcserver-10 \
  fuzz/lines/s6-ipcserver-11 \
  fuzz/lines/s6-ipcserver-12 \
  fuzz/lines/s6-ipcserver-13 \
  fuzz/lines/s6-ipcserver-14 \
  fuzz/lines/s6-ipcserver-15 \
  fuzz/lines/s6-ipcserver-access-01 \
  fuzz/lines/s6-ipcserver-access-02 \
  fuzz/lines/s6-ipcserver-access-03 \
  fuzz/lines/s6-ipcserver-access-04 \
  fuzz/lines/s6-ipcserver-access-05 \
  fuzz/lines/s6-ipcserver-access-06 \
  fuzz/lines/s6-ipcserver-access-07 \
  fuzz/lines/s6-ipcserver-access-08 \
  fuzz/lines/s6-ipcserver-access-09 \
  fuzz/lines/s6-ipcserver-access-10 \
  fuzz/lines/s6-ipcserver-access-11 \
  fuzz/lines/s6-ipcserver-access-12 \
  fuzz/lines/s6-ipcserver-access-13
EXTRA_DIST += fuzz.sh $(fuzz_corpus) $(fuzz_lines)

# The command lines of each tool.  The parts of the tools that do not depend on
# the tool are compiled once.
check_LIBRARIES += libfuzz.a
libfuzz_a_SOURCES =			\
  ../src/connect/client.c				\
  ../src/sockfile/create.c ../src/sockfile/endpoint.c	\
  ../src/sockfile/occupant.c ../src/sockfile/options.c	\
  ../src/sockfile/owner.c				\
  ../src/cli/announce.c ../src/cli/serve-options.c	\
  ../src/serve/connlog.c ../src/serve/retry.c		\
  ../src/serve/serve.c ../src/serve/service.c
libfuzz_a_CPPFLAGS = $(AM_CPPFLAGS)
fuzz_argument_programs =		\
  arguments-s6-ipcserver \
  arguments-s6-ipcserver-access \
  arguments-s6-ipcclient \
  arguments-local-stream-socket-accept \
  arguments-local-stream-socket-connect \
  arguments-local-stream-socket-listen
check_PROGRAMS += $(fuzz_argument_programs)
fuzz_arguments_sources = fuzz/fuzz-arguments.c fuzz/fuzz.h unit/unit.h
fuzz_arguments_ldadd = libfuzz.a ../src/libucspi.a ../src/libpeercred.a \
  ../lib/libgnu.a $(PEERCRED_LIBS) $(GNULIB_LIBS)
arguments_s6_ipcserver_SOURCES = $(fuzz_arguments_sources)
arguments_s6_ipcserver_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_MAIN=1 \
  -DFUZZ_TOOL=S6_IPCSERVER
arguments_s6_ipcserver_LDADD = $(fuzz_arguments_ldadd)
arguments_s6_ipcserver_access_SOURCES = $(fuzz_arguments_sources)
arguments_s6_ipcserver_access_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_MAIN=1 \
  -DFUZZ_TOOL=S6_IPCSERVER_ACCESS
arguments_s6_ipcserver_access_LDADD = $(fuzz_arguments_ldadd) $(CDB_LIBS)
arguments_s6_ipcclient_SOURCES = $(fuzz_arguments_sources)
arguments_s6_ipcclient_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_MAIN=1 \
  -DFUZZ_TOOL=S6_IPCCLIENT
arguments_s6_ipcclient_LDADD = $(fuzz_arguments_ldadd)
arguments_local_stream_socket_accept_SOURCES = $(fuzz_arguments_sources)
arguments_local_stream_socket_accept_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_MAIN=1 \
  -DFUZZ_TOOL=LOCAL_STREAM_SOCKET_ACCEPT
arguments_local_stream_socket_accept_LDADD = $(fuzz_arguments_ldadd)
arguments_local_stream_socket_connect_SOURCES = $(fuzz_arguments_sources)
arguments_local_stream_socket_connect_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_MAIN=1 \
  -DFUZZ_TOOL=LOCAL_STREAM_SOCKET_CONNECT
arguments_local_stream_socket_connect_LDADD = $(fuzz_arguments_ldadd)
arguments_local_stream_socket_listen_SOURCES = $(fuzz_arguments_sources)
arguments_local_stream_socket_listen_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_MAIN=1 \
  -DFUZZ_TOOL=LOCAL_STREAM_SOCKET_LISTEN
arguments_local_stream_socket_listen_LDADD = $(fuzz_arguments_ldadd)

FUZZ_CHANGES = 200000
FUZZ_LINES = 100000
fuzz-smoke: fuzz-parsers $(fuzz_argument_programs)
	./fuzz-parsers `for f in $(fuzz_corpus); do			\
	  echo '$(srcdir)'/$$f; done` -r $(FUZZ_CHANGES)
	for program in $(fuzz_argument_programs); do			\
	  ./$$program `for f in $(fuzz_lines); do			\
	    echo '$(srcdir)'/$$f; done` -r $(FUZZ_LINES) || exit 1;	\
	done
.PHONY: fuzz-smoke

FUZZ_CC = clang
FUZZ_SECONDS = 600
FUZZ_FLAGS = -g -O1 -fsanitize=fuzzer,address,undefined	\
  -fno-sanitize-recover=undefined
fuzz_modules = base/address access/cdbfile-$(CDBFILE_METHOD) spawn/chain \
  access/envdir base/envlist base/number spawn/program base/ratelimit	\
  access/rulefile access/rulekeys access/words
fuzz-libfuzzer:
	$(FUZZ_CC) $(FUZZ_FLAGS) -I.. $(DEFAULT_INCLUDES) $(AM_CPPFLAGS)	\
	  -o $@ '$(srcdir)/fuzz/fuzz-parsers.c'				\
	  `for m in $(fuzz_modules); do echo '$(top_srcdir)'/src/$$m.c; done` \
	  ../src/libucspi.a ../lib/libgnu.a $(CDB_LIBS)
.PHONY: fuzz-libfuzzer

# One parser each, named as in fuzz-parsers.c.
fuzz_each = fuzz-address fuzz-cdb fuzz-envdir fuzz-environment		\
  fuzz-gidlist fuzz-keys fuzz-listen fuzz-number fuzz-rate fuzz-words
$(fuzz_each): fuzz-libfuzzer
	parser=`echo $@ | sed 's/^fuzz-//'`;				\
	FUZZ_ONLY=$$parser;						\
	export FUZZ_ONLY;						\
	$(SHELL) '$(srcdir)/fuzz.sh' run $$parser $(FUZZ_SECONDS)	\
	  ./fuzz-libfuzzer						\
	  `for f in $(fuzz_corpus); do					\
	    case $$f in							\
	      fuzz/corpus/$$parser-[0-9]*) echo '$(srcdir)'/$$f;;	\
	    esac;							\
	  done`
.PHONY: $(fuzz_each)
# The command lines of one tool each, named by the tool.
fuzz_line_modules = connect/client sockfile/options base/number	\
  base/privs base/ratelimit
fuzz_tools = fuzz-s6-ipcserver fuzz-s6-ipcserver-access fuzz-s6-ipcclient \
  fuzz-local-stream-socket-accept fuzz-local-stream-socket-connect	\
  fuzz-local-stream-socket-listen
$(fuzz_tools): libfuzz.a
	tool=`echo $@ | sed 's/^fuzz-//'`;				\
	number=`echo $$tool | LC_ALL=C tr 'a-z-' 'A-Z_'`;		\
	$(FUZZ_CC) $(FUZZ_FLAGS) -I.. $(DEFAULT_INCLUDES) $(AM_CPPFLAGS)	\
	  -DFUZZ_TOOL=$$number -o arguments-$$tool-libfuzzer		\
	  '$(srcdir)/fuzz/fuzz-arguments.c'				\
	  `for m in $(fuzz_line_modules); do				\
	    echo '$(top_srcdir)'/src/$$m.c; done`			\
	  $(fuzz_arguments_ldadd) $(CDB_LIBS) &&			\
	$(SHELL) '$(srcdir)/fuzz.sh' run $$tool $(FUZZ_SECONDS)		\
	  ./arguments-$$tool-libfuzzer					\
	  `for f in $(fuzz_lines); do					\
	    case $$f in							\
	      fuzz/lines/$$tool-[0-9]*) echo '$(srcdir)'/$$f;;		\
	    esac;							\
	  done`
.PHONY: $(fuzz_tools)

fuzz-each: $(fuzz_each) $(fuzz_tools)
	$(SHELL) '$(srcdir)/fuzz.sh' report				\
	  `echo $(fuzz_each) $(fuzz_tools) | sed 's/fuzz-//g'`
.PHONY: fuzz-each

# All parsers together, or one.
FUZZ_PARSER = all
fuzz: fuzz-$(FUZZ_PARSER)
	$(SHELL) '$(srcdir)/fuzz.sh' report $(FUZZ_PARSER)
fuzz-all: fuzz-libfuzzer
	$(SHELL) '$(srcdir)/fuzz.sh' run all $(FUZZ_SECONDS)		\
	  ./fuzz-libfuzzer						\
	  `for f in $(fuzz_corpus); do echo '$(srcdir)'/$$f; done`
.PHONY: fuzz fuzz-all

CLEANFILES += fuzz-libfuzzer arguments-*-libfuzzer fuzz.txt
clean-local: clean-fuzz
clean-fuzz:
	rm -rf fuzz.d
.PHONY: clean-fuzz
