# fuzz.mk -- arbitrary bytes for every parser.
#
# fuzz-smoke works with any compiler; make check runs it as a test, too.  fuzz
# needs clang with its library for libFuzzer, and goes on for FUZZ_SECONDS,
# from the corpus and what it has found itself (fuzz.d).

check_PROGRAMS += fuzz-parsers
fuzz_parsers_SOURCES = fuzz/fuzz-parsers.c unit.h
fuzz_parsers_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_MAIN=1
fuzz_parsers_LDADD = $(unit_libs)

fuzz_corpus =				\
  fuzz/corpus/address-1			\
  fuzz/corpus/address-2			\
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
EXTRA_DIST += $(fuzz_corpus)

FUZZ_CHANGES = 200000
fuzz-smoke: fuzz-parsers
	./fuzz-parsers `for f in $(fuzz_corpus); do			\
	  echo '$(srcdir)'/$$f; done` -r $(FUZZ_CHANGES)
.PHONY: fuzz-smoke

FUZZ_CC = clang
FUZZ_SECONDS = 600
FUZZ_FLAGS = -g -O1 -fsanitize=fuzzer,address,undefined	\
  -fno-sanitize-recover=undefined
fuzz_modules = address chain envdir envlist number program ratelimit	\
  rulekeys words
fuzz:
	$(MKDIR_P) fuzz.d
	$(FUZZ_CC) $(FUZZ_FLAGS) -I.. $(DEFAULT_INCLUDES) $(AM_CPPFLAGS)	\
	  -o fuzz-libfuzzer '$(srcdir)/fuzz/fuzz-parsers.c'		\
	  `for m in $(fuzz_modules); do echo '$(top_srcdir)'/src/$$m.c; done` \
	  ../src/libucspi.a ../lib/libgnu.a
	./fuzz-libfuzzer -max_total_time=$(FUZZ_SECONDS) -max_len=6000	\
	  -print_final_stats=1 fuzz.d '$(srcdir)/fuzz/corpus'
.PHONY: fuzz

CLEANFILES += fuzz-libfuzzer
clean-local: clean-fuzz
clean-fuzz:
	rm -rf fuzz.d
.PHONY: clean-fuzz
