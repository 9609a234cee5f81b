/* serve.c -- the serving loop.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* The life of a connection.

   poll reports a client at a listening socket, and the loop accepts it if
   there is room under -c and no pause.  The connection is then in
   SERVICE->peer, which holds the only client that is accepted and not yet
   served. settle_client in service.c takes it through five steps:

     protect        make the connection close-on-exec
     identify       get the client's credentials from the kernel
     admit          check the limits of the client's user
     ask_details    get groups, label and process, for --peer-info
     start_program  start a child that has the connection

   A step has one of three outcomes.  It is done, and the next step follows.
   Or closer.c closes the connection, because a limit denies the client (deny)
   or because of an error that will not pass (fail_or_pause).  Or the system is
   out of memory, descriptors or processes: then the connection stays in
   SERVICE->peer, no other client is accepted, and service_try_again repeats
   all steps after a pause.

   When the child has the connection, the server closes its own descriptor and
   keeps a record in the table of children, until children_next_end returns it.

   Each module owns its struct and returns what has happened: acceptor, peer,
   limits, children, drain (the orderly stop), filewatch (the socket's file).
   service.c decides what that means for a client, and this file what it means
   for the server.  Only these two, connlog and retry write to the log.  */

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
#include "serve/linger.h"
#include "serve/retry.h"
#include "serve/service.h"
#include "xalloc.h"

/* IDLE_TURNS_MAX turns of the loop in a row may find nothing to do; after
   each further one, sleep for IDLE_REST milliseconds.  When poll itself fails,
   sleep for POLL_FAILED_REST milliseconds instead of waiting for events.  */
enum
{
  IDLE_TURNS_MAX = 8,
  IDLE_REST = 20,
  POLL_FAILED_REST = 100
};

struct server
{
  struct service service;
  struct acceptors *acceptors;
  /* Limits how often errors of accept that will not pass are logged; all
     listening sockets share it.  */
  struct warning trouble_warning;
  struct drain drain;
  struct filewatch filewatch;
  /* An open descriptor of /dev/null, or of an unused socket.  */
  int null;
  bool stopping;
  /* True if the server is stopping because the socket's file was lost.  */
  bool lost_file;
  /* The number of turns of the loop in a row that found nothing to do.  */
  int idle_turns;
};

/* What ended the wait.  All zero if a timeout did.  */
struct events
{
  bool signal;
  /* The listening socket at which a client waits, or NULL.  */
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

/* Stop accepting from ACCEPTOR for a while, because STEP has failed with
   ERRNUM.  */
static void
pause_acceptor (struct server *server, struct acceptor *acceptor, int errnum,
                char const *step)
{
  retry_later (&acceptor->trouble, &server->trouble_warning, errnum, step,
               "", clock_milliseconds ());
}

/* Close ACCEPTOR if it is open, and log it if the close took long.  */
static void
close_acceptor (struct server *server, struct acceptor *acceptor)
{
  connlog_close (&server->service.log, CONNLOG_SLOW_SOCKET, NULL,
                 acceptor_close (server->acceptors, acceptor));
}

/* Handle ERRNUM, with which accept has failed on ACCEPTOR during an orderly
   stop: retry later, or close ACCEPTOR.  */
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

/* Handle ERRNUM, with which accept has failed on ACCEPTOR.  Return false if
   there was no client to accept, so that the loop may rest.  */
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
      pause_acceptor (server, acceptor, 0,
                      "accept from a socket that was shut down");
      return true;
    default:
      pause_acceptor (server, acceptor, errnum, "accept a connection");
      return true;
    }
}

/* Accept one client from ACCEPTOR and serve it.  Return false if there was no
   client to accept.  */
static bool
accept_one (struct server *server, struct acceptor *acceptor)
{
  if ((service_is_short (&server->service) && acceptors_probe () != 0)
      || acceptor_accept (server->acceptors, acceptor, &server->service.peer)
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
  /* If a listening socket can be shut down, the clients in its backlog can
     still be accepted, and new clients cannot connect.  Otherwise close
     it.  */
  for (size_t i = 0; i < acceptors_count (server->acceptors); i++)
    {
      struct acceptor *acceptor = acceptors_get (server->acceptors, i);
      if (! acceptor_shut_down (acceptor))
        close_acceptor (server, acceptor);
    }
}

/* Close all listening sockets.  Before that, close the connections in the
   backlogs of sockets that no other process uses.  Return how many connections
   were closed.  */
static size_t
close_backlogs (struct server *server)
{
  struct service *service = &server->service;
  size_t count = 0;

  for (size_t i = 0; i < acceptors_count (server->acceptors); i++)
    {
      struct acceptor *acceptor = acceptors_get (server->acceptors, i);
      if (0 <= acceptor->fd && ! acceptor->is_shared)
        {
          int errnum;
          long long int slowest;
          count += acceptor_close_backlog (server->acceptors, acceptor,
                                           &service->closer, &errnum,
                                           &slowest);
          connlog_close (&service->log, CONNLOG_SLOW_CLOSE, NULL, slowest);
          if (errnum != 0)
            log_warn (errnum, "unable to accept a connection, closing the"
                      " socket");
        }
      close_acceptor (server, acceptor);
    }
  service_count_unserved (service, count);
  return count;
}

/* The time limit of an orderly stop is over: close all connections that are
   not served yet, and send SIGTERM to all children.  */
static void
end_drain_time (struct server *server)
{
  log_info (LOG_VERBOSE, "drain time is over, sending SIGTERM and SIGCONT to"
            " all children");
  /* First free the descriptor of the client that could not be served:
     close_backlogs may need it.  */
  service_give_up (&server->service, "drain time is over");
  size_t waiting = close_backlogs (server);
  if (waiting != 0)
    log_warn (0, "drain time is over, closing connections that waited to be"
              " accepted: %zu", waiting);
  service_signal (&server->service, SIGTERM);
}

/* Take the next step of an orderly stop if it is due.  */
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
      end_drain_time (server);
      break;
    case DRAIN_KILL:
      log_info (LOG_VERBOSE, "drain time is over, sending SIGKILL to all"
                " children");
      service_signal (&server->service, SIGKILL);
      break;
    case DRAIN_GIVE_UP:
      /* A child can survive SIGKILL if it is in an uninterruptible system
         call, or if we are not permitted to signal it.  */
      log_warn (0, "drain time is over, leaving children that SIGKILL did not"
                " end: %zu", children_count (server->service.children));
      server->stopping = true;
      break;
    }
  drain_step_done (&server->drain, clock_milliseconds ());
}

/* Return true if an orderly stop is complete: all listening sockets are
   closed, and no client is left.  */
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

/* If it is time, check whether the socket's file is still there, and stop if
   it is not.  In an orderly stop the file is not needed any more.  */
static void
watch_file (struct server *server)
{
  struct serve_config const *config = server->service.config;

  if (server->filewatch.seconds == 0 || drain_has_begun (&server->drain))
    return;
  switch (filewatch_check (&server->filewatch, clock_milliseconds ()))
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
      log_warn (errno, "unable to check whether the socket %s is still there",
                quoteaf (config->path));
      break;
    }
}

/* Return what a report says about the socket's file, or "" if there is
   none.  */
static char const *
file_text (struct server const *server)
{
  struct filewatch const *watch = &server->filewatch;

  /* Once the socket is closed, the system may give its inode number to another
     file.  */
  if (! watch->find || acceptors_are_closed (server->acceptors))
    return "";
  if (watch->find (watch->file) == 0)
    return " socket ours";
  return (errno == ENOENT ? " socket gone" : errno == ESTALE
          ? " socket replaced" : " socket unknown");
}

/* Log the denials and failures that were only counted so far, the totals, and
   one line for each connection.  */
static void
report (struct server *server)
{
  service_catch_up (&server->service);
  connlog_counted (&server->service.log, true);
  connlog_report (&server->service.log, server->service.children,
                  &server->service.totals, file_text (server));
}

/* Act on the signal SIG.  */
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

/* Act on every signal that has come.  Return true if there was one.  */
static bool
handle_signals (struct server *server)
{
  bool any = false;
  int sig;

  for (; (sig = signals_next ()) != 0; any = true)
    handle_signal (server, sig);
  return any;
}

/* Return the milliseconds until the next timed task, or -1 if there is none.
   Read the clock only if there is one.  */
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

/* Wait for a signal, for the next timed task and, if there is room and no
   pause, for a client.  */
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
      /* poll is out of memory, so sleep instead.  Signals can be read without
         poll.  */
      service_pause (service, errno, "wait for clients", "");
      clock_rest (POLL_FAILED_REST);
    }
  if (n < 0)
    events.signal = true;
  else if (accepts)
    events.client = acceptors_next (server->acceptors);
  return events;
}

/* Do each timed task that is due.  */
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

/* Count the turns of the loop that have not DONE anything, and sleep if there
   are many: on some systems poll may report an event again and again when
   there is none.  A turn that the timer of linger_close interrupted does not
   count.  */
static void
end_turn (struct server *server, bool done)
{
  if (done || linger_interrupted ())
    server->idle_turns = 0;
  else if (server->idle_turns < IDLE_TURNS_MAX)
    server->idle_turns++;
  else
    clock_rest (IDLE_REST);
}

/* Make sure that descriptors 0 to 2 are open, so that nothing opened later
   gets these numbers.  Open /dev/null or, if there is no such file, an unused
   socket; put it in place of descriptor 0 and return 0.  If that fails, return
   another, close-on-exec descriptor of it.  */
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

  /* Nothing reads descriptor 0, so it can hold this file.  That saves one when
     the socket is made, the step that needs the most descriptors.  */
  if (fd_dup_to (fd, STDIN_FILENO) < 0)
    return fd;
  close (fd);
  return STDIN_FILENO;
}

/* Set up the signals of the loop, and the timer of linger_close.  */
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
    log_warn (errno, "unable to make a timer, so a client that passes"
              " descriptors may keep this server waiting");
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
  /* Look at the file at once, so that an error is reported at the start.  */
  filewatch_init (&server->filewatch, config->find_file, config->file,
                  config->stop_when_lost, clock_milliseconds ());
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
  /* Replace the inherited standard input and output rather than close them, or
     a connection would get their numbers.  */
  fd_dup_to (server->null, STDOUT_FILENO);
  if (server->null != STDIN_FILENO)
    {
      fd_dup_to (server->null, STDIN_FILENO);
      close (server->null);
    }

  log_info (LOG_VERBOSE, "starting");
  connlog_status (&server->service.log, server->service.children);
  /* Lines may have been lost, and the first event may take long to come.  */
  connlog_lost (&server->service.log);
  while (! server->stopping && ! is_drained (server))
    {
      struct events events = wait_for_events (server);
      bool done = ! events.signal && ! events.client;

      /* Handle signals first, because a child that has ended makes room for a
         client.  */
      if (events.signal)
        done |= handle_signals (server);
      if (events.client && ! server->stopping)
        done |= accept_one (server, events.client);
      if (! server->stopping)
        try_again (server);
      end_turn (server, done);
    }
  service_finish (&server->service, "stopping");
  log_info (LOG_VERBOSE, "exiting");
  log_report_lost ();
  return ! server->lost_file;
}
