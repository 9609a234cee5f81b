# src/ -- the programs and the modules they share.

true_names =				\
  s6-ipcserver				\
  s6-ipcserver-access			\
  s6-ipcclient				\
  local-stream-socket-accept		\
  local-stream-socket-connect		\
  local-stream-socket-listen
tools =					\
  src/s6-ipcserver			\
  src/s6-ipcserver-access		\
  src/s6-ipcclient			\
  src/local-stream-socket-accept	\
  src/local-stream-socket-connect	\
  src/local-stream-socket-listen
if ALONGSIDE
noinst_PROGRAMS += $(tools)
else
bin_PROGRAMS += $(tools)
endif

# --enable-alongside: beside s6 and nosh.  The programs are installed in a
# directory of their own, and the names in bindir are links to them.  A program
# calls itself by the last component of the name by which it was started.
alongsidedir = $(pkglibexecdir)/bin
alongside_name = name=`echo $$tool | sed '$(program_transform_name)'`

# The links are relative, so that they also work below DESTDIR.  A relative
# link does not find the program if a directory on its path is a symbolic link,
# and may not find it if the path of a directory contains "..".  In these
# cases the link is absolute.
alongside_way =							\
  way=`printf '%s\n' '$(bindir)' '$(alongsidedir)' | $(AWK) '	\
    { n = split ($$0, part, "/"); depth = 0;			\
      for (i = 1; i <= n; i++)					\
        if (part[i] == "..")					\
          climbs = 1;						\
        else if (part[i] != "" && part[i] != ".")		\
          dir[NR, ++depth] = part[i];				\
      size[NR] = depth }					\
    END {							\
      if (climbs) exit;						\
      for (i = 1; i <= size[1] && i <= size[2]			\
             && dir[1, i] == dir[2, i]; i++);			\
      for (j = i; j <= size[1]; j++) printf "../";		\
      for (j = i; j <= size[2]; j++) printf "%s/", dir[2, j] }'`; \
  test -n "$$way" || way='$(alongsidedir)'/

if ALONGSIDE
if_alongside = alongside
else
if_alongside = nothing
endif
install-exec-local: install-$(if_alongside)
uninstall-local: uninstall-$(if_alongside)
installcheck-local: installcheck-$(if_alongside)
install-nothing uninstall-nothing installcheck-nothing:
install-alongside: $(noinst_PROGRAMS)
	@$(alongside_way);						\
	$(MKDIR_P) '$(DESTDIR)$(bindir)' '$(DESTDIR)$(alongsidedir)'	\
	  || exit 1;							\
	for tool in $(true_names); do					\
	  $(alongside_name);						\
	  to='$(DESTDIR)$(alongsidedir)'/$$tool$(EXEEXT);		\
	  link='$(DESTDIR)$(bindir)'/$$name$(EXEEXT);			\
	  echo " $(INSTALL_PROGRAM) src/$$tool$(EXEEXT) '$$to'";	\
	  $(INSTALL_PROGRAM_ENV) $(INSTALL_PROGRAM)			\
	    src/$$tool$(EXEEXT) "$$to" || exit 1;			\
	  echo " ln -s '$$way$$tool$(EXEEXT)' '$$link'";		\
	  rm -f "$$link" && ln -s "$$way$$tool$(EXEEXT)" "$$link"	\
	    || exit 1;							\
	  if test -z '$(DESTDIR)' && ! test -f "$$link"; then		\
	    rm -f "$$link" && ln -s "$$to" "$$link" || exit 1;		\
	  fi;								\
	done
uninstall-alongside:
	@for tool in $(true_names); do					\
	  $(alongside_name);						\
	  rm -f '$(DESTDIR)$(bindir)'/$$name$(EXEEXT)			\
	    '$(DESTDIR)$(alongsidedir)'/$$tool$(EXEEXT) || exit 1;	\
	done

# Check that both names of each tool exist, and that the tool uses the name by
# which it is started.
installcheck-alongside:
	@for tool in $(true_names); do					\
	  $(alongside_name);						\
	  to='$(DESTDIR)$(alongsidedir)'/$$tool$(EXEEXT);		\
	  link='$(DESTDIR)$(bindir)'/$$name$(EXEEXT);			\
	  cmp "$$to" "$$link" || exit 1;				\
	  for name in $$tool $$name; do					\
	    said=`"$$to" --version | sed 1q`;				\
	    case $$said in						\
	      "$$name ("*) ;;						\
	      *) echo "FAIL: $$to says that it is $$said" >&2; exit 1;;	\
	    esac;							\
	    to=$$link;							\
	  done;								\
	done
.PHONY: install-alongside uninstall-alongside installcheck-alongside	\
  install-nothing uninstall-nothing installcheck-nothing

# The library that unit tests link.  The chosen method for peer credentials is
# in a library of its own, because tests link other methods.
noinst_LIBRARIES += src/libucspi.a src/libpeercred.a

src_libucspi_a_SOURCES =		\
  src/access/cdbfile.h \
  src/access/envdir.c src/access/envdir.h \
  src/access/rulefile.c src/access/rulefile.h \
  src/access/remote.c src/access/remote.h \
  src/access/rulekeys.c src/access/rulekeys.h \
  src/access/rules.c src/access/rules.h \
  src/access/ruleset.c src/access/ruleset.h \
  src/access/words.c src/access/words.h \
  src/base/account.c src/base/account.h \
  src/base/address.c src/base/address.h \
  src/base/clock.h \
  src/base/envlist.c src/base/envlist.h \
  src/base/errors.h \
  src/base/fatal-signal.c src/base/fatal-signal.h \
  src/base/fd.h \
  src/base/getgroups.h \
  src/base/idmap.c src/base/idmap.h \
  src/base/inherited.c src/base/inherited.h \
  src/base/log.c src/base/log.h \
  src/base/number.c src/base/number.h \
  src/base/privs.c src/base/privs.h \
  src/base/ratelimit.c src/base/ratelimit.h \
  src/base/signals-method.h \
  src/base/signals-selfpipe.c \
  src/base/signals.c src/base/signals.h \
  src/base/sockopt.h \
  src/base/system.h \
  src/base/workdir.h \
  src/connect/connector.c src/connect/connector.h \
  src/peer/peercred.c src/peer/peercred.h \
  src/peer/peerinfo.c src/peer/peerinfo.h \
  src/serve/acceptor.c src/serve/acceptor.h \
  src/serve/backoff.c src/serve/backoff.h \
  src/serve/childenv.c src/serve/childenv.h \
  src/serve/children.c src/serve/children.h \
  src/serve/closer.c src/serve/closer.h \
  src/serve/conntable.c src/serve/conntable.h \
  src/serve/drain.c src/serve/drain.h \
  src/serve/filewatch.c src/serve/filewatch.h \
  src/serve/limits.c src/serve/limits.h \
  src/serve/linger.c src/serve/linger.h \
  src/serve/peer.c src/serve/peer.h \
  src/serve/throttle.c src/serve/throttle.h \
  src/sockfile/acl.c src/sockfile/acl.h \
  src/sockfile/boundfile.c src/sockfile/boundfile.h \
  src/sockfile/entry.c src/sockfile/entry.h \
  src/sockfile/listener.c src/sockfile/listener.h \
  src/sockfile/probe.c src/sockfile/probe.h \
  src/sockfile/rename.c src/sockfile/rename.h \
  src/sockfile/stagedir.c src/sockfile/stagedir.h \
  src/sockfile/undo-helper.c src/sockfile/undo-helper.h \
  src/spawn/chain.c src/spawn/chain.h \
  src/spawn/lanes.h \
  src/spawn/program.c src/spawn/program.h \
  src/spawn/spawn-fork.c \
  src/spawn/spawn-method.h \
  src/spawn/spawn.c src/spawn/spawn.h
EXTRA_src_libucspi_a_SOURCES =		\
  src/access/cdbfile-libcdb.c src/access/cdbfile-none.c \
  src/base/signals-kqueue.c src/base/signals-signalfd.c \
  src/spawn/lanes-clone.c src/spawn/lanes-none.c src/spawn/rawcall.h \
  src/spawn/spawn-posix.c src/spawn/spawn-vfork.c
# The methods that configure has chosen, and all methods of starting a child
# that this system has; spawn.c chooses among the latter.
src_libucspi_a_LIBADD =			\
  src/access/cdbfile-$(CDBFILE_METHOD).$(OBJEXT) \
  $(SIGNALS_OBJECTS) src/spawn/lanes-$(LANES_METHOD).$(OBJEXT) $(SPAWN_OBJECTS)
src_libucspi_a_DEPENDENCIES = $(src_libucspi_a_LIBADD)

src_libpeercred_a_SOURCES = src/peer/peercred.h src/peer/peergroups.h
EXTRA_src_libpeercred_a_SOURCES =	\
  src/peer/peergroups-getpeerucred.c		\
  src/peer/peergroups-none.c			\
  src/peer/peergroups-peergroups.c		\
  src/peer/peergroups-xucred.c		\
  src/peer/peercred-getpeereid.c		\
  src/peer/peercred-getpeerucred.c		\
  src/peer/peercred-none.c			\
  src/peer/peercred-peerid.c			\
  src/peer/peercred-sockpeercred.c		\
  src/peer/peercred-ucred.c			\
  src/peer/peercred-unpcbid.c		\
  src/peer/peercred-xucred.c
src_libpeercred_a_LIBADD =			\
  src/peer/peercred-$(PEERCRED_METHOD).$(OBJEXT)	\
  src/peer/peergroups-$(PEERGROUPS_METHOD).$(OBJEXT)
src_libpeercred_a_DEPENDENCIES = $(src_libpeercred_a_LIBADD)

our_libraries =				\
  src/libucspi.a			\
  src/libpeercred.a			\
  lib/libgnu.a
our_ldadd = $(our_libraries) $(PEERCRED_LIBS) $(GNULIB_LIBS)

# The command line of all programs; making a socket; serving.
src_cli = src/cli/cli.c src/cli/cli.h
src_sockfile =				\
  src/sockfile/create.c src/sockfile/create.h \
  src/sockfile/endpoint.c src/sockfile/endpoint.h \
  src/sockfile/occupant.c src/sockfile/occupant.h \
  src/sockfile/options.c src/sockfile/options.h \
  src/sockfile/owner.c src/sockfile/owner.h
src_serve =				\
  src/cli/serve-options.c src/cli/serve-options.h \
  src/serve/connlog.c src/serve/connlog.h \
  src/serve/retry.c src/serve/retry.h \
  src/serve/serve.c src/serve/serve.h \
  src/serve/service.c src/serve/service.h

src_s6_ipcserver_SOURCES =		\
  src/s6-ipcserver.c			\
  src/cli/announce.c src/cli/announce.h \
  $(src_cli) $(src_sockfile) $(src_serve)
src_s6_ipcserver_LDADD = $(our_ldadd)

src_s6_ipcserver_access_SOURCES =	\
  src/s6-ipcserver-access.c		\
  $(src_cli)
src_s6_ipcserver_access_LDADD = $(our_ldadd) $(CDB_LIBS)

src_local_stream_socket_accept_SOURCES = \
  src/local-stream-socket-accept.c	\
  $(src_cli) $(src_serve)
src_local_stream_socket_accept_LDADD = $(our_ldadd)

src_local_stream_socket_listen_SOURCES = \
  src/local-stream-socket-listen.c	\
  $(src_cli) $(src_sockfile)
src_local_stream_socket_listen_LDADD = $(our_ldadd)

# The sources that both clients share.
src_client =				\
  src/connect/client.c src/connect/client.h \
  $(src_cli) $(src_sockfile)

src_local_stream_socket_connect_SOURCES = \
  src/local-stream-socket-connect.c $(src_client)
src_local_stream_socket_connect_LDADD = $(our_ldadd)

src_s6_ipcclient_SOURCES = src/s6-ipcclient.c $(src_client)
src_s6_ipcclient_LDADD = $(our_ldadd)
