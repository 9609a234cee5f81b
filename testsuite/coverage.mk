# coverage.mk -- which lines of src/ the tests run.
#
# (bootstrap renames the target of this name in gnulib's maint.mk, which wants
# lcov, keeps no counts of a server, and builds over what has been built.)
#
# Everything is built once more, in coverage.d, with counters, and all tests
# are run.  The lines are those of the files of src/ that are compiled there:
# by this system's choice of methods, or for a program of the tests, such as
# those on shims.  A line counts as run if it was run in any of these programs.
# The other method of signals is compiled for the test of its module.
#
# A process writes its counters when it exits; helpers/coverage.c has it do so
# before exec and _exit as well.  What is killed by a signal loses them, and
# nothing else.  Processes may have become another user by then: the files can
# be written to by everybody.  Hence each tool is run once before the tests,
# some of which have a umask.

COVERAGE_CFLAGS = -O0 -g --coverage \
  -fno-builtin-fork -fno-builtin-execve -fno-builtin-execvp
# For sanitizers, say.
COVERAGE_MORE_CFLAGS =
COVERAGE_WRAP = -Wl,--wrap=fork -Wl,--wrap=execve -Wl,--wrap=execvp \
  -Wl,--wrap=_exit
COVERAGE_CONFIGURE_FLAGS = --disable-hardening
# In percent of the lines.
COVERAGE_MINIMUM = 95
GCOV = gcov
EXTRA_DIST += testsuite/helpers/coverage.c

coverage:
	@if ! ($(GCOV) --version) >/dev/null 2>&1; then			\
	  echo 'FAIL: there is no $(GCOV)' >&2; exit 1;			\
	fi
	rm -rf coverage.d
	mkdir coverage.d
	here=`pwd`; cd '$(srcdir)' && src=`pwd` && cd "$$here/coverage.d" \
	  && "$$src/configure" -q $(COVERAGE_CONFIGURE_FLAGS)		\
	       CC='$(CC)' LDFLAGS=					\
	       CFLAGS='$(COVERAGE_CFLAGS) $(COVERAGE_MORE_CFLAGS)'	\
	  && $(CC) -I. -g -c "$$src/testsuite/helpers/coverage.c" -o coverage.o
	umask 0; cd coverage.d						\
	  && ldflags="$(COVERAGE_WRAP) '`pwd`/coverage.o'"		\
	  && $(MAKE) $(AM_MAKEFLAGS) LDFLAGS="$$ldflags" all		\
	  && find . -type d -exec chmod a+rwx {} +			\
	  && for tool in $(bin_PROGRAMS); do				\
	       ./$$tool --version >/dev/null || exit 1; done		\
	  && status=0							\
	  && { UCSPI_COVERAGE=1 RUNTEST_JOBS="$${RUNTEST_JOBS-2}"	\
		 $(MAKE) $(AM_MAKEFLAGS)				\
		 LDFLAGS="$$ldflags" check || status=$$?; }		\
	  && cd .. && $(MAKE) $(AM_MAKEFLAGS) coverage-report		\
	  && exit $$status

# The lines that were not run are listed in coverage.d/missed.
coverage-report:
	@cd coverage.d && rm -rf gcov missed && mkdir gcov && cd gcov &&	\
	n=0;								\
	for data in ../src/*.gcda ../src/*/*.gcda ../testsuite/*.gcda; do	\
	  n=`expr $$n + 1`; mkdir $$n;					\
	  (cd $$n && $(GCOV) "../$$data" >/dev/null 2>&1);		\
	done;								\
	LC_ALL=C awk -v minimum=$(COVERAGE_MINIMUM) '			\
	  /^ *-: *0:Source:/ { file = $$0; sub (/.*:/, "", file);	\
	    keep = file ~ /\/src\/([a-z]+\/)?[^\/]*\.c$$/;		\
	    sub (/.*\/src\//, "", file) }				\
	  keep { split ($$0, part, ":"); count = part[1];		\
	    gsub (/ /, "", count); line = part[2] + 0;			\
	    if (line != 0 && count != "-") {				\
	      key = "src/" file ":" line;				\
	      if (!(key in text))					\
		{ text[key] = $$0; lines[file]++ }			\
	      if (count !~ /^[#=]/ && !(key in hit))			\
		{ hit[key] = 1; run[file]++ } } }			\
	  END { for (key in text)					\
	      if (!(key in hit)) {					\
		sub (/^[^:]*:[^:]*/, key, text[key]);			\
		print text[key] | "sort -t: -k1,1 -k2,2n >../missed" }	\
	    for (file in lines) {					\
	      printf "%6.1f%%  %4d of %4d  src/%s\n",			\
		100 * run[file] / lines[file], run[file], lines[file],	\
		file | "sort -k 5";					\
	      all += lines[file]; done += run[file] }			\
	    close ("sort -k 5");					\
	    printf "%6.1f%%  %4d of %4d  in total\n",			\
	      100 * done / all, done, all;				\
	    if (100 * done < minimum * all) {				\
	      printf "FAIL: less than %d%% of the lines\n", minimum;	\
	      exit 1 } }' */*.c.gcov
.PHONY: coverage coverage-report

clean-local: clean-coverage clean-systems
clean-coverage:
	rm -rf coverage.d
.PHONY: clean-coverage
