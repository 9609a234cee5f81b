# fuzz.mk -- arbitrary bytes for every parser.
#
# fuzz-smoke works with any compiler; make check runs it as a test, too.  fuzz
# and fuzz-each need clang with its library for libFuzzer, and go on from the
# corpus and what they have found themselves (fuzz.d).  Each process may use
# the processor for FUZZ_SECONDS; fuzz-each has one for each parser, two at a
# time with -j2, and leaves a table in fuzz.txt.  fuzz has one for all parsers
# together, or for FUZZ_PARSER.

check_PROGRAMS += fuzz-parsers
fuzz_parsers_SOURCES = fuzz/fuzz-parsers.c fuzz/fuzz.h unit.h
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
EXTRA_DIST += fuzz.sh $(fuzz_corpus)

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
fuzz-libfuzzer:
	$(FUZZ_CC) $(FUZZ_FLAGS) -I.. $(DEFAULT_INCLUDES) $(AM_CPPFLAGS)	\
	  -o $@ '$(srcdir)/fuzz/fuzz-parsers.c'				\
	  `for m in $(fuzz_modules); do echo '$(top_srcdir)'/src/$$m.c; done` \
	  ../src/libucspi.a ../lib/libgnu.a
.PHONY: fuzz-libfuzzer

# One parser each, by its letter.
fuzz_each = fuzz-w fuzz-d fuzz-n fuzz-g fuzz-r fuzz-l fuzz-k fuzz-a fuzz-e
$(fuzz_each): fuzz-libfuzzer
	letter=`echo $@ | sed 's/^fuzz-//'`;				\
	FUZZ_LETTER=$$letter;						\
	export FUZZ_LETTER;						\
	$(SHELL) '$(srcdir)/fuzz.sh' run $$letter $(FUZZ_SECONDS)	\
	  ./fuzz-libfuzzer						\
	  `for f in $(fuzz_corpus); do					\
	    f='$(srcdir)'/$$f;						\
	    test "\`dd if=$$f bs=1 count=1 2>/dev/null\`" != $$letter || echo $$f; \
	  done`
.PHONY: $(fuzz_each)
fuzz-each: $(fuzz_each)
	$(SHELL) '$(srcdir)/fuzz.sh' report				\
	  `echo $(fuzz_each) | sed 's/fuzz-//g'`
.PHONY: fuzz-each

# All together, or one.
FUZZ_PARSER = all
fuzz: fuzz-$(FUZZ_PARSER)
	$(SHELL) '$(srcdir)/fuzz.sh' report $(FUZZ_PARSER)
fuzz-all: fuzz-libfuzzer
	$(SHELL) '$(srcdir)/fuzz.sh' run all $(FUZZ_SECONDS)		\
	  ./fuzz-libfuzzer						\
	  `for f in $(fuzz_corpus); do echo '$(srcdir)'/$$f; done`
.PHONY: fuzz fuzz-all

CLEANFILES += fuzz-libfuzzer fuzz.txt
clean-local: clean-fuzz
clean-fuzz:
	rm -rf fuzz.d
.PHONY: clean-fuzz
