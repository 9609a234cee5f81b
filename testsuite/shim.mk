# shim.mk -- the programs that simulate each method of asking for credentials.
#
# src/peer/peercred-METHOD.c is linked with a shim, which simulates the system
# that has this method.  A shim uses the method "ucred" of Linux.  A program
# for all methods, PROGRAM-shim, has a link PROGRAM-METHOD for each of them and
# selects the method by the name under which it is run.

EXTRA_DIST +=					\
  shim/choose.c					\
  shim/getpeereid/sys/socket.h			\
  shim/getpeereid/unistd.h			\
  shim/getpeerucred/ucred.h			\
  shim/kqueue/sys/event.h			\
  shim/method.h					\
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

# The probe for the method that configure has chosen.
check_PROGRAMS += peercred-probe
peercred_probe_SOURCES = helpers/peercred-probe.c
peercred_probe_LDADD = ../src/libucspi.a ../src/libpeercred.a	\
  ../lib/libgnu.a $(PEERCRED_LIBS) $(GNULIB_LIBS)

if PEERCRED_SHIMS

check_LIBRARIES +=				\
  libshim-getpeereid.a			\
  libshim-getpeerucred.a			\
  libshim-none.a				\
  libshim-peerid.a				\
  libshim-sockpeercred.a			\
  libshim-unpcbid.a				\
  libshim-xucred.a				\
  libshim-xucred-nopid.a			\
  libaccept.a					\
  libconnect.a					\
  libserver.a					\
  libshim.a

check_PROGRAMS +=				\
  local-stream-socket-accept-shim		\
  local-stream-socket-connect-shim		\
  peercred-probe-shim				\
  s6-ipcserver-shim				\
  s6-ipcserver-fail-setid			\
  s6-ipcserver-fail-alloc			\
  s6-ipcserver-blocking-send

# The parts of s6-ipcserver that do not depend on the method, including main.
# Because of the flags, automake gives the objects other names, so they do not
# conflict with those of the same sources in ../src/.
libserver_a_SOURCES =	\
  ../src/s6-ipcserver.c	\
  ../src/cli/announce.c	\
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

# The parts of local-stream-socket-accept that do not depend on the method.
libaccept_a_SOURCES =	\
  ../src/local-stream-socket-accept.c	\
  ../src/cli/serve-options.c	\
  ../src/serve/connlog.c	\
  ../src/serve/retry.c	\
  ../src/serve/serve.c	\
  ../src/serve/service.c	\
  ../src/cli/cli.c
libaccept_a_CPPFLAGS = $(AM_CPPFLAGS)

# The parts of local-stream-socket-connect that do not depend on the method.
libconnect_a_SOURCES =	\
  ../src/local-stream-socket-connect.c	\
  ../src/connect/client.c	\
  ../src/cli/cli.c		\
  ../src/sockfile/create.c ../src/sockfile/endpoint.c	\
  ../src/sockfile/occupant.c ../src/sockfile/options.c	\
  ../src/sockfile/owner.c
libconnect_a_CPPFLAGS = $(AM_CPPFLAGS)

# The credentials from the kernel, compiled without a simulated header.
libshim_a_SOURCES = shim/shim.c shim/shim.h

# This is not a method but a server whose calls to change its identity can
# fail.  It is here because all systems that build the shims have a linker with
# --wrap.
s6_ipcserver_fail_setid_SOURCES = helpers/fail-setid.c
s6_ipcserver_fail_setid_LDADD = libserver.a \
  ../src/libucspi.a ../src/libpeercred.a ../lib/libgnu.a \
  $(PEERCRED_LIBS) $(GNULIB_LIBS)
s6_ipcserver_fail_setid_LDFLAGS = $(AM_LDFLAGS) \
  -Wl,--wrap=setgroups -Wl,--wrap=setgid -Wl,--wrap=setuid

# A server whose memory allocations can fail.
s6_ipcserver_fail_alloc_SOURCES = helpers/fail-alloc.c
s6_ipcserver_fail_alloc_LDADD = $(s6_ipcserver_fail_setid_LDADD)
s6_ipcserver_fail_alloc_LDFLAGS = $(AM_LDFLAGS) \
  -Wl,--wrap=malloc -Wl,--wrap=calloc -Wl,--wrap=realloc \
  -Wl,--wrap=reallocarray -Wl,--wrap=strdup

# A server whose send blocks although it should not, as on NetBSD, macOS and
# illumos.
s6_ipcserver_blocking_send_SOURCES = helpers/blocking-send.c ../src/base/log.c
s6_ipcserver_blocking_send_CPPFLAGS = -DLOG_ASKS_BEFORE_SEND=1 $(AM_CPPFLAGS)
s6_ipcserver_blocking_send_LDADD = $(s6_ipcserver_fail_setid_LDADD)
s6_ipcserver_blocking_send_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=send

# The methods, each with only the headers of its own system.
shim_flags = $(AM_CPPFLAGS) -include '$(srcdir)/shim/method.h'

libshim_getpeereid_a_SOURCES = \
  ../src/peer/peercred-getpeereid.c ../src/peer/peergroups-none.c \
  shim/getpeereid.c
libshim_getpeereid_a_CPPFLAGS = -DSHIM_METHOD=getpeereid \
  -I$(srcdir)/shim/getpeereid -DHAVE_DECL_GETPEEREID=1 \
  $(shim_flags)

libshim_getpeerucred_a_SOURCES = \
  ../src/peer/peercred-getpeerucred.c ../src/peer/peergroups-getpeerucred.c \
  shim/getpeerucred.c
libshim_getpeerucred_a_CPPFLAGS = -DSHIM_METHOD=getpeerucred \
  -I$(srcdir)/shim/getpeerucred \
  $(shim_flags)

libshim_none_a_SOURCES = \
  ../src/peer/peercred-none.c ../src/peer/peergroups-none.c
libshim_none_a_CPPFLAGS = -DSHIM_METHOD=none \
  $(shim_flags)

libshim_peerid_a_SOURCES = \
  ../src/peer/peercred-peerid.c ../src/peer/peergroups-none.c \
  shim/peerid.c
libshim_peerid_a_CPPFLAGS = -DSHIM_METHOD=peerid \
  -I$(srcdir)/shim/peerid \
  $(shim_flags)

libshim_sockpeercred_a_SOURCES = \
  ../src/peer/peercred-sockpeercred.c ../src/peer/peergroups-none.c \
  shim/sockpeercred.c
libshim_sockpeercred_a_CPPFLAGS = -DSHIM_METHOD=sockpeercred \
  -I$(srcdir)/shim/sockpeercred \
  $(shim_flags)

libshim_unpcbid_a_SOURCES = \
  ../src/peer/peercred-unpcbid.c ../src/peer/peergroups-none.c \
  shim/unpcbid.c
libshim_unpcbid_a_CPPFLAGS = -DSHIM_METHOD=unpcbid \
  -I$(srcdir)/shim/unpcbid \
  $(shim_flags)

libshim_xucred_a_SOURCES = \
  ../src/peer/peercred-xucred.c ../src/peer/peergroups-xucred.c \
  shim/xucred.c
libshim_xucred_a_CPPFLAGS = -DSHIM_METHOD=xucred \
  -I$(srcdir)/shim/xucred -DHAVE_STRUCT_XUCRED_CR_PID=1 \
  $(shim_flags)

libshim_xucred_nopid_a_SOURCES = \
  ../src/peer/peercred-xucred.c ../src/peer/peergroups-none.c \
  shim/xucred.c
libshim_xucred_nopid_a_CPPFLAGS = -DSHIM_METHOD=xucred_nopid \
  -I$(srcdir)/shim/xucred -DSHIM_WITHOUT_PID=1 \
  $(shim_flags)

# The programs that contain all methods.
shim_libs =			\
  ../src/libucspi.a		\
  libshim-getpeereid.a	\
  libshim-getpeerucred.a	\
  libshim-none.a		\
  libshim-peerid.a		\
  libshim-sockpeercred.a	\
  libshim-unpcbid.a		\
  libshim-xucred.a		\
  libshim-xucred-nopid.a	\
  libshim.a ../lib/libgnu.a $(GNULIB_LIBS)
local_stream_socket_accept_shim_SOURCES = shim/choose.c
local_stream_socket_accept_shim_LDADD = libaccept.a $(shim_libs)
local_stream_socket_connect_shim_SOURCES = shim/choose.c
local_stream_socket_connect_shim_LDADD = libconnect.a $(shim_libs)
peercred_probe_shim_SOURCES = helpers/peercred-probe.c shim/choose.c
peercred_probe_shim_LDADD = $(shim_libs)
s6_ipcserver_shim_SOURCES = shim/choose.c
s6_ipcserver_shim_LDADD = libserver.a $(shim_libs)

# Their names for each method.
shim_links =				\
  local-stream-socket-accept-none	\
  local-stream-socket-accept-sockpeercred \
  local-stream-socket-connect-none	\
  local-stream-socket-connect-sockpeercred \
  peercred-probe-getpeereid		\
  peercred-probe-getpeerucred		\
  peercred-probe-none			\
  peercred-probe-peerid			\
  peercred-probe-sockpeercred		\
  peercred-probe-unpcbid		\
  peercred-probe-xucred			\
  peercred-probe-xucred-nopid		\
  s6-ipcserver-getpeereid		\
  s6-ipcserver-getpeerucred		\
  s6-ipcserver-none			\
  s6-ipcserver-peerid			\
  s6-ipcserver-sockpeercred		\
  s6-ipcserver-unpcbid			\
  s6-ipcserver-xucred
shim_linked = shims.made

endif PEERCRED_SHIMS

shims.made: Makefile
	$(AM_V_GEN)for link in $(shim_links); do		\
	  for program in local-stream-socket-accept		\
	    local-stream-socket-connect peercred-probe s6-ipcserver; do \
	    case $$link in					\
	      $$program-*) ;;					\
	      *) continue;;					\
	    esac;						\
	    rm -f $$link &&					\
	    ln -s $$program-shim$(EXEEXT) $$link || exit 1;	\
	  done;							\
	done && : >$@
CLEANFILES += $(shim_links) $(shim_linked)
