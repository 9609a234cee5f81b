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

# Where s6 and nosh may be, too: --enable-alongside.  The programs are in a
# directory of their own.  The names in bindir are links to them: a program
# calls itself by the last part of the name that it was started by.
alongsidedir = $(pkglibexecdir)/bin
alongside_name = name=`echo $$tool | sed '$(program_transform_name)'`

# The links are relative, so that they are right below DESTDIR, too.  Where a
# symbolic link on the way leads elsewhere, they do not find the program, and
# where a directory has ".." in its name they may not; then they are absolute.
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
install-alongside: $(tools)
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

# Both names of each tool are there, and each speaks of itself by its own.
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

# Floors 1 and 2, so that unit tests link them without the programs.  The
# chosen way to ask for peer credentials is apart: the tests link others.
noinst_LIBRARIES += src/libucspi.a src/libpeercred.a

src_libucspi_a_SOURCES =		\
  src/account.c src/account.h		\
  src/acl.c src/acl.h			\
  src/address.c src/address.h		\
  src/backoff.c src/backoff.h		\
  src/boundfile.c src/boundfile.h	\
  src/cdbfile.h				\
  src/chain.c src/chain.h		\
  src/childenv.c src/childenv.h		\
  src/conntable.c src/conntable.h	\
  src/connector.c src/connector.h	\
  src/custody.c src/custody.h		\
  src/envdir.c src/envdir.h		\
  src/doom.c src/doom.h			\
  src/dupto.h				\
  src/envlist.c src/envlist.h		\
  src/fdpath.h				\
  src/filtered.h			\
  src/getgroups.h			\
  src/hold.h				\
  src/idmap.c src/idmap.h		\
  src/inherited.c src/inherited.h	\
  src/listener.c src/listener.h		\
  src/lanes.h				\
  src/log.c src/log.h			\
  src/number.c src/number.h		\
  src/place.c src/place.h		\
  src/peercred.c src/peercred.h		\
  src/peerinfo.c src/peerinfo.h		\
  src/privs.c src/privs.h		\
  src/program.c src/program.h		\
  src/quiet.h				\
  src/ratelimit.c src/ratelimit.h	\
  src/rulefile.c src/rulefile.h		\
  src/rulekeys.c src/rulekeys.h		\
  src/rules.c src/rules.h		\
  src/shortage.h			\
  src/sockopt.h				\
  src/signals.c src/signals.h src/signals-method.h \
  src/signals-selfpipe.c		\
  src/spawn.c src/spawn.h src/spawn-method.h \
  src/spawn-fork.c			\
  src/system.h				\
  src/throttle.c src/throttle.h	\
  src/words.c src/words.h		\
  src/workdir.h
EXTRA_src_libucspi_a_SOURCES =		\
  src/cdbfile-libcdb.c src/cdbfile-none.c \
  src/signals-kqueue.c src/signals-signalfd.c \
  src/lanes-clone.c src/lanes-none.c src/rawcall.h \
  src/spawn-posix.c src/spawn-vfork.c
# Every way to start a child that this system has; spawn.c takes what it
# needs.
src_libucspi_a_LIBADD =			\
  src/cdbfile-$(CDBFILE_METHOD).$(OBJEXT) \
  $(SIGNALS_OBJECTS) src/lanes-$(LANES_METHOD).$(OBJEXT) $(SPAWN_OBJECTS)
src_libucspi_a_DEPENDENCIES = $(src_libucspi_a_LIBADD)

src_libpeercred_a_SOURCES = src/peercred.h src/peergroups.h
EXTRA_src_libpeercred_a_SOURCES =	\
  src/peergroups-getpeerucred.c		\
  src/peergroups-none.c			\
  src/peergroups-peergroups.c		\
  src/peergroups-xucred.c		\
  src/peercred-getpeereid.c		\
  src/peercred-getpeerucred.c		\
  src/peercred-none.c			\
  src/peercred-peerid.c			\
  src/peercred-sockpeercred.c		\
  src/peercred-ucred.c			\
  src/peercred-unpcbid.c		\
  src/peercred-xucred.c
src_libpeercred_a_LIBADD =			\
  src/peercred-$(PEERCRED_METHOD).$(OBJEXT)	\
  src/peergroups-$(PEERGROUPS_METHOD).$(OBJEXT)
src_libpeercred_a_DEPENDENCIES = $(src_libpeercred_a_LIBADD)

our_libraries =				\
  src/libucspi.a			\
  src/libpeercred.a			\
  lib/libgnu.a
our_ldadd = $(our_libraries) $(PEERCRED_LIBS) $(GNULIB_LIBS)

# Floor 3: what all programs say to the user; making a socket; serving.
src_cli = src/cli.c src/cli.h
src_establish = src/establish.c src/establish.h
src_serve = src/serve.c src/serve.h src/linger.c src/linger.h

src_s6_ipcserver_SOURCES =		\
  src/s6-ipcserver.c			\
  $(src_cli) $(src_establish) $(src_serve)
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
  $(src_cli) $(src_establish)
src_local_stream_socket_listen_LDADD = $(our_ldadd)

# What both clients are made of, on the same floor as they.
src_client =				\
  src/client.c src/client.h		\
  $(src_cli) $(src_establish)

src_local_stream_socket_connect_SOURCES = \
  src/local-stream-socket-connect.c $(src_client)
src_local_stream_socket_connect_LDADD = $(our_ldadd)

src_s6_ipcclient_SOURCES = src/s6-ipcclient.c $(src_client)
src_s6_ipcclient_LDADD = $(our_ldadd)
