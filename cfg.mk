# cfg.mk -- rules for "make syntax-check", and how the tarball is made.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Two tarballs of one commit are identical: nothing in them depends on the
# time, the user or the umask.  In an unpacked release, use the time of
# configure, because git would find the repository of a directory above.
dist_date := $(shell unset GIT_DIR GIT_WORK_TREE;			\
	       { test -e '$(srcdir)/.git' &&				\
		 git -C '$(srcdir)' log -1 --format=@%ct 2>/dev/null; }	\
	       || date -r '$(srcdir)/configure' +@%s)
export TAR_OPTIONS = --sort=name --owner=0 --group=0 --numeric-owner \
  --mode=u+rw,go=u,go-w,a+X --mtime=$(dist_date)

# The gnulib sources are not here, so rules that read them find nothing.
gnulib_dir = $(srcdir)

# Rules that do not apply: our messages are in English only; we have our own
# names for exit statuses, quoting and configuration; we send no announcements
# by mail; and the year in gnulib's version-etc.c is not used, because we only
# use the options that the module adds to configure.
local-checks-to-skip =			\
  sc_bindtextdomain			\
  sc_copyright_check			\
  sc_error_message_period		\
  sc_error_message_uppercase		\
  sc_immutable_NEWS			\
  sc_indent				\
  sc_prohibit_intprops_without_use	\
  sc_prohibit_strcmp			\
  sc_readme_link_copying		\
  sc_readme_link_install		\
  sc_tight_scope			\
  sc_two_space_separator_in_usage	\
  sc_unmarked_diagnostics		\
  sc_vulnerable_makefile_CVE-2009-4029	\
  sc_vulnerable_makefile_CVE-2012-3386

# The shims are headers of other systems.  Such headers must not include
# config.h first.
exclude_file_name_regexp--sc_require_config_h = \
  ^(testsuite/shim/|testsuite/helpers/(emulated|faults)\.c$$|doc/examples/)
exclude_file_name_regexp--sc_require_config_h_first = \
  ^(testsuite/shim/|testsuite/helpers/(emulated|faults)\.c$$|doc/examples/)
# The helpers read only what the tests have written.
exclude_file_name_regexp--sc_prohibit_atoi_atof = ^testsuite/
exclude_file_name_regexp--sc_prohibit_magic_number_exit = \
  ^(testsuite|doc/examples)/
exclude_file_name_regexp--sc_makefile_at_at_check = ^(completions|doc)/local\.mk$$
# The licenses of other packages.
exclude_file_name_regexp--sc_GPL_version = \
  ^packaging/(debian/copyright|copyright\.pl)$$
exclude_file_name_regexp--sc_prohibit_doubled_word = ^COPYING$$
exclude_file_name_regexp--sc_file_system = ^doc/examples/solaris/
exclude_file_name_regexp--sc_prohibit_path_max_allocation = \
  ^(doc/examples/|testsuite/lib/ipc\.exp$$)
# Inputs of the fuzzers and generated files.
exclude_file_name_regexp--sc_prohibit_empty_lines_at_EOF = \
  ^testsuite/fuzz/(corpus|lines)/
exclude_file_name_regexp--sc_trailing_blank = \
  ^(testsuite/fuzz/(corpus|lines)/|doc/figures/.*\.pdf$$)
exclude_file_name_regexp--sc_space_tab = ^testsuite/fuzz/(corpus|lines)/

# Test for features: the source must not use a macro that names a system.
sc_no_system_names:
	@prohibit='^ *# *(if|elif).*\<(__linux__|__gnu_linux__|__FreeBSD__|__NetBSD__|__OpenBSD__|__DragonFly__|__APPLE__|__sun|__svr4__|_AIX|__hpux|__HAIKU__|__CYGWIN__|__GNU__|__GLIBC__)' \
	in_vc_files='(^|/)(src|testsuite)/.*\.[ch]$$'			\
	halt='ask configure for a feature instead of a system'		\
	  $(_sc_search_regexp)

# Check includes against the table of folders in DESIGN.
sc_folders:
	@$(AWK) -f '$(srcdir)/testsuite/folders.awk' '$(srcdir)/DESIGN'	\
	  `$(VC_LIST) src | grep -E '/src/.*\.[ch]$$|^src/.*\.[ch]$$'`

# A test must not set a global variable that a file of testsuite/lib/ uses.
sc_test_globals:
	@files=`$(VC_LIST) testsuite | grep '\.exp$$'`;			\
	$(AWK) -f '$(srcdir)/testsuite/globals.awk'			\
	  `printf '%s\n' $$files | grep '/lib/'`			\
	  `printf '%s\n' $$files | grep -v '/lib/'` || {		\
	  echo 'a file of testsuite/lib/ has a global variable of that name' >&2; \
	  exit 1; }

# A file whose comment says that it makes no system call must make none.
sc_no_system_call:
	@files=`$(VC_LIST) src | xargs grep -l 'This file makes no system call'`; \
	if test -z "$$files"; then					\
	  echo 'no file says that it makes no system call' >&2; exit 1;	\
	fi;								\
	if grep -nE '^# *include <(unistd|fcntl|signal|poll|sys/(stat|wait|socket))\.h>' \
	    $$files; then						\
	  echo 'this file says that it makes no system call' >&2; exit 1; \
	fi

# A file that does not include log.h must return errors.
sc_silent:
	@for f in `$(VC_LIST) src | grep -E 'src/.*/.*\.c$$'		\
	    | grep -v 'base/log\.c$$'`; do				\
	  if ! grep '"base/log\.h"' $$f >/dev/null			\
	      && grep -nE '\<(printf|fprintf|puts|perror|exit|abort) \(' \
		   $$f /dev/null; then					\
	    echo 'without base/log.h a file returns errors' >&2; exit 1; \
	  fi;								\
	done
sc_no_log_below:
	@prohibit='"base/log\.h"'					\
	in_vc_files='(^|/)src/(peer|spawn|access)/.*\.[ch]$$'		\
	halt='the files of this folder return errors'			\
	  $(_sc_search_regexp)

# These variables belong to runtest.  If a test changes "tool", runtest does
# not end what the tool began.
sc_runtest_variables:
	@prohibit='^(set|foreach \{?)[^{}$$"]*\<(tool|srcdir|subdir|outdir|testdir)[ }]' \
	in_vc_files='(^|/)testsuite/.*\.exp$$'				\
	halt='a variable of runtest is set'				\
	  $(_sc_search_regexp)

# A test must name the error that it expects (try, trap).  Catching every error
# would hide a missing program, such as kill on a minimal system.
sc_tests_hide_no_error:
	@prohibit='(^|[^a-z_])catch [{]|exec (kill|pgrep|pkill|ps) '	\
	in_vc_files='(^|/)testsuite/.*\.exp$$'				\
	halt='name the error (trap), or use send_signal instead of kill'	\
	  $(_sc_search_regexp)

exclude_file_name_regexp--sc_user_namespaces = /idmap\.c$$
# Use a macro only for the feature that it names, and not for a system that has
# the feature.
sc_user_namespaces:
	@prohibit='HAVE_DECL_CLONE_NEWUSER'				\
	in_vc_files='(^|/)src/.*\.[ch]$$'				\
	halt='only idmap.c may use a macro of user namespaces'		\
	  $(_sc_search_regexp)

# Haiku and the BSDs lack these variables.
exclude_file_name_regexp--sc_program_name = /faults\.c$$
sc_program_name:
	@prohibit='\<program_invocation_(short_)?name\>'		\
	in_vc_files='(^|/)(src|testsuite)/.*\.[ch]$$'			\
	halt='use getprogname'						\
	  $(_sc_search_regexp)

# A header that some systems lack must be included after an #if, except in a
# file that is built only where the header exists.
sc_headers_may_be_missing:
	@$(AWK) '							\
	  FNR == 1 { depth = 0 }					\
	  /^# *ifndef [A-Z_]*_H$$/ { next }				\
	  /^# *if/ { depth++ }						\
	  /^# *endif/ { depth-- }					\
	  /^# *include <(linux|systemd)\// ||				\
	  /^# *include <(cdb|ucred|sys\/(epoll|event|prctl|ptrace|signalfd|statfs|syscall|ucred|vfs|xattr))\.h>/ { \
	    if (depth <= 0) {						\
	      print FILENAME ":" FNR ": " $$0; bad = 1			\
	    } }								\
	  END { exit bad }'						\
	  `$(VC_LIST) | grep -E '(^|/)(src|testsuite/(helpers|unit|fuzz))/.*\.[ch]$$' | grep -vE '$(optional_files)'` || { \
	  echo 'some systems lack this header' >&2; exit 1; }
optional_files = \
  /(cdbfile-libcdb|faults|getpeerucred|lanes-clone|peer[a-z]*-(getpeerucred|xucred)|sd-names|signals-(kqueue|signalfd))\.c$$|/(rawcall|syscall-info)\.h$$

# Each simulated header and system must say which version it was compared with.
sc_shims_are_compared:
	@for f in `$(VC_LIST) testsuite | grep -E 'testsuite/(shim/[a-z]+/.*\.h|systems/.*\.site)$$'`; do \
	  grep -E '(Compared with|Not compared: )' "$$f" >/dev/null || {	\
	    echo "$$f: say with which version it was compared" >&2;	\
	    exit 1; };							\
	done

# Most signals have other numbers on other systems.
sc_signal_numbers:
	@prohibit='\<(blocked|ignored|pending|signal|came|kill=) ?(7|10|12|1[6-9]|[2-9][0-9])\>' \
	in_vc_files='(^|/)testsuite/.*\.exp$$'				\
	halt='this signal has another number on other systems'		\
	  $(_sc_search_regexp)

# Adding one to the greatest id does not give an id.
sc_id_plus_one:
	@prohibit='(\$$(g|gid|me|mine|u|uid)|\[own_[gu]id\]) [+] [0-9]' \
	in_vc_files='(^|/)testsuite/.*\.exp$$'				\
	halt='use another_id: one more than an id may not be an id'	\
	  $(_sc_search_regexp)

# Some shells close descriptors that were opened with exec when they run a
# program.
sc_descriptors_by_exec:
	@prohibit='exec +([0-9]*[<>][^ ;]* +)*[3-9][<>]+(&[0-9]|[^&])'	\
	in_vc_files='(^|/)(testsuite|bench)/.*\.(exp|sh)$$'		\
	halt='some shells close this descriptor when they run a program: redirect the command instead of using exec' \
	  $(_sc_search_regexp)

# Lines must fit a page.  Exceptions: the code of a test, where a promise in one
# line can be found by grep; the names of the tools for installcheck; an item or
# a row of a table; a synopsis; the examples, and a generated file.
exclude_file_name_regexp--sc_long_lines = \
  ^doc/(matrix\.texi$$|examples/)
sc_long_lines:
	@prohibit='^.{80}'						\
	in_vc_files='(^|/)((bench|completions|doc|m4|packaging|src|testsuite)/.*\.(awk|c|exp|h|in|m4|mk|sh|site|texi)|Makefile\.am|DESIGN|HACKING|NEWS|README|bootstrap(\.conf)?|configure\.ac|\.ci/run)$$' \
	exclude='(\.exp:[0-9]+: *[^# ]|TOOLNAMES=|:@(item|itemx|tab) |@dots\{\} )' \
	halt='lines of more than 79 columns'				\
	  $(_sc_search_regexp)

# Each gnulib module that we use must be in bootstrap.conf.
sc_gnulib_modules:
	@LC_ALL=C $(AWK) -f '$(srcdir)/testsuite/modules.awk'		\
	  '$(srcdir)/bootstrap.conf' '$(srcdir)/lib/gnulib.mk'		\
	  '$(srcdir)'/lib/*.[ch]					\
	  `$(VC_LIST) | grep -E '(^|/)(src|testsuite|bench)/.*\.[ch]$$'` || \
	  { echo '$(ME): list these modules in bootstrap.conf' 1>&2;	\
	    exit 1; }

# The makefiles in the release must work with any make: do not use variables,
# functions, directives or rules that only some makes have.
sc_portable_make:
	@prohibit='\$$[$$]?[<^+|]|\$$\([a-z-]+ |^[A-Za-z_]+ *(:|::|\?|!)=|^(ifn?eq|ifn?def|define|export|override|vpath|-include|sinclude)( |$$)|^[^#	]*%[^=]*:|^\.(ONESHELL|SECONDARY|SECONDEXPANSION|DELETE_ON_ERROR|NOTPARALLEL)' \
	in_vc_files='(^|/)(Makefile\.am|(bench|completions|doc|lib|packaging|src|testsuite)/[a-z]+\.mk)$$' \
	halt='not every make knows this'				\
	  $(_sc_search_regexp)

# Each test must be in a directory TOOL.TOPIC or FAMILY.TOPIC, and the tools of
# a family must exist; otherwise the test would never run.  runtest also takes
# directories whose names only begin with the name of the tool, so no name of a
# tool or family may begin with another.
sc_tests_have_a_tool:
	@tools=`sed -n '/^DEJATOOL/,/[a-z]$$/p'				\
	  '$(srcdir)/testsuite/Makefile.am' | tr -d '\134' | sed 's/.*=//'`; \
	families=`sed -n 's/^\([^ #][^ ]*\) .*/\1/p' '$(srcdir)/testsuite/families'`; \
	owners=" `echo $$tools $$families` ";				\
	for member in `sed -n 's/^[^ #][^ ]* //p' '$(srcdir)/testsuite/families'`; do \
	  case " `echo $$tools` " in					\
	    *" $$member "*) ;;						\
	    *) echo "testsuite/families: there is no tool $$member" >&2; \
	      exit 1;;							\
	  esac;								\
	done;								\
	for name in $$owners; do					\
	  for other in $${owners#* $$name }; do				\
	    case $$name:$$other in					\
	      $$other*:* | *:$$name*)					\
		echo "testsuite/families: of $$name and $$other, one begins with the other" >&2; \
		exit 1;;						\
	    esac;							\
	  done;								\
	done;								\
	for f in `$(VC_LIST) testsuite | sed -n -e 's,^.*testsuite/\(.*\)/[^/]*\.exp$$,\1,p' -e 's,^.*testsuite/\([^/]*\.exp\)$$,\1,p' | sort -u`; do \
	  case $$f:$$owners in						\
	    config:* | lib:*) ;;					\
	    *.*:*" $${f%%.*} "*)						\
	      case $$f in						\
		*/* | *.*.*) echo "testsuite/$$f: not TOOL.TOPIC" >&2; exit 1;; \
	      esac;;							\
	    *) echo "testsuite/$$f: $${f%%.*} is no tool and no family, or there is no topic" >&2; \
	      exit 1;;							\
	  esac;								\
	done

# Each test must be in the release, so that users run it.
sc_tests_are_listed:
	@for f in `$(VC_LIST) testsuite | sed -n -e 's,^.*testsuite/\(.*\.exp\)$$,\1,p' -e 's,^.*testsuite/\(fuzz/[cl].*/\),\1,p'`; do \
	  grep -F "$$f" '$(srcdir)'/testsuite/*.am			\
	    '$(srcdir)'/testsuite/*.mk >/dev/null || {			\
	    echo "$$f is not in testsuite/Makefile.am" >&2; exit 1; };	\
	done

# Keep out sentences that begin with a relative clause in place of a noun, such
# as "Who connects while it is full waits", and some words that readers had to
# read twice.  A title may be such a clause.
exclude_file_name_regexp--sc_plain_english = ^(packaging|testsuite)/README$$
plain_english_files = (^|/)(doc/[^/]*\.(in|texi)|README|NEWS)$$
sc_plain_english:
	@prohibit='(^ *(- )?|[.:;]  )(Who|Whoever|What|Whatever|Whichever) [a-z]|\<(Likewise|lest|nobody but|none but|no other than|not never|for want of|of whom|(can|could) be had|comes? to (its|their) end|(the|its|their) own (ids?|ones?))\>' \
	in_vc_files='$(plain_english_files)'				\
	halt='name the subject; see the rule in cfg.mk'			\
	  $(_sc_search_regexp)

# All texts and names have the American spelling.
exclude_file_name_regexp--sc_american_spelling = \
  ^(cfg\.mk$$|COPYING$$)
sc_american_spelling:
	@prohibit='behaviour|colour|favour|honour|labour|neighbour|catalogue|licence|defence|artefact|analys(e|ed|ing)\>|(initial|minim|maxim|normal|optim|organ|recogn|serial|summar|synchron)is(e|ed|es|ing|ation)\>|(cancel|label|model|signal|travel)l(ed|ing)\>' \
	ignore_case=1							\
	halt='American spelling, please'				\
	  $(_sc_search_regexp)

# In a manual page, mandoc and groff take some words on the line of a macro for
# macros, too, such as An at the beginning of a heading.  Write \&An there.
# None of our headings contains a macro.  On other lines, our pages use only Ar,
# Dv, Ev, Fl, Li, No, Ns, Oc, Oo, Pa, Sy, Ta, Xc and Xo in this way.  Of these,
# No never comes directly after the macro that begins the line.
mdoc_callable = A[cdnopqt]|B[coqx]|Br[coq]|C[dm]|D[coqx]|E[cmnors]|F[acnortx]|Hf|I[cn]|L[bkp]|M[st]|N[dmx]|O[ptx]|P[cfoq]|Q[cloq]|R[esv]|S[cmoqtx]|T[gn]|U[dx]|V[at]|Xr
mdoc_used = Ar|Dv|Ev|Fl|Li|N[os]|O[co]|Pa|Sy|Ta|X[co]
sc_mdoc_words:
	@prohibit='^\.S[hs] (.* )?($(mdoc_callable)|$(mdoc_used))( |$$)|^\.[A-Z][a-z1]* (.* )?($(mdoc_callable))( |$$)|^\.[A-Z][a-z1]* No( |$$)' \
	in_vc_files='(^|/)doc/[^/]*\.[0-9]\.in$$'			\
	halt='a word that mandoc and groff take for a macro: write it with \&' \
	  $(_sc_search_regexp)
