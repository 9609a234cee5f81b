# src/ -- the programs and the modules they share.

bin_PROGRAMS +=				\
  src/s6-ipcserver			\
  src/s6-ipcserver-access		\
  src/s6-ipcclient			\
  src/local-stream-socket-accept	\
  src/local-stream-socket-connect	\
  src/local-stream-socket-listen

# Floors 1 and 2, so that unit tests link them without the programs.  The
# chosen way to ask for peer credentials is apart: the tests link others.
noinst_LIBRARIES += src/libucspi.a src/libpeercred.a

src_libucspi_a_SOURCES =		\
  src/account.c src/account.h		\
  src/address.c src/address.h		\
  src/backoff.c src/backoff.h		\
  src/boundfile.c src/boundfile.h	\
  src/chain.c src/chain.h		\
  src/childenv.c src/childenv.h		\
  src/conntable.c src/conntable.h	\
  src/connector.c src/connector.h	\
  src/custody.c src/custody.h		\
  src/envdir.c src/envdir.h		\
  src/doom.c src/doom.h			\
  src/envlist.c src/envlist.h		\
  src/fdpath.h				\
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
  src/rulekeys.c src/rulekeys.h		\
  src/rules.c src/rules.h		\
  src/shortage.h			\
  src/signals.c src/signals.h		\
  src/spawn.c src/spawn.h src/spawn-method.h \
  src/spawn-fork.c			\
  src/system.h				\
  src/words.c src/words.h		\
  src/workdir.h
EXTRA_src_libucspi_a_SOURCES =		\
  src/signals-kqueue.c src/signals-selfpipe.c src/signals-signalfd.c \
  src/lanes-clone.c src/lanes-none.c src/rawcall.h \
  src/spawn-posix.c src/spawn-vfork.c
# Every way to start a child that this system has; spawn.c takes what it
# needs.
src_libucspi_a_LIBADD =			\
  src/signals-$(SIGNALS_METHOD).$(OBJEXT) \
  src/lanes-$(LANES_METHOD).$(OBJEXT) $(SPAWN_OBJECTS)
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
our_ldadd = $(our_libraries) $(PEERCRED_LIBS) $(LIBSOCKET)

# Floor 3: what all programs say to the user; making a socket; serving.
src_cli = src/cli.c src/cli.h
src_establish = src/establish.c src/establish.h
src_serve = src/serve.c src/serve.h

src_s6_ipcserver_SOURCES =		\
  src/s6-ipcserver.c			\
  $(src_cli) $(src_establish) $(src_serve)
src_s6_ipcserver_LDADD = $(our_ldadd)

src_s6_ipcserver_access_SOURCES =	\
  src/s6-ipcserver-access.c		\
  $(src_cli)
src_s6_ipcserver_access_LDADD = $(our_ldadd)

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
