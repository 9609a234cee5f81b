# doc/ -- manual pages by hand, and the manual.

man_pages =				\
  doc/s6-ipcserver.1			\
  doc/s6-ipcserver-access.1		\
  doc/s6-ipcclient.1			\
  doc/local-stream-socket-accept.1	\
  doc/local-stream-socket-connect.1	\
  doc/local-stream-socket-listen.1
man_MANS += $(man_pages)
EXTRA_DIST +=				\
  doc/matrix.txt			\
  doc/s6-ipcserver.1.in			\
  doc/s6-ipcserver-access.1.in		\
  doc/s6-ipcclient.1.in			\
  doc/local-stream-socket-connect.1.in	\
  doc/local-stream-socket-accept.1.in	\
  doc/local-stream-socket-listen.1.in
CLEANFILES += $(man_pages)

# The pages call the tools by the names under which they are installed.
$(man_pages): Makefile
	$(AM_V_GEN)$(MKDIR_P) doc;					\
	s=`echo s6-ipcserver | sed '$(program_transform_name)'`;	\
	x=`echo s6-ipcserver-access | sed '$(program_transform_name)'`;	\
	a=`echo local-stream-socket-accept | sed '$(program_transform_name)'`; \
	l=`echo local-stream-socket-listen | sed '$(program_transform_name)'`; \
	i=`echo s6-ipcclient | sed '$(program_transform_name)'`;	\
	c=`echo local-stream-socket-connect | sed '$(program_transform_name)'`; \
	I=`echo "$$i" | tr abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ`; \
	C=`echo "$$c" | tr abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ`; \
	S=`echo "$$s" | tr abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ`; \
	X=`echo "$$x" | tr abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ`; \
	A=`echo "$$a" | tr abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ`; \
	L=`echo "$$l" | tr abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ`; \
	sed -e "s|@s6_ipcserver@|$$s|g" -e "s|@S6_IPCSERVER@|$$S|g"	\
	    -e "s|@s6_ipcserver_access@|$$x|g"				\
	    -e "s|@S6_IPCSERVER_ACCESS@|$$X|g"				\
	    -e "s|@s6_ipcclient@|$$i|g" -e "s|@S6_IPCCLIENT@|$$I|g"	\
	    -e "s|@local_stream_socket_connect@|$$c|g"			\
	    -e "s|@LOCAL_STREAM_SOCKET_CONNECT@|$$C|g"			\
	    -e "s|@local_stream_socket_accept@|$$a|g"			\
	    -e "s|@LOCAL_STREAM_SOCKET_ACCEPT@|$$A|g"			\
	    -e "s|@LOCAL_STREAM_SOCKET_LISTEN@|$$L|g"			\
	    -e "s|@local_stream_socket_listen@|$$l|g"			\
	    '$(srcdir)'/$@.in >$@.tmp && mv $@.tmp $@
doc/s6-ipcserver.1: $(srcdir)/doc/s6-ipcserver.1.in
doc/s6-ipcserver-access.1: $(srcdir)/doc/s6-ipcserver-access.1.in
doc/s6-ipcclient.1: $(srcdir)/doc/s6-ipcclient.1.in
doc/local-stream-socket-connect.1: \
  $(srcdir)/doc/local-stream-socket-connect.1.in
doc/local-stream-socket-accept.1: $(srcdir)/doc/local-stream-socket-accept.1.in
doc/local-stream-socket-listen.1: $(srcdir)/doc/local-stream-socket-listen.1.in

info_TEXINFOS += doc/ucspi-local.texi
cookbook =				\
  doc/cookbook/as-client		\
  doc/cookbook/container		\
  doc/cookbook/container-client		\
  doc/cookbook/inetd-nowait		\
  doc/cookbook/inetd-wait		\
  doc/cookbook/per-user			\
  doc/cookbook/systemd-accept		\
  doc/cookbook/systemd-socket		\
  doc/cookbook/unixserver		\
  doc/cookbook/upgrade
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
  doc/matrix.texi		\
  doc/package.texi		\
  doc/performance.svg		\
  doc/performance.txt
AM_MAKEINFOFLAGS = --no-split
MAINTAINERCLEANFILES += $(srcdir)/doc/package.texi

# In the tarball, so that nobody needs makeinfo because of its date.
$(srcdir)/doc/package.texi: $(srcdir)/configure.ac
	$(AM_V_GEN)echo '@set VERSION $(VERSION)' >package.tmp;		\
	if cmp -s package.tmp $@; then :; else cp package.tmp $@; fi;	\
	rm -f package.tmp

# Services, for those who start services.
examples =				\
  daemontools/run			\
  freebsd/whoami			\
  nosh/restart				\
  nosh/run				\
  nosh/start				\
  nosh/stop				\
  openbsd/whoami			\
  openrc/whoami				\
  README				\
  runit/run				\
  s6/notification-fd			\
  s6/run				\
  solaris/whoami.xml			\
  systemd/whoami.service		\
  systemd/whoami.socket
EXTRA_DIST += $(examples:%=doc/examples/%)
install-data-local: install-examples
install-examples:
	test -n '$(examplesdir)' || exit 0;				\
	for file in $(examples); do					\
	  from='$(srcdir)'/doc/examples/$$file;				\
	  to='$(DESTDIR)$(examplesdir)'/$$file;				\
	  $(MKDIR_P) "`dirname "$$to"`" || exit 1;			\
	  if test -x "$$from"; then $(INSTALL_SCRIPT) "$$from" "$$to";	\
	  else $(INSTALL_DATA) "$$from" "$$to"; fi || exit 1;		\
	done
uninstall-local: uninstall-examples
uninstall-examples:
	test -n '$(examplesdir)' || exit 0;				\
	for file in $(examples); do					\
	  rm -f '$(DESTDIR)$(examplesdir)'/$$file;			\
	done
.PHONY: install-examples uninstall-examples

# After a change of the drawings in text.  A test compares.
figures:
	$(AM_V_GEN)cd '$(srcdir)' && for figure in $(figures); do	\
	  for format in svg pdf; do					\
	    LC_ALL=C $(AWK) -v format=$$format				\
	      -f doc/figures/from-text.awk $$figure.txt >figure.tmp	\
	      && mv figure.tmp $$figure.$$format || exit 1;		\
	  done;								\
	done
.PHONY: figures

# Whether mandoc finds anything to say about the pages, but for references that
# are not installed here.
check-man: $(man_pages)
	@mandoc -Tlint $(man_pages) >man.lint 2>&1;			\
	if grep -v -e 'referenced manual not found'			\
	     -e 'outdated mandoc.db lacks' man.lint; then		\
	  rm -f man.lint; exit 1;					\
	fi;								\
	rm -f man.lint
.PHONY: check-man
