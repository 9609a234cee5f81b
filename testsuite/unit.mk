# unit.mk -- unit tests, one program for each module.

unit_programs =		\
  unit-peerinfo		\
  unit-ratelimit		\
  unit-backoff		\
  unit-acceptor		\
  unit-address		\
  unit-chain		\
  unit-cli		\
  unit-children		\
  unit-closer		\
  unit-conntable	\
  unit-undo-helper	\
  unit-fatal-signal	\
  unit-filewatch	\
  unit-drain		\
  unit-entry		\
  unit-envdir		\
  unit-envlist		\
  unit-hardening	\
  unit-idmap		\
  unit-limits		\
  unit-listener		\
  unit-number		\
  unit-signals		\
  unit-signals-pipe	\
  unit-rulekeys		\
  unit-spawn		\
  unit-spawn-fork	\
  unit-throttle		\
  unit-words
if SIGNALS_SHIM
unit_programs += unit-signals-kqueue unit-signals-kqueue-old
endif
if HAVE_KQUEUE
unit_programs += unit-signals-kqueue
endif
if HAVE_TIMER
unit_programs += unit-linger
endif
if HAVE_SPAWN_CLONE
unit_programs += unit-lanes
endif
if HAVE_SPAWN_POSIX
unit_programs += unit-spawn-posix
endif
if HAVE_SPAWN_VFORK
unit_programs += unit-spawn-vfork
endif

check_PROGRAMS += $(unit_programs)
unit_libs = ../src/libucspi.a ../lib/libgnu.a $(GNULIB_LIBS)

unit_acceptor_SOURCES = unit/acceptor.c unit/unit.h
unit_acceptor_LDADD = ../src/libucspi.a ../src/libpeercred.a $(LDADD) \
  $(PEERCRED_LIBS)
unit_children_SOURCES = unit/children.c unit/unit.h
unit_children_LDADD = ../src/libucspi.a ../src/libpeercred.a $(LDADD) \
  $(PEERCRED_LIBS)
unit_closer_SOURCES = unit/closer.c unit/unit.h
unit_closer_LDADD = $(unit_libs)
unit_drain_SOURCES = unit/drain.c unit/unit.h
unit_drain_LDADD = $(unit_libs)
unit_limits_SOURCES = unit/limits.c unit/unit.h
unit_limits_LDADD = $(unit_libs)
unit_address_SOURCES = unit/address.c unit/unit.h
unit_address_LDADD = $(unit_libs)
unit_throttle_SOURCES = unit/throttle.c unit/unit.h
unit_throttle_LDADD = $(unit_libs)
unit_backoff_SOURCES = unit/backoff.c unit/unit.h
unit_backoff_LDADD = $(unit_libs)
unit_ratelimit_SOURCES = unit/ratelimit.c unit/unit.h
unit_ratelimit_LDADD = $(unit_libs)
unit_peerinfo_SOURCES = unit/peerinfo.c unit/unit.h
unit_peerinfo_LDADD = $(unit_libs)
unit_chain_SOURCES = unit/chain.c unit/unit.h
unit_chain_LDADD = $(unit_libs)
unit_cli_SOURCES = unit/cli.c unit/unit.h
unit_cli_LDADD = ../src/libucspi.a ../src/libpeercred.a $(LDADD) \
  $(PEERCRED_LIBS)
unit_conntable_SOURCES = unit/conntable.c unit/unit.h
unit_conntable_LDADD = $(unit_libs)
unit_undo_helper_SOURCES = unit/undo-helper.c unit/unit.h
unit_undo_helper_LDADD = $(unit_libs)
unit_fatal_signal_SOURCES = unit/fatal-signal.c unit/unit.h
unit_fatal_signal_LDADD = $(unit_libs)
unit_filewatch_SOURCES = unit/filewatch.c unit/unit.h
unit_filewatch_LDADD = $(unit_libs)
unit_envdir_SOURCES = unit/envdir.c unit/unit.h
unit_envdir_LDADD = $(unit_libs)
unit_envlist_SOURCES = unit/envlist.c unit/unit.h
unit_envlist_LDADD = $(unit_libs)
unit_hardening_SOURCES = unit/hardening.c unit/unit.h
unit_hardening_LDADD = ../lib/libgnu.a
# This test includes the source of the module, to make the module read files of
# the test instead of those in /proc.
unit_idmap_SOURCES = unit/idmap.c unit/unit.h
unit_idmap_LDADD = ../lib/libgnu.a
unit_linger_SOURCES = unit/linger.c unit/unit.h
unit_linger_LDADD = $(unit_libs)
unit_listener_SOURCES = unit/listener.c unit/unit.h
unit_listener_LDADD = $(unit_libs)
unit_rulekeys_SOURCES = unit/rulekeys.c unit/unit.h
unit_rulekeys_LDADD = $(unit_libs)
unit_words_SOURCES = unit/words.c unit/unit.h
unit_words_LDADD = $(unit_libs)
unit_number_SOURCES = unit/number.c unit/unit.h
unit_number_LDADD = $(unit_libs)
unit_signals_SOURCES = unit/signals.c unit/unit.h
unit_signals_LDADD = $(unit_libs)
unit_entry_SOURCES = helpers/power.h unit/entry.c unit/unit.h
unit_entry_LDADD = $(unit_libs)
unit_spawn_SOURCES = unit/spawn.c unit/unit.h
unit_spawn_CPPFLAGS = $(AM_CPPFLAGS) -DMETHOD_NAME='"$(SPAWN_METHOD)"'
unit_spawn_LDADD = $(unit_libs)

# The method for systems without a better one works on every system.
unit_signals_pipe_SOURCES = unit/signals.c unit/unit.h \
  ../src/base/signals.c	\
  ../src/base/signals-selfpipe.c
unit_signals_pipe_CPPFLAGS = $(AM_CPPFLAGS) \
  -DMETHOD_IN_USE='"selfpipe"' -DSIGNALS_TESTED="&signals_selfpipe"
unit_signals_pipe_LDADD = $(unit_libs)

# The method of the BSDs, with the kqueue of the system or with a shim.
unit_signals_kqueue_SOURCES = unit/signals.c unit/unit.h \
  ../src/base/signals.c	\
  ../src/base/signals-kqueue.c
unit_signals_kqueue_CPPFLAGS = $(AM_CPPFLAGS) $(KQUEUE_SHIM_FLAGS)	\
  -DMETHOD_IN_USE='"kqueue"' -DSIGNALS_TESTED="&signals_kqueue"
unit_signals_kqueue_LDADD = $(unit_libs)
if SIGNALS_SHIM
KQUEUE_SHIM_FLAGS = -I$(srcdir)/shim/kqueue
endif

# The same with a kqueue that is too old, which only the shim can imitate.
unit_signals_kqueue_old_SOURCES = unit/signals.c unit/unit.h \
  ../src/base/signals.c	\
  ../src/base/signals-kqueue.c	\
  ../src/base/signals-selfpipe.c
unit_signals_kqueue_old_CPPFLAGS = -I$(srcdir)/shim/kqueue $(AM_CPPFLAGS) \
  -DSHIM_KQUEUE_OLD -DMETHOD_IN_USE='"selfpipe"'	\
  -DSIGNALS_TESTED="&signals_kqueue, &signals_selfpipe"
unit_signals_kqueue_old_LDADD = $(unit_libs)

# This test includes the source of the module, whatever configure has chosen.
unit_lanes_SOURCES = unit/lanes.c unit/unit.h
unit_lanes_LDADD = $(unit_libs)

# Each method of starting a child.
unit_spawn_fork_SOURCES = unit/spawn.c unit/unit.h \
  ../src/spawn/spawn.c	\
  ../src/spawn/lanes-none.c
unit_spawn_fork_CPPFLAGS = $(AM_CPPFLAGS) -DSPAWN_ONLY=spawn_fork \
  -DMETHOD_NAME='"fork"'
unit_spawn_fork_LDADD = $(unit_libs)
unit_spawn_posix_SOURCES = unit/spawn.c unit/unit.h \
  ../src/spawn/spawn.c	\
  ../src/spawn/lanes-none.c
unit_spawn_posix_CPPFLAGS = $(AM_CPPFLAGS) -DSPAWN_ONLY=spawn_posix \
  -DMETHOD_NAME='"posix_spawn"'
unit_spawn_posix_LDADD = $(unit_libs)
unit_spawn_vfork_SOURCES = unit/spawn.c unit/unit.h \
  ../src/spawn/spawn.c	\
  ../src/spawn/lanes-none.c
unit_spawn_vfork_CPPFLAGS = $(AM_CPPFLAGS) -DSPAWN_ONLY=spawn_vfork \
  -DMETHOD_NAME='"vfork"'
unit_spawn_vfork_LDADD = $(unit_libs)

# s6-ipcserver-access as it is built without the library for cdb files.
check_PROGRAMS += s6-ipcserver-access-plain
s6_ipcserver_access_plain_SOURCES =	\
  ../src/s6-ipcserver-access.c ../src/cli/cli.c ../src/access/cdbfile-none.c
s6_ipcserver_access_plain_CPPFLAGS = $(AM_CPPFLAGS)
s6_ipcserver_access_plain_LDADD = ../src/libucspi.a ../src/libpeercred.a \
  ../lib/libgnu.a $(PEERCRED_LIBS) $(GNULIB_LIBS)
