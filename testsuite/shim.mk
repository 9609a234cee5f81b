# shim.mk -- the servers and a probe for each way to ask for credentials.
#
# Each links src/peer/peercred-METHOD.c with a shim, which pretends to be the
# system that has this method.  A shim needs the method "ucred" beneath it.

EXTRA_DIST +=					\
  shim/getpeereid/sys/socket.h			\
  shim/getpeereid/unistd.h			\
  shim/getpeerucred/ucred.h			\
  shim/kqueue/sys/event.h			\
  shim/other/bits/sockaddr.h			\
  shim/other/fcntl.h				\
  shim/other/sys/socket.h			\
  shim/other/sys/stat.h				\
  shim/other/sys/syscall.h			\
  shim/other/sys/un.h				\
  shim/other/unistd.h				\
  shim/peerid/sys/socket.h			\
  shim/sockpeercred/sys/socket.h		\
  shim/unpcbid/sys/socket.h			\
  shim/unpcbid/sys/un.h				\
  shim/xucred/sys/socket.h			\
  shim/xucred/sys/ucred.h			\
  shim/xucred/sys/un.h				\
  systems.sh					\
  systems/aix.site				\
  systems/freebsd.site				\
  systems/illumos.site				\
  systems/macos.site				\
  systems/netbsd.site				\
  systems/openbsd.site				\
  systems/poor.site				\
  systems/solaris.site

# The probe of the method that configure chose.
check_PROGRAMS += peercred-probe
peercred_probe_SOURCES = helpers/peercred-probe.c
peercred_probe_LDADD = ../src/libucspi.a ../src/libpeercred.a	\
  ../lib/libgnu.a $(PEERCRED_LIBS) $(GNULIB_LIBS)

if PEERCRED_SHIMS

check_LIBRARIES +=				\
  libpeercred-getpeereid.a			\
  libpeercred-getpeerucred.a			\
  libpeercred-none.a				\
  libpeercred-peerid.a				\
  libpeercred-sockpeercred.a			\
  libpeercred-unpcbid.a				\
  libpeercred-xucred.a				\
  libpeercred-xucred-nopid.a			\
  libaccept.a					\
  libconnect.a					\
  libserver.a					\
  libshim.a

check_PROGRAMS +=				\
  local-stream-socket-accept-none		\
  local-stream-socket-accept-sockpeercred	\
  local-stream-socket-connect-none		\
  local-stream-socket-connect-sockpeercred	\
  peercred-probe-getpeereid			\
  peercred-probe-getpeerucred			\
  peercred-probe-none				\
  peercred-probe-peerid				\
  peercred-probe-sockpeercred			\
  peercred-probe-unpcbid			\
  peercred-probe-xucred				\
  peercred-probe-xucred-nopid			\
  s6-ipcserver-getpeereid			\
  s6-ipcserver-getpeerucred			\
  s6-ipcserver-none				\
  s6-ipcserver-peerid				\
  s6-ipcserver-sockpeercred			\
  s6-ipcserver-unpcbid				\
  s6-ipcserver-xucred			\
  s6-ipcserver-denied				\
  s6-ipcserver-scarce				\
  s6-ipcserver-stubborn

# Everything of the server that does not depend on the method, main included.
# The flags are there to give the objects a name of their own: ../src/ has
# some of the same source.
libserver_a_SOURCES =	\
  ../src/s6-ipcserver.c	\
  ../src/cli/serve-options.c	\
  ../src/serve/connlog.c	\
  ../src/serve/retry.c	\
  ../src/serve/serve.c	\
  ../src/serve/service.c	\
  ../src/cli/cli.c		\
  ../src/sockfile/create.c ../src/sockfile/endpoint.c	\
  ../src/sockfile/occupant.c ../src/sockfile/options.c	\
  ../src/sockfile/owner.c
libserver_a_CPPFLAGS = $(AM_CPPFLAGS)

# Likewise, of the other server.
libaccept_a_SOURCES =	\
  ../src/local-stream-socket-accept.c	\
  ../src/cli/serve-options.c	\
  ../src/serve/connlog.c	\
  ../src/serve/retry.c	\
  ../src/serve/serve.c	\
  ../src/serve/service.c	\
  ../src/cli/cli.c
libaccept_a_CPPFLAGS = $(AM_CPPFLAGS)

# Likewise, of a client.
libconnect_a_SOURCES =	\
  ../src/local-stream-socket-connect.c	\
  ../src/connect/client.c	\
  ../src/cli/cli.c		\
  ../src/sockfile/create.c ../src/sockfile/endpoint.c	\
  ../src/sockfile/occupant.c ../src/sockfile/options.c	\
  ../src/sockfile/owner.c
libconnect_a_CPPFLAGS = $(AM_CPPFLAGS)

# The true kernel's word; without any pretended header.
libshim_a_SOURCES = shim/shim.c shim/shim.h

shim_libs = libshim.a ../lib/libgnu.a $(GNULIB_LIBS)

# Not a method: a server whose calls to change its identity can be made to
# fail.  It is here because the linkers of such systems have --wrap.
s6_ipcserver_denied_SOURCES = helpers/denied.c
s6_ipcserver_denied_LDADD = libserver.a \
  ../src/libucspi.a ../src/libpeercred.a ../lib/libgnu.a \
  $(PEERCRED_LIBS) $(GNULIB_LIBS)
s6_ipcserver_denied_LDFLAGS = $(AM_LDFLAGS) \
  -Wl,--wrap=setgroups -Wl,--wrap=setgid -Wl,--wrap=setuid

# Likewise, a server that can be refused memory.
s6_ipcserver_scarce_SOURCES = helpers/scarce.c
s6_ipcserver_scarce_LDADD = $(s6_ipcserver_denied_LDADD)
s6_ipcserver_scarce_LDFLAGS = $(AM_LDFLAGS) \
  -Wl,--wrap=malloc -Wl,--wrap=calloc -Wl,--wrap=realloc \
  -Wl,--wrap=reallocarray -Wl,--wrap=strdup

# Likewise, a server whose send waits although it should not, as on NetBSD,
# macOS and illumos.
s6_ipcserver_stubborn_SOURCES = helpers/stubborn.c ../src/base/log.c
s6_ipcserver_stubborn_CPPFLAGS = -DLOG_ASKS_BEFORE_SEND=1 $(AM_CPPFLAGS)
s6_ipcserver_stubborn_LDADD = $(s6_ipcserver_denied_LDADD)
s6_ipcserver_stubborn_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=send

# getpeereid
libpeercred_getpeereid_a_SOURCES = \
  ../src/peer/peercred-getpeereid.c ../src/peer/peergroups-none.c \
  shim/getpeereid.c
libpeercred_getpeereid_a_CPPFLAGS = \
  -I$(srcdir)/shim/getpeereid -DHAVE_DECL_GETPEEREID=1 $(AM_CPPFLAGS)
peercred_probe_getpeereid_SOURCES = helpers/peercred-probe.c
peercred_probe_getpeereid_LDADD = \
  ../src/libucspi.a libpeercred-getpeereid.a $(shim_libs)
s6_ipcserver_getpeereid_SOURCES =
s6_ipcserver_getpeereid_LDADD = libserver.a \
  ../src/libucspi.a libpeercred-getpeereid.a $(shim_libs)

# getpeerucred
libpeercred_getpeerucred_a_SOURCES = \
  ../src/peer/peercred-getpeerucred.c ../src/peer/peergroups-getpeerucred.c \
  shim/getpeerucred.c
libpeercred_getpeerucred_a_CPPFLAGS = \
  -I$(srcdir)/shim/getpeerucred $(AM_CPPFLAGS)
peercred_probe_getpeerucred_SOURCES = helpers/peercred-probe.c
peercred_probe_getpeerucred_LDADD = \
  ../src/libucspi.a libpeercred-getpeerucred.a $(shim_libs)
s6_ipcserver_getpeerucred_SOURCES =
s6_ipcserver_getpeerucred_LDADD = libserver.a \
  ../src/libucspi.a libpeercred-getpeerucred.a $(shim_libs)

# none
libpeercred_none_a_SOURCES = \
  ../src/peer/peercred-none.c ../src/peer/peergroups-none.c
libpeercred_none_a_CPPFLAGS = $(AM_CPPFLAGS)
peercred_probe_none_SOURCES = helpers/peercred-probe.c
peercred_probe_none_LDADD = \
  ../src/libucspi.a libpeercred-none.a $(shim_libs)
local_stream_socket_accept_none_SOURCES =
local_stream_socket_accept_none_LDADD = libaccept.a \
  ../src/libucspi.a libpeercred-none.a $(shim_libs)
local_stream_socket_connect_none_SOURCES =
local_stream_socket_connect_none_LDADD = libconnect.a \
  ../src/libucspi.a libpeercred-none.a $(shim_libs)
s6_ipcserver_none_SOURCES =
s6_ipcserver_none_LDADD = libserver.a \
  ../src/libucspi.a libpeercred-none.a $(shim_libs)

# peerid
libpeercred_peerid_a_SOURCES = \
  ../src/peer/peercred-peerid.c ../src/peer/peergroups-none.c shim/peerid.c
libpeercred_peerid_a_CPPFLAGS = -I$(srcdir)/shim/peerid $(AM_CPPFLAGS)
peercred_probe_peerid_SOURCES = helpers/peercred-probe.c
peercred_probe_peerid_LDADD = \
  ../src/libucspi.a libpeercred-peerid.a $(shim_libs)
s6_ipcserver_peerid_SOURCES =
s6_ipcserver_peerid_LDADD = libserver.a \
  ../src/libucspi.a libpeercred-peerid.a $(shim_libs)

# sockpeercred
libpeercred_sockpeercred_a_SOURCES = \
  ../src/peer/peercred-sockpeercred.c ../src/peer/peergroups-none.c	\
  shim/sockpeercred.c
libpeercred_sockpeercred_a_CPPFLAGS = \
  -I$(srcdir)/shim/sockpeercred $(AM_CPPFLAGS)
peercred_probe_sockpeercred_SOURCES = helpers/peercred-probe.c
peercred_probe_sockpeercred_LDADD = \
  ../src/libucspi.a libpeercred-sockpeercred.a $(shim_libs)
local_stream_socket_accept_sockpeercred_SOURCES =
local_stream_socket_accept_sockpeercred_LDADD = libaccept.a \
  ../src/libucspi.a libpeercred-sockpeercred.a $(shim_libs)
local_stream_socket_connect_sockpeercred_SOURCES =
local_stream_socket_connect_sockpeercred_LDADD = libconnect.a \
  ../src/libucspi.a libpeercred-sockpeercred.a $(shim_libs)
s6_ipcserver_sockpeercred_SOURCES =
s6_ipcserver_sockpeercred_LDADD = libserver.a \
  ../src/libucspi.a libpeercred-sockpeercred.a $(shim_libs)

# unpcbid
libpeercred_unpcbid_a_SOURCES = \
  ../src/peer/peercred-unpcbid.c ../src/peer/peergroups-none.c shim/unpcbid.c
libpeercred_unpcbid_a_CPPFLAGS = -I$(srcdir)/shim/unpcbid $(AM_CPPFLAGS)
peercred_probe_unpcbid_SOURCES = helpers/peercred-probe.c
peercred_probe_unpcbid_LDADD = \
  ../src/libucspi.a libpeercred-unpcbid.a $(shim_libs)
s6_ipcserver_unpcbid_SOURCES =
s6_ipcserver_unpcbid_LDADD = libserver.a \
  ../src/libucspi.a libpeercred-unpcbid.a $(shim_libs)

# xucred
libpeercred_xucred_a_SOURCES = \
  ../src/peer/peercred-xucred.c ../src/peer/peergroups-xucred.c shim/xucred.c
libpeercred_xucred_a_CPPFLAGS = \
  -I$(srcdir)/shim/xucred -DHAVE_STRUCT_XUCRED_CR_PID=1 $(AM_CPPFLAGS)
peercred_probe_xucred_SOURCES = helpers/peercred-probe.c
peercred_probe_xucred_LDADD = \
  ../src/libucspi.a libpeercred-xucred.a $(shim_libs)
s6_ipcserver_xucred_SOURCES =
s6_ipcserver_xucred_LDADD = libserver.a \
  ../src/libucspi.a libpeercred-xucred.a $(shim_libs)

# xucred-nopid
libpeercred_xucred_nopid_a_SOURCES = \
  ../src/peer/peercred-xucred.c ../src/peer/peergroups-none.c shim/xucred.c
libpeercred_xucred_nopid_a_CPPFLAGS = \
  -I$(srcdir)/shim/xucred -DSHIM_WITHOUT_PID=1 $(AM_CPPFLAGS)
peercred_probe_xucred_nopid_SOURCES = helpers/peercred-probe.c
peercred_probe_xucred_nopid_LDADD = \
  ../src/libucspi.a libpeercred-xucred-nopid.a $(shim_libs)

endif PEERCRED_SHIMS
