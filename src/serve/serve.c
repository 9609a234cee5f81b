/* serve.c -- the serving loop.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* The life of a connection.

   poll reports a client at a listening socket, and the loop accepts it if
   there is room under -c and no pause.  The connection then stands in
   SERVICE->peer, the only one that is accepted and not yet served.
   settle_client in service.c takes it through five steps:

     protect        the connection is close-on-exec
     identify       the kernel's credentials of the client
     admit          the limits of its user
     ask_details    groups, label and process, for --peer-info
     start_program  a child has the connection

   A step ends in one of three ways.  If it is done, the next one follows.  If
   the client is refused, its connection is closed: denied by a limit, or
   failed, for a reason that will not pass.  If something is short (memory,
   descriptors, processes), the connection stays in SERVICE->peer, nobody else
   is accepted, and service_try_again begins again from the first step when the
   pause is over or a child has ended.

   When the child has the connection, the server closes its own descriptor.
   What is left of the client is an entry in the table of children, until
   SIGCHLD comes and children_next_end returns it.

   Each module owns its struct and returns what has happened: acceptor (the
   listening sockets), peer (the accepted connection), limits, children, drain
   (the orderly stop), filewatch (the socket's file).  service.c decides what
   that means for a client, and this file what it means for the server.  Only
   these two, connlog and retry write to the log.  */

#include <config.h>

#include "serve/serve.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "base/log.h"
#include "base/signals.h"
#include "cloexec.h"
#include "serve/acceptor.h"
#include "serve/backoff.h"
#include "serve/drain.h"
#include "serve/filewatch.h"
#include "serve/retry.h"
#include "serve/service.h"
#include "xalloc.h"

/* How often the system may send us round the loop for nothing before we rest
   each time, and for how long; and how long to wait where there is only the
   clock to wait with, in milliseconds.  */
enum
{
  TURNS_FOR_NOTHING = 8,
  REST = 20,
  BLIND_WAIT = 100
};

struct server
{
  struct service service;
  struct acceptors *acceptors;
  /* What is logged of sockets from which nobody can be accepted for another
     reason than a shortage.  */
  struct complaint trouble_complaint;
  struct drain drain;
  struct filewatch filewatch;
  /* A descriptor that leads nowhere.  */
  int null;
  bool stopping;
  /* True if that is because the socket's file was lost.  */
  bool lost_file;
  /* How many turns in a row have come to nothing.  */
  int idle_turns;
};

/* What has come while the loop waited; nothing when it was time to try
   something again.  */
struct events
{
  bool signal;
  /* Where a client waits, or NULL.  */
  struct acceptor *client;
};

/* The signals that the loop receives.  */
static int const wanted_signals[] =
{
  SIGCHLD, SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGUSR1
#ifdef SIGINFO
  , SIGINFO
#endif
};

/* Pause accepting from ACCEPTOR: ERRNUM kept us from doing what STEP says.  */
static void
begin_trouble (struct server *server, struct acceptor *acceptor, int errnum,
               char const *step)
{
  retry_later (&acceptor->trouble, &server->trouble_complaint, errnum, step,
               "", clock_milliseconds ());
}

/* Close ACCEPTOR, if it is not closed.  */
static void
close_acceptor (struct server *server, struct acceptor *acceptor)
{
  connlog_close (&server->service.log, CONNLOG_SLOW_SOCKET, NULL,
                 acceptor_close (server->acceptors, acceptor));
}

/* In an orderly stop, accept has failed with ERRNUM on ACCEPTOR.  */
static void
end_acceptor (struct server *server, struct acceptor *acceptor, int errnum)
{
  enum acceptor_end end = acceptor_explain_end (acceptor, errnum);

  if (end == ACCEPTOR_MORE)
    return;
  if (end == ACCEPTOR_MORE_LATER && ! service_is_hopeless (&server->service))
    {
      service_pause (&server->service, errnum, "accept a connection", "");
      return;
    }
  if (end != ACCEPTOR_EMPTY)
    log_warn (errnum, "unable to accept a connection, closing the socket");
  close_acceptor (server, acceptor);
}

/* Nobody could be accepted from ACCEPTOR because of ERRNUM.  Return whether
   there was anything to do.  */
static bool
accept_none (struct server *server, struct acceptor *acceptor, int errnum)
{
  if (drain_has_begun (&server->drain) && errnum != EINTR)
    {
      end_acceptor (server, acceptor, errnum);
      return true;
    }
  switch (acceptor_explain (acceptor, errnum))
    {
    case ACCEPTOR_NOBODY:
    case ACCEPTOR_GONE_OFTEN:
      return false;
    case ACCEPTOR_GONE:
      return true;
    case ACCEPTOR_SHORTAGE:
      service_pause (&server->service, errnum, "accept a connection", "");
      return true;
    case ACCEPTOR_SHUT_DOWN:
      begin_trouble (server, acceptor, 0,
                     "accept from a socket that was shut down");
      return true;
    default:
      begin_trouble (server, acceptor, errnum, "accept a connection");
      return true;
    }
}

/* Take one client from the backlog of ACCEPTOR.  Return whether there was
   anything to do.  */
static bool
accept_one (struct server *server, struct acceptor *acceptor)
{
  if (acceptor_accept (server->acceptors, acceptor, &server->service.peer)
      != 0)
    return accept_none (server, acceptor, errno);
  service_begin (&server->service);
  return true;
}

/* Begin an orderly stop.  */
static void
begin_drain (struct server *server)
{
  if (drain_has_begun (&server->drain))
    return;
  drain_begin (&server->drain, server->service.config->drain_seconds,
               clock_milliseconds ());
  /* Where a listening socket can be shut down, the clients in its backlog can
     still be accepted, and nobody else gets there.  */
  for (size_t i = 0; i < acceptors_count (server->acceptors); i++)
    {
      struct acceptor *acceptor = acceptors_get (server->acceptors, i);
      if (! acceptor_shut_down (acceptor))
        close_acceptor (server, acceptor);
    }
}

/* Close the listening sockets, and the connections in the backlog of those
   that are the server's own.  Return how many these were.  */
static size_t
close_backlogs (struct server *server)
{
  size_t count = 0;

  for (size_t i = 0; i < acceptors_count (server->acceptors); i++)
    {
      struct acceptor *acceptor = acceptors_get (server->acceptors, i);
      if (0 <= acceptor->fd && ! acceptor->is_shared)
        {
          int errnum;
          long long int slowest;
          count += acceptor_close_backlog (server->acceptors, acceptor,
                                           &errnum, &slowest);
          connlog_close (&server->service.log, CONNLOG_SLOW_CLOSE, NULL,
                         slowest);
          if (errnum != 0)
            log_warn (errnum, "unable to accept a connection, closing the"
                      " socket");
        }
      close_acceptor (server, acceptor);
    }
  service_count_unserved (&server->service, count);
  return count;
}

/* The time of an orderly stop is over.  */
static void
end_drain_patience (struct server *server)
{
  log_info (LOG_VERBOSE, "time is over, sending SIGTERM and SIGCONT to all"
            " children");
  /* It has a descriptor, which may be what is short.  */
  service_give_up (&server->service, "time is over");
  size_t waiting = close_backlogs (server);
  if (waiting != 0)
    log_warn (0, "time is over, closing connections that waited to be"
              " accepted: %zu", waiting);
  service_signal (&server->service, SIGTERM);
}

/* Take the next step of an orderly stop, if it is due.  */
static void
continue_drain (struct server *server)
{
  if (! drain_has_begun (&server->drain))
    return;
  switch (drain_next (&server->drain, clock_milliseconds ()))
    {
    case DRAIN_WAIT:
      return;
    case DRAIN_TERM:
      end_drain_patience (server);
      break;
    case DRAIN_KILL:
      log_info (LOG_VERBOSE, "time is over, sending SIGKILL to all children");
      service_signal (&server->service, SIGKILL);
      break;
    case DRAIN_GIVE_UP:
      /* The system keeps it from ending, or keeps us from ending it.  */
      log_warn (0, "time is over, leaving children that SIGKILL did not end:"
                " %zu", children_count (server->service.children));
      server->stopping = true;
      break;
    }
  drain_step_done (&server->drain, clock_milliseconds ());
}

/* Whether an orderly stop has come to its end.  */
static bool
is_drained (struct server const *server)
{
  return (drain_has_begun (&server->drain)
          && acceptors_are_closed (server->acceptors)
          && ! service_has_client (&server->service)
          && children_count (server->service.children) == 0);
}

/* Stop as after SIGTERM.  */
static void
stop (struct server *server)
{
  if (server->service.config->drain)
    begin_drain (server);
  else
    server->stopping = true;
}

/* If it is due, see whether the socket's file is still there, and begin to
   stop if it is not.  In an orderly stop it has done its work.  */
static void
watch_file (struct server *server)
{
  struct serve_config const *config = server->service.config;

  if (server->filewatch.seconds == 0 || drain_has_begun (&server->drain))
    return;
  switch (filewatch_look (&server->filewatch, clock_milliseconds ()))
    {
    case FILEWATCH_FINE:
      break;
    case FILEWATCH_LOST:
      log_warn (0, "the socket %s is %s, %s", quoteaf (config->path),
                errno == ENOENT ? "gone" : "replaced by another file",
                config->drain ? "waiting for all children to end"
                : "quitting");
      server->lost_file = true;
      stop (server);
      break;
    case FILEWATCH_UNKNOWN:
      log_warn (errno, "unable to see whether the socket %s is still there",
                quoteaf (config->path));
      break;
    }
}

/* What a report says of the socket's file.  */
static char const *
file_text (struct server const *server)
{
  struct filewatch const *watch = &server->filewatch;

  /* Its number may be that of another file once the socket is closed.  */
  if (! watch->find || acceptors_are_closed (server->acceptors))
    return "";
  if (watch->find (watch->file) == 0)
    return " socket ours";
  return (errno == ENOENT ? " socket gone" : errno == ESTALE
          ? " socket replaced" : " socket unknown");
}

/* Log what has been counted, and who is connected.  */
static void
report (struct server *server)
{
  service_catch_up (&server->service);
  connlog_counted (&server->service.log, true);
  connlog_report (&server->service.log, server->service.children,
                  &server->service.totals, file_text (server));
}

/* Act on SIG.  */
static void
handle_signal (struct server *server, int sig)
{
  switch (sig)
    {
    case SIGCHLD:
      service_child_signal (&server->service, signals_sender ());
      break;
    case SIGTERM:
      /* Stop accepting before the line is logged: a reader of the line may
         rely on it.  */
      stop (server);
      log_info (LOG_VERBOSE, "received SIGTERM, %s",
                server->stopping ? "quitting"
                : "waiting for all children to end");
      break;
    case SIGHUP:
      log_info (LOG_VERBOSE, "received SIGHUP, sending SIGTERM and SIGCONT"
                " to all children");
      service_signal (&server->service, SIGTERM);
      break;
    case SIGQUIT:
      log_info (LOG_VERBOSE, "received SIGQUIT, sending SIGTERM and SIGCONT"
                " to all children and quitting");
      service_signal (&server->service, SIGTERM);
      server->stopping = true;
      break;
    case SIGABRT:
      log_info (LOG_VERBOSE, "received SIGABRT, sending SIGKILL to all"
                " children and quitting");
      service_signal (&server->service, SIGKILL);
      server->stopping = true;
      break;
    case SIGUSR1:
#ifdef SIGINFO
    case SIGINFO:
#endif
      log_info (LOG_VERBOSE, "received %s, reporting",
                sig == SIGUSR1 ? "SIGUSR1" : "SIGINFO");
      report (server);
      break;
    }
}

/* Act on every signal that has come.  Return whether one has.  */
static bool
handle_signals (struct server *server)
{
  bool any = false;
  int sig;

  for (; (sig = signals_next ()) != 0; any = true)
    handle_signal (server, sig);
  return any;
}

/* The milliseconds until something other than a client or a signal is to be
   seen to, or -1.  No clock is read unless there is something.  */
static int
next_task_left (struct server const *server)
{
  struct children const *children = server->service.children;
  int left = connlog_left (&server->service.log);

  if (children_may_have_ended (children))
    left = clock_sooner (left,
                         children_left (children, clock_milliseconds ()));
  if (drain_has_begun (&server->drain))
    left = clock_sooner (left,
                         drain_left (&server->drain, clock_milliseconds ()));
  else if (server->filewatch.seconds != 0)
    left = clock_sooner (left, filewatch_left (&server->filewatch,
                                               clock_milliseconds ()));
  return left;
}

/* Wait for a signal, for the time to try something again or, while there is
   room for one, for a client.  */
static struct events
wait_for_events (struct server *server)
{
  struct events events = { .signal = false };
  struct service *service = &server->service;
  bool has_client = service_has_client (service);
  bool has_room = service_has_room (service);
  int pause = service_pause_left (service, drain_has_begun (&server->drain));
  int timeout = has_client || (pause && has_room) ? pause : -1;
  timeout = clock_sooner (timeout, next_task_left (server));

  bool accepts = has_room && ! has_client && ! pause;
  if (accepts)
    timeout = clock_sooner (timeout, acceptors_watch (server->acceptors));
  int n = acceptors_poll (server->acceptors, accepts, timeout,
                          &events.signal);
  if (n < 0 && errno != EINTR)
    {
      /* Out of memory.  There is nothing to wait with but the clock; signals
         can be read without waiting.  */
      service_pause (service, errno, "wait for clients", "");
      clock_rest (BLIND_WAIT);
    }
  if (n < 0)
    events.signal = true;
  else if (accepts)
    events.client = acceptors_next (server->acceptors);
  return events;
}

/* Do what could not be done before, if it is time.  */
static void
try_again (struct server *server)
{
  struct service *service = &server->service;

  if (children_may_have_ended (service->children)
      && children_left (service->children, clock_milliseconds ()) == 0)
    service_catch_up (service);
  connlog_counted (&service->log, false);
  connlog_lost (&service->log);
  service_try_again (service, drain_has_begun (&server->drain));
  watch_file (server);
  continue_drain (server);
}

/* Note whether this turn of the loop has DONE anything.  Where the system says
   again and again that there is work when there is none, do not turn in a
   circle.  The timer of linger_close ends a wait, too.  */
static void
end_turn (struct server *server, bool done)
{
  if (done || linger_interrupted ())
    server->idle_turns = 0;
  else if (server->idle_turns < TURNS_FOR_NOTHING)
    server->idle_turns++;
  else
    clock_rest (REST);
}

/* Make sure that descriptors 0 to 2 are open, so that no other lands there,
   and return one that leads nowhere: /dev/null or, where there is none, a
   socket.  It is descriptor 0, which is closed before, where that can be
   done.  */
static int
open_null (void)
{
  int fd;
  do
    {
      fd = open ("/dev/null", O_RDWR);
      if (fd < 0 && errno == ENOENT)
        fd = socket (AF_UNIX, SOCK_DGRAM, 0);
    }
  while (0 <= fd && fd <= STDERR_FILENO);
  if (fd < 0 || set_cloexec_flag (fd, true) != 0)
    die (EXIT_SYSTEM, errno, "unable to open '/dev/null'");

  /* Descriptor 0 is not read, so it can be the one: one less is open while the
     socket is made, when the most are needed.  */
  if (fd_dup_to (fd, STDIN_FILENO) < 0)
    return fd;
  close (fd);
  return STDIN_FILENO;
}

/* Receive signals, and make linger_close work.  */
static void
prepare_signals (void)
{
  if (signals_init (wanted_signals,
                    sizeof wanted_signals / sizeof *wanted_signals) != 0)
    die (EXIT_SYSTEM, errno, "unable to set up signals by %s",
         signals_method ());
  log_sigpipe_is_blocked ();
  if (signals_handle (LINGER_SIGNAL, linger_interrupt) != 0
      || linger_init () != 0)
    log_warn (errno, "unable to make a timer, a client that passes descriptors"
              " may keep this server waiting");
}

struct server *
serve_prepare (struct serve_config const *config, char **variables)
{
  struct server *server = xzalloc (sizeof *server);
  char const *refused;

  server->null = open_null ();
  prepare_signals ();
  server->acceptors = acceptors_new (server->null, &refused);
  if (refused)
    die (EXIT_SYSTEM, errno, "unable to use the system call %s", refused);
  if (! server->acceptors)
    xalloc_die ();
  service_prepare (&server->service, config, variables);
  server->filewatch.find = config->find_file;
  server->filewatch.file = config->file;
  server->filewatch.seconds = config->stop_when_lost;
  return server;
}

int
serve_attach (struct server *server, int listen_fd, bool is_shared,
              char const *path)
{
  int result = acceptors_add (server->acceptors, listen_fd, is_shared, path);
  if (result != 0 && errno == ENOMEM)
    xalloc_die ();
  return result;
}

bool
serve_run (struct server *server)
{
  /* The descriptors that we were given are closed; their numbers stay taken,
     or a connection would get them.  */
  fd_dup_to (server->null, STDOUT_FILENO);
  if (server->null != STDIN_FILENO)
    {
      fd_dup_to (server->null, STDIN_FILENO);
      close (server->null);
    }

  log_info (LOG_VERBOSE, "starting");
  connlog_status (&server->service.log, server->service.children);
  /* Lines may have been lost before this, and the first event may be long in
     coming.  */
  connlog_lost (&server->service.log);
  /* The first time at once: if it cannot be known, say so at the start.  */
  server->filewatch.due = clock_milliseconds ();
  while (! server->stopping && ! is_drained (server))
    {
      struct events events = wait_for_events (server);
      bool done = ! events.signal && ! events.client;

      /* Signals first: a child that has ended makes room.  */
      if (events.signal)
        done |= handle_signals (server);
      if (events.client && ! server->stopping)
        done |= accept_one (server, events.client);
      if (! server->stopping)
        try_again (server);
      end_turn (server, done);
    }
  /* This may be counted, too.  */
  service_give_up (&server->service, "stopping");
  connlog_counted (&server->service.log, true);
  log_info (LOG_VERBOSE, "exiting");
  log_report_lost ();
  return ! server->lost_file;
}
