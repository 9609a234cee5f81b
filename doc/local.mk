# doc/ -- manual pages, the manual, and examples.

man_pages =				\
  doc/s6-ipcserver.1			\
  doc/s6-ipcserver-access.1		\
  doc/s6-ipcclient.1			\
  doc/local-stream-socket-accept.1	\
  doc/local-stream-socket-connect.1	\
  doc/local-stream-socket-listen.1
man_MANS += $(man_pages)
# The name of the package is never transformed.
packagemandir = $(mandir)/man7
packageman_DATA = doc/ucspi-local.7
EXTRA_DIST +=				\
  doc/matrix.txt			\
  doc/s6-ipcserver.1.in			\
  doc/s6-ipcserver-access.1.in		\
  doc/s6-ipcclient.1.in			\
  doc/local-stream-socket-connect.1.in	\
  doc/local-stream-socket-accept.1.in	\
  doc/local-stream-socket-listen.1.in	\
  doc/ucspi-local.7.in
# With --enable-alongside, the pages are also installed under their true names,
# in a directory where "man" looks if the directory of the programs is in PATH.
true_pages =				\
  doc/true/s6-ipcserver.1		\
  doc/true/s6-ipcserver-access.1	\
  doc/true/s6-ipcclient.1		\
  doc/true/local-stream-socket-accept.1	\
  doc/true/local-stream-socket-connect.1 \
  doc/true/local-stream-socket-listen.1
truemandir = $(pkglibexecdir)/man/man1
EXTRA_DIST += doc/alongside.1.in
if ALONGSIDE
trueman_DATA = $(true_pages)
alongside_text = -e '/^@ALONGSIDE@$$/r $(srcdir)/doc/alongside.1.in'
else
alongside_text =
endif
CLEANFILES += $(man_pages) $(true_pages) $(packageman_DATA)	\
  doc/installed.sed doc/true.sed

# What @s6_ipcserver@, @S6_IPCSERVER@ and so on stand for: the names under
# which the tools are installed, or the true ones.
doc/installed.sed doc/true.sed: Makefile
	$(AM_V_GEN)$(MKDIR_P) doc;					\
	lower=abcdefghijklmnopqrstuvwxyz;				\
	upper=ABCDEFGHIJKLMNOPQRSTUVWXYZ;				\
	for tool in $(true_names); do					\
	  case $@ in							\
	    doc/true.sed) name=$$tool;;					\
	    *) $(alongside_name);;					\
	  esac;								\
	  mark=`echo $$tool | tr - _`;					\
	  echo "s|@$$mark@|$$name|g";					\
	  mark=`echo $$mark | tr $$lower $$upper`;			\
	  name=`echo "$$name" | tr $$lower $$upper`;			\
	  echo "s|@$$mark@|$$name|g";					\
	done >$@.tmp && mv $@.tmp $@

# The pages call the tools by the names under which they are installed.
$(man_pages) $(true_pages): Makefile doc/installed.sed doc/true.sed \
  doc/packager.mdoc
	$(AM_V_GEN)$(MKDIR_P) doc/true;					\
	case $@ in							\
	  doc/true/*) names=doc/true.sed;;				\
	  *) names=doc/installed.sed;;					\
	esac;								\
	tool=`echo $@ | sed -e 's,.*/,,' -e 's,\.1$$,,'`;		\
	$(alongside_name);						\
	examples='$(examplesdir)';					\
	sed $(alongside_text) -e '/^@ALONGSIDE@$$/d'			\
	  '$(srcdir)'/doc/$$tool.1.in >$@.tmp &&			\
	sed -f $$names							\
	  -e '/^@packager@$$/{' -e 'r doc/packager.mdoc' -e 'd' -e '}'	\
	  -e "s|@true_name@|$$tool|g"					\
	  -e "s|@installed_name@|$$name|g"				\
	  -e 's|[@]VERSION[@]|$(VERSION)|g'				\
	  -e "s|[@]examplesdir@|$${examples:-doc/examples}|g"		\
	  -e 's|[@]bindir@|$(bindir)|g'					\
	  -e 's|@alongsidedir@|$(alongsidedir)|g'			\
	  -e 's|@alongsidemandir@|$(pkglibexecdir)/man|g'		\
	  $@.tmp >$@.tmp2 &&						\
	rm -f $@.tmp && mv $@.tmp2 $@
doc/s6-ipcserver.1: $(srcdir)/doc/s6-ipcserver.1.in
doc/s6-ipcserver-access.1: $(srcdir)/doc/s6-ipcserver-access.1.in
doc/s6-ipcclient.1: $(srcdir)/doc/s6-ipcclient.1.in
doc/local-stream-socket-connect.1: \
  $(srcdir)/doc/local-stream-socket-connect.1.in
doc/local-stream-socket-accept.1: $(srcdir)/doc/local-stream-socket-accept.1.in
doc/local-stream-socket-listen.1: $(srcdir)/doc/local-stream-socket-listen.1.in
doc/true/s6-ipcserver.1: $(srcdir)/doc/s6-ipcserver.1.in
doc/true/s6-ipcserver-access.1: $(srcdir)/doc/s6-ipcserver-access.1.in
doc/true/s6-ipcclient.1: $(srcdir)/doc/s6-ipcclient.1.in
doc/true/local-stream-socket-connect.1: \
  $(srcdir)/doc/local-stream-socket-connect.1.in
doc/true/local-stream-socket-accept.1: \
  $(srcdir)/doc/local-stream-socket-accept.1.in
doc/true/local-stream-socket-listen.1: \
  $(srcdir)/doc/local-stream-socket-listen.1.in
$(man_pages) $(true_pages): $(srcdir)/doc/alongside.1.in

doc/ucspi-local.7: $(srcdir)/doc/ucspi-local.7.in Makefile \
  doc/installed.sed doc/packager.mdoc
	$(AM_V_GEN)$(MKDIR_P) doc;					\
	examples='$(examplesdir)';					\
	sed -f doc/installed.sed					\
	  -e '/^@packager@$$/{' -e 'r doc/packager.mdoc' -e 'd' -e '}'	\
	  -e 's|[@]VERSION[@]|$(VERSION)|g'				\
	  -e "s|[@]examplesdir@|$${examples:-doc/examples}|g"		\
	  '$(srcdir)/doc/ucspi-local.7.in' >$@.tmp && mv $@.tmp $@

info_TEXINFOS += doc/ucspi-local.texi
cookbook =				\
  doc/cookbook/as-client		\
  doc/cookbook/container		\
  doc/cookbook/container-client		\
  doc/cookbook/idle-limit		\
  doc/cookbook/inetd-identify		\
  doc/cookbook/inetd-nowait		\
  doc/cookbook/inetd-wait		\
  doc/cookbook/keep-daemontools		\
  doc/cookbook/keep-runit		\
  doc/cookbook/keep-s6			\
  doc/cookbook/keep-server		\
  doc/cookbook/per-user			\
  doc/cookbook/systemd-accept		\
  doc/cookbook/systemd-identify		\
  doc/cookbook/systemd-socket		\
  doc/cookbook/time-limit		\
  doc/cookbook/unixserver		\
  doc/cookbook/upgrade			\
  doc/cookbook/user-name		\
  doc/cookbook/with-name
EXTRA_DIST += $(cookbook)
fullname =				\
  doc/examples/fullname/chfullname	\
  doc/examples/fullname/fullname.c	\
  doc/examples/fullname/rules.sh	\
  doc/examples/fullname/run
EXTRA_DIST += $(fullname)
figures =				\
  doc/figures/connection		\
  doc/figures/descriptors		\
  doc/figures/process-chain
figures_made =				\
  doc/figures/connection.pdf		\
  doc/figures/connection.svg		\
  doc/figures/connection.txt		\
  doc/figures/descriptors.pdf		\
  doc/figures/descriptors.svg		\
  doc/figures/descriptors.txt		\
  doc/figures/process-chain.pdf		\
  doc/figures/process-chain.svg		\
  doc/figures/process-chain.txt
EXTRA_DIST += doc/figures/from-text.awk $(figures_made)
doc_ucspi_local_TEXINFOS =	\
  $(figures_made)		\
  $(cookbook)			\
  $(fullname)			\
  doc/coming-from.texi		\
  doc/manual.css		\
  doc/matrix.texi		\
  doc/package.texi		\
  doc/performance.svg		\
  doc/performance.txt
AM_MAKEINFOFLAGS = --no-split
# Cells of tables begin at the top of their row.
AM_MAKEINFOHTMLFLAGS = $(AM_MAKEINFOFLAGS)	\
  --css-include=$(srcdir)/doc/manual.css
MAINTAINERCLEANFILES += $(srcdir)/doc/package.texi

# This file is in the tarball, and is only written if it changes.  If it became
# newer than the manual, make would need makeinfo.
$(srcdir)/doc/package.texi: $(srcdir)/configure.ac
	$(AM_V_GEN)echo '@set VERSION $(VERSION)' >package.tmp;		\
	if cmp -s package.tmp $@; then :; else cp package.tmp $@; fi;	\
	rm -f package.tmp

# Examples of services for several service managers.  Those in examples_made
# call the tools by the names under which they are installed.
examples_as_is =			\
  nosh/restart				\
  nosh/start				\
  nosh/stop				\
  README				\
  s6/notification-fd			\
  systemd/whoami.socket
examples_made =				\
  doc/examples/daemontools/run		\
  doc/examples/freebsd/whoami		\
  doc/examples/nosh/run			\
  doc/examples/openbsd/whoami		\
  doc/examples/openrc/whoami		\
  doc/examples/runit/run		\
  doc/examples/s6/run			\
  doc/examples/solaris/whoami.xml	\
  doc/examples/systemd/whoami.service	\
  doc/examples/user/run			\
  doc/examples/user/whoami.service
EXTRA_DIST += $(examples_as_is:%=doc/examples/%)
EXTRA_DIST += $(examples_made:=.in)
CLEANFILES += $(examples_made)
all-local: $(examples_made)
$(examples_made): Makefile doc/installed.sed
	$(AM_V_GEN)$(MKDIR_P) "`dirname $@`" &&				\
	sed -f doc/installed.sed -e 's|[@]bindir@|$(bindir)|g'		\
	  '$(srcdir)'/$@.in >$@.tmp && mv $@.tmp $@
doc/examples/daemontools/run: $(srcdir)/doc/examples/daemontools/run.in
doc/examples/freebsd/whoami: $(srcdir)/doc/examples/freebsd/whoami.in
doc/examples/nosh/run: $(srcdir)/doc/examples/nosh/run.in
doc/examples/openbsd/whoami: $(srcdir)/doc/examples/openbsd/whoami.in
doc/examples/openrc/whoami: $(srcdir)/doc/examples/openrc/whoami.in
doc/examples/runit/run: $(srcdir)/doc/examples/runit/run.in
doc/examples/s6/run: $(srcdir)/doc/examples/s6/run.in
doc/examples/solaris/whoami.xml: $(srcdir)/doc/examples/solaris/whoami.xml.in
doc/examples/systemd/whoami.service: \
  $(srcdir)/doc/examples/systemd/whoami.service.in
doc/examples/user/run: $(srcdir)/doc/examples/user/run.in
doc/examples/user/whoami.service: $(srcdir)/doc/examples/user/whoami.service.in

install-data-local: install-examples
install-examples: $(examples_made)
	test -n '$(examplesdir)' || exit 0;				\
	for file in $(examples_as_is) $(examples_made) $(fullname)	\
	    $(cookbook); do						\
	  from='$(srcdir)'/doc/examples/$$file;				\
	  case $$file in						\
	    doc/examples/fullname/*|doc/cookbook/*)			\
	      from='$(srcdir)'/$$file;;					\
	    doc/*) from=$$file;;					\
	  esac;								\
	  file=`echo $$file | sed -e 's,^doc/examples/,,' -e 's,^doc/,,'`; \
	  to='$(DESTDIR)$(examplesdir)'/$$file;				\
	  $(MKDIR_P) "`dirname "$$to"`" || exit 1;			\
	  case $$file in						\
	    README|s6/notification-fd|*.xml|*.socket|*.service|*.c|	\
	    cookbook/systemd-identify)					\
	      $(INSTALL_DATA) "$$from" "$$to";;				\
	    *) $(INSTALL_SCRIPT) "$$from" "$$to";;			\
	  esac || exit 1;						\
	done
uninstall-local: uninstall-examples
uninstall-examples:
	test -n '$(examplesdir)' || exit 0;				\
	for file in $(examples_as_is) $(examples_made) $(fullname)	\
	    $(cookbook); do						\
	  file=`echo $$file | sed -e 's,^doc/examples/,,' -e 's,^doc/,,'`; \
	  rm -f '$(DESTDIR)$(examplesdir)'/$$file;			\
	done
.PHONY: install-examples uninstall-examples

# Make the figures from the drawings in text.  Run this after a change of a
# drawing; a test checks that the figures match.
figures:
	$(AM_V_GEN)cd '$(srcdir)' && for figure in $(figures); do	\
	  for format in svg pdf; do					\
	    LC_ALL=C $(AWK) -v format=$$format				\
	      -f doc/figures/from-text.awk $$figure.txt >figure.tmp	\
	      && mv figure.tmp $$figure.$$format || exit 1;		\
	  done;								\
	done
.PHONY: figures

# Fail if mandoc finds a fault in the pages.  Ignore messages about pages that
# are not installed here.  Also ignore that .Os has an argument, which is the
# name of the package: mandoc objects to that where it checks the style of
# NetBSD.
check-man: $(man_pages) $(packageman_DATA)
	@mandoc -Tlint $(man_pages) $(packageman_DATA) >man.lint 2>&1; \
	if grep -v -e 'referenced manual not found'			\
	     -e 'outdated mandoc.db lacks'				\
	     -e 'operating system explicitly specified' man.lint; then		\
	  rm -f man.lint; exit 1;					\
	fi;								\
	rm -f man.lint
.PHONY: check-man
