# coverage.mk -- count which lines of src/ the tests run.
#
# (bootstrap renames the target "coverage" in gnulib's maint.mk: that one needs
# lcov, gets no counts of a server, and overwrites the build.)
#
# The package is built again with counters, in coverage.d, and all tests are
# run.  The lines counted are those of the files of src/ that are compiled
# there: with the methods that configure chose, or for a program of the tests,
# such as those with shims.  A line counts as run if any of these programs has
# run it.  The methods of receiving signals that configure did not choose are
# compiled for their unit tests.
#
# A process writes its counters to files when it exits, and helpers/coverage.c
# writes them before exec and _exit.  The process may have changed its user by
# then, so every user must be able to write these files.  The first run of a
# tool makes them.  So each tool is run once with umask 0 before the tests,
# because some tests set another umask.  A process that a signal kills loses
# its counters.

COVERAGE_CFLAGS = -O0 -g --coverage \
  -fno-builtin-fork -fno-builtin-execve -fno-builtin-execvp
# More flags, such as those of sanitizers.
COVERAGE_MORE_CFLAGS =
COVERAGE_WRAP = -Wl,--wrap=fork -Wl,--wrap=execve -Wl,--wrap=execvp \
  -Wl,--wrap=_exit
COVERAGE_CONFIGURE_FLAGS = --disable-hardening
# The required percentage of lines.
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
