/* serve.c -- the serving loop.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/serve.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/address.h"
#include "serve/backoff.h"
#include "serve/childenv.h"
#include "cloexec.h"
#include "serve/conntable.h"
#include "base/dupto.h"
#include "base/filtered.h"
#include "base/idmap.h"
#include "intprops.h"
#include "inttostr.h"
#include "serve/linger.h"
#include "base/log.h"
#include "peer/peercred.h"
#include "peer/peergroups.h"
#include "peer/peerinfo.h"
#include "base/ratelimit.h"
#include "base/shortage.h"
#include "base/signals.h"
#include "spawn/spawn.h"
#include "serve/throttle.h"
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

/* Up to how many children are all looked at whenever one has ended; and how
   long the end of one may go unnoticed if there are more, in milliseconds.  */
enum
{
  FEW_CHILDREN = 32,
  REAP_DELAY = 20
};

/* From how many children on the youngest are asked for one by one; how many
   they are; and after how many in a row that have not ended that is given
   up.  */
enum
{
  MANY_CHILDREN = 256,
  YOUNG_CHILDREN = 256,
  YOUNG_PATIENCE = 32
};

/* How long to wait until the server first tries to report lines that the log
   has lost, in milliseconds.  Each failure doubles the time up to the last, so
   that a log that nobody reads any more does not keep an idle server busy.  */
enum
{
  LOST_DELAY_FIRST = 1000,
  LOST_DELAY_LAST = 60000
};

/* How long children have between SIGTERM and SIGKILL when the time of an
   orderly stop is over, and how long SIGKILL has then, in milliseconds.  */
enum { DRAIN_GRACE = 5000 };

/* After how many failures of accept in a row nobody is left to be served by an
   orderly stop: on some systems it fails for ever then.  */
enum { LOST_MAX = 1000 };

/* How many clients in a row may have gone before they were accepted until the
   server rests after each further one.  Up to this number, a user whose
   clients go away at once does not slow down the others.  It is more than a
   backlog holds on the systems that report such clients.  More of them,
   without an empty backlog in between, may mean that accept reports the same
   client for ever.  */
enum { GONE_MAX = 1024 };

/* How long a close takes, in milliseconds, for the server to warn of it.  */
enum { SLOW_CLOSE = 1000 };

/* Whether accepted sockets can be close-on-exec from the start.  */
#if defined HAVE_ACCEPT4 && defined SOCK_CLOEXEC
# define ACCEPTS_CLOEXEC 1
#else
# define ACCEPTS_CLOEXEC 0
#endif

/* What is logged no more often than throttle.h says.  */
enum event_kind
{
  /* The client has been turned away.  */
  EVENT_DENY_COUNT,
  EVENT_DENY_RATE,
  EVENT_DENY_OTHERS,
  /* The client could not be served.  */
  EVENT_NO_CREDENTIALS,
  EVENT_NO_PROTECTION,
  EVENT_NO_PROCESS,
  EVENT_NO_PROGRAM,
  /* The server has waited in a close, for the milliseconds in COUNT: of a
     connection, or of a listening socket.  */
  EVENT_SLOW_CLOSE,
  EVENT_SLOW_SOCKET,
  EVENT_FAIL_OTHERS
};

/* How far an orderly stop has come.  */
enum drain
{
  DRAIN_NOT,
  /* Waiting for the children, until a time or without end.  */
  DRAIN_PATIENT,
  DRAIN_FOREVER,
  /* They have been sent SIGTERM; SIGKILL.  */
  DRAIN_TERM,
  DRAIN_KILL
};

/* A listening socket.  */
struct socket
{
  /* -1: closed.  */
  int fd;
  /* Whether other processes may have it, which are none of our business.  */
  bool is_shared;
  /* Where clients find it; empty if that is unknown.  */
  char const *path;
  /* While nobody can be accepted from it, for another reason than a
     shortage.  */
  struct backoff trouble;
  /* Whether poll says that it has come to an end.  */
  bool is_hung_up;
  /* How many clients in a row were lost by accept in an orderly stop.  */
  unsigned int lost;
  /* How many clients in a row had gone before they were accepted, since the
     backlog was last known to be empty.  */
  unsigned int gone;
};

/* What else is known of a client, if that is asked for.  */
struct info
{
  bool asked;
  /* Room for the greatest number; and whether they are known.  */
  gid_t *groups;
  size_t group_count;
  bool has_groups;
  char label[CHILDENV_LABEL_MAX];
  size_t label_len;
  /* -1: none.  */
  int pidfd;
};

/* A client, from accept to its program.  */
struct client
{
  /* -1: there is none.  */
  int fd;
  struct socket const *socket;
  union peer_address addr;
  /* The path in ADDR.  */
  char const *path;
  size_t pathlen;
  /* Whether no child but its own will have the connection.  */
  bool protected;
  bool known;
  struct peercred cred;
  /* Whether it has passed the limits, which count it once.  */
  bool admitted;
  /* How many connections its uid has with this one.  */
  size_t number;
  struct info info;
};

struct server
{
  struct serve_config const *config;
  /* The program's name, quoted for messages.  */
  char *program_text;
  struct conntable *connections;
  /* What has been accepted of late, and for each uid; NULL: unlimited.  */
  struct ratelimit rate;
  struct ratetable *rates;
  struct spawn *spawn;
  struct childenv *env;
  struct socket *sockets;
  size_t socket_count;
  /* How many of them are open, and which is the first to be asked for a client
     next.  */
  size_t open_count;
  size_t turn;
  /* For poll: signals, and each socket.  */
  struct pollfd *fds;
  /* A descriptor that leads nowhere.  */
  int null;
  bool stopping;
  enum drain drain;
  /* When the next step of it is due.  */
  long long int drain_due;
  /* Whether accepted sockets are close-on-exec from the start.  */
  bool accepts_cloexec;
  /* Whether accepted sockets inherit the listening socket's O_NONBLOCK: 1 or
     0, or -1 if no connection has shown it yet.  */
  int inherits_nonblock;
  /* The client that has been accepted and not been served yet: kept only
     while something is short.  */
  struct client client;
  struct backoff shortage;
  struct complaint shortage_complaint;
  /* What is said of sockets from which nobody can be accepted for another
     reason.  */
  struct complaint trouble_complaint;
  /* Whether lines of the log are known to be lost, when to try to report that,
     and how long that is after the last try.  */
  bool has_lost;
  long long int lost_due;
  int lost_delay;
  /* Whether children may have ended that have not been waited for, and when
     to do that.  */
  bool unreaped;
  long long int reap_due;
  /* The children that were started last, in a ring, and where the next one is
     put.  Many of them may have been waited for; 0 is none.  */
  pid_t young[YOUNG_CHILDREN];
  unsigned int young_next;
  /* How many connections have been accepted, and how many of them turned away
     on purpose or because something went wrong.  */
  unsigned long int accepted;
  unsigned long int denied;
  unsigned long int failed;
  /* When to look next whether the socket's file is still there; whether it was
     not; and whether it has been said that this cannot be known.  */
  long long int find_due;
  bool lost_file;
  bool said_unknown;
  /* How many turns in a row have come to nothing.  */
  int idle_turns;
  /* What has been logged of clients that were turned away, and of those that
     could not be served.  These are two tables, so that a user with very many
     uids who is turned away cannot crowd out the server's own failures.  */
  struct throttle *denials;
  struct throttle *failures;
};

/* What has come while the loop waited; nothing when it was time to try
   something again.  */
struct events
{
  bool signal;
  /* Where a client waits, or NULL.  */
  struct socket *client;
};

/* What a step has done about the client.  */
enum outcome
{
  /* What was wanted.  */
  OUTCOME_DONE,
  /* The client is not to be served.  */
  OUTCOME_REFUSED,
  /* Nothing for now: something is short.  */
  OUTCOME_SHORT
};

/* The signals that the loop receives.  */
static int const wanted_signals[] =
{
  SIGCHLD, SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGUSR1
#ifdef SIGINFO
  , SIGINFO
#endif
};

/* The time on a clock that is never set.  */
static struct timespec
now (void)
{
  struct timespec ts = { .tv_sec = 0 };
  clock_gettime (CLOCK_MONOTONIC, &ts);
  return ts;
}

/* Likewise in nanoseconds and in milliseconds.  */
static int64_t
nanoseconds (void)
{
  struct timespec ts = now ();
  return ts.tv_sec * INT64_C (1000000000) + ts.tv_nsec;
}

static long long int
milliseconds (void)
{
  return nanoseconds () / 1000000;
}

/* The milliseconds from BEFORE until now.  */
static long long int
elapsed (struct timespec before)
{
  struct timespec ts = now ();
  return ((ts.tv_sec - before.tv_sec) * 1000LL
          + (ts.tv_nsec - before.tv_nsec) / 1000000);
}

/* Room for the digits of a number.  */
typedef char digits[INT_BUFSIZE_BOUND (uintmax_t)];

/* "UID:GID", or question marks unless they are KNOWN.  Valid until the next
   call.  */
static char const *
identity_text (bool known, uid_t uid, gid_t gid)
{
  static char text[2 * sizeof (digits)];
  digits uid_digits, gid_digits;
  if (! known)
    return "?:?";
  stpcpy (stpcpy (stpcpy (text, umaxtostr (uid, uid_digits)), ":"),
          umaxtostr (gid, gid_digits));
  return text;
}

static void
log_status (struct server const *server)
{
  log_info (LOG_VERBOSE, "status: %zu/%zu",
            conntable_count (server->connections), server->config->limit);
}

/* How a client's path is quoted.  */
static struct quoting_options *path_quoting;

/* " path " and the quoted path of CLIENT, or nothing.  Valid until the next
   call.  In a buffer of our own: memory for quoting could be short.  */
static char const *
path_text (struct client const *client)
{
  /* Each byte may become five, and change the kind of quotes twice.  */
  static char text[16 * sizeof (union peer_address)];

  if (client->pathlen == 0)
    return "";
  size_t n = sizeof " path " - 1;
  memcpy (text, " path ", n);
  quotearg_buffer (text + n, sizeof text - n, client->path, client->pathlen,
                   path_quoting);
  return text;
}

static void
log_allow (struct server const *server, struct client const *client,
           pid_t pid)
{
  if (! log_says (LOG_VERBOSE))
    return;

  digits number;
  log_info (LOG_VERBOSE, "allow %s pid %jd count %s/%zu%s",
            identity_text (client->known, client->cred.uid, client->cred.gid),
            (intmax_t) pid,
            client->known ? umaxtostr (client->number, number) : "?",
            server->config->limit_per_uid, path_text (client));
  log_status (server);
}

/* What is said of a connection, as text; unknown ids are question marks.  Not
   to be copied: the first members can point to the last.  */
struct connection_text
{
  char const *uid;
  char const *gid;
  /* How many connections the client's user has.  */
  char const *count;
  /* How long the connection has lasted, in seconds.  */
  char age[INT_BUFSIZE_BOUND (long long int) + 4];

  digits uid_digits;
  digits gid_digits;
  digits count_digits;
};

static void
describe (struct server const *server, struct connection const *conn,
          struct connection_text *text)
{
  text->uid = text->gid = text->count = "?";
  if (conn->known)
    {
      size_t count = conntable_count_uid (server->connections, conn->uid);
      text->uid = umaxtostr (conn->uid, text->uid_digits);
      text->gid = umaxtostr (conn->gid, text->gid_digits);
      text->count = umaxtostr (count, text->count_digits);
    }
  long long int ms = elapsed (conn->began);
  snprintf (text->age, sizeof text->age, "%lld.%03d", ms / 1000,
            (int) (ms % 1000));
}

static void
log_end (struct server const *server, struct connection const *conn,
         int status)
{
  if (! log_says (LOG_VERBOSE))
    return;

  struct connection_text text;
  describe (server, conn, &text);
  log_info (LOG_VERBOSE,
            "end pid %jd uid %s %s %d gid %s count %s/%zu duration %s",
            (intmax_t) conn->pid, text.uid,
            WIFSIGNALED (status) ? "signal" : "exitcode",
            WIFSIGNALED (status) ? WTERMSIG (status) : WEXITSTATUS (status),
            text.gid, text.count, server->config->limit_per_uid, text.age);
  log_status (server);
}

/* "of uid UID", or that the user of EVENT is unknown.  Valid until the next
   call.  */
static char const *
user_text (struct event const *event)
{
  static char text[sizeof "of uid " + sizeof (digits)];
  digits uid_digits;
  if (! event->known)
    return "of an unknown user";
  stpcpy (stpcpy (text, "of uid "), umaxtostr (event->uid, uid_digits));
  return text;
}

/* Log EVENT, or that there were MORE like it in MS milliseconds if MORE is not
   0.  */
static void
log_event (struct server const *server, struct event const *event,
           unsigned long int more, long long int ms)
{
  struct serve_config const *config = server->config;
  char const *identity = identity_text (event->known, event->uid, event->gid);
  char repeats[3 * sizeof (digits)] = "";

  if (more != 0)
    snprintf (repeats, sizeof repeats, " (%lu more in %lld.%03d s)", more,
              ms / 1000, (int) (ms % 1000));
  switch (event->kind)
    {
    case EVENT_DENY_COUNT:
      log_info (LOG_NORMAL, "deny %s count %zu/%zu%s", identity, event->count,
                config->limit_per_uid, repeats);
      break;
    case EVENT_DENY_RATE:
      log_info (LOG_NORMAL, "deny %s rate %ju/%ju%s", identity,
                (uintmax_t) config->rate_per_uid.count,
                (uintmax_t) config->rate_per_uid.seconds, repeats);
      break;
    case EVENT_NO_CREDENTIALS:
      log_warn (event->errnum, "unable to get the peer credentials of a"
                " client, closing its connection%s", repeats);
      break;
    case EVENT_NO_PROTECTION:
      log_warn (event->errnum, "unable to prepare a connection, closing it%s",
                repeats);
      break;
    case EVENT_NO_PROCESS:
      log_warn (event->errnum, "unable to make a process for %s, closing the"
                " connection%s", server->program_text, repeats);
      break;
    case EVENT_NO_PROGRAM:
      log_warn (event->errnum, "unable to run %s, closing the connection%s",
                server->program_text, repeats);
      break;
    case EVENT_SLOW_CLOSE:
    case EVENT_SLOW_SOCKET:
      log_warn (0, "closing a %s%s took %zu.%03zu s: to keep clients from"
                " passing descriptors whose close takes long, make the socket"
                " with --no-pass-rights%s",
                event->kind == EVENT_SLOW_CLOSE ? "connection "
                : "listening socket",
                event->kind == EVENT_SLOW_CLOSE ? user_text (event) : "",
                event->count / 1000, event->count % 1000, repeats);
      break;
    case EVENT_DENY_OTHERS:
      log_info (LOG_NORMAL, "deny others%s", repeats);
      break;
    case EVENT_FAIL_OTHERS:
      log_warn (0, "unable to serve other clients, closing their"
                " connections%s", repeats);
      break;
    }
}

/* Log EVENT now, or count it in THROTTLE for later if there were others like
   it.  */
static void
note_event (struct server const *server, struct throttle *throttle,
            struct event const *event)
{
  if (log_says (LOG_NORMAL)
      && throttle_note (throttle, event, milliseconds ()))
    log_event (server, event, 0, 0);
}

/* Log what has been counted in THROTTLE, if it is time or ALL is to be logged.
   OTHERS is the kind of the events for which there was no room.  */
static void
log_counted_in (struct server const *server, struct throttle *throttle,
                enum event_kind others, bool all)
{
  struct subject subject;

  if (throttle->pending == 0)
    return;
  long long int time = milliseconds ();
  while (throttle_next (throttle, time, all, &subject))
    {
      if (subject.event.kind == THROTTLE_OTHERS)
        subject.event.kind = others;
      log_event (server, &subject.event, subject.more, subject.since);
    }
}

/* Log what has been counted, if it is time or ALL is to be logged.  */
static void
log_counted (struct server const *server, bool all)
{
  log_counted_in (server, server->denials, EVENT_DENY_OTHERS, all);
  log_counted_in (server, server->failures, EVENT_FAIL_OTHERS, all);
}

/* Report the lines that the log has lost, now and then until that can be
   written.  */
static void
log_lost_lines (struct server *server)
{
  if (! log_has_lost ())
    {
      server->has_lost = false;
      return;
    }
  long long int time = milliseconds ();
  if (server->has_lost && time < server->lost_due)
    return;
  if (! server->has_lost)
    server->lost_delay = LOST_DELAY_FIRST;
  else
    {
      log_report_lost ();
      server->lost_delay = (server->lost_delay < LOST_DELAY_LAST / 2
                            ? 2 * server->lost_delay : LOST_DELAY_LAST);
    }
  server->has_lost = true;
  server->lost_due = time + server->lost_delay;
}

/* CLIENT, whose user has COUNT connections, is turned away, as KIND says.  */
static void
deny (struct server *server, struct client const *client,
      enum event_kind kind, size_t count)
{
  struct event event = { .kind = kind, .known = true,
                         .uid = client->cred.uid, .gid = client->cred.gid,
                         .count = count };
  server->denied++;
  note_event (server, server->denials, &event);
}

/* A client cannot be served because of ERRNUM, as KIND says.  The message does
   not name the user, so failures for the same reason are alike whoever the
   client is.  There are few reasons, so the log has room for each.  */
static void
fail (struct server *server, enum event_kind kind, int errnum)
{
  struct event event = { .kind = kind, .errnum = errnum };
  server->failed++;
  note_event (server, server->failures, &event);
}

/* Close FD as linger_close does for RISK.  It belongs to CLIENT, or to nobody
   who is known if that is NULL.  Warn as KIND says if that takes long: the
   timer of linger_close cannot interrupt each close.  The clock is read
   without a system call on most systems.

   A close that takes long is logged with the failures.  There is room for each
   of them, since they cannot follow each other fast.  */
static void
close_timed (struct server *server, int fd, enum linger_risk risk,
             enum event_kind kind, struct client const *client)
{
  struct timespec began = now ();
  linger_close (fd, risk);
  long long int ms = elapsed (began);
  if (ms < SLOW_CLOSE)
    return;

  struct event event = { .kind = kind, .count = ms };
  if (client && client->known)
    {
      event.known = true;
      event.uid = client->cred.uid;
      event.gid = client->cred.gid;
    }
  note_event (server, server->failures, &event);
}

/* What is said of the socket's file.  */
static char const *
file_text (struct server const *server)
{
  struct serve_config const *config = server->config;

  /* Its number may be that of another file once the socket is closed.  */
  if (! config->find_file || server->open_count == 0)
    return "";
  if (config->find_file (config->file) == 0)
    return " socket ours";
  return (errno == ENOENT ? " socket gone" : errno == ESTALE
          ? " socket replaced" : " socket unknown");
}

/* Say what has been counted, and who is connected.  */
static void
log_report (struct server const *server)
{
  size_t position = 0;
  struct connection const *conn;

  log_info (LOG_NORMAL, "status: %zu/%zu accepted %lu denied %lu failed %lu%s",
            conntable_count (server->connections), server->config->limit,
            server->accepted, server->denied, server->failed,
            file_text (server));
  while ((conn = conntable_next (server->connections, &position)))
    {
      struct connection_text text;
      describe (server, conn, &text);
      log_info (LOG_NORMAL, "connection pid %jd uid %s gid %s age %s",
                (intmax_t) conn->pid, text.uid, text.gid, text.age);
    }
}

/* The environment in which CLIENT is served.  Valid until the next call for
   the same LANE.  */
static char **
environment_for (struct server *server, size_t lane,
                 struct client const *client)
{
  struct childenv_client facts =
    {
      .local_path = client->socket->path,
      .local_path_len = strlen (client->socket->path),
      .path = client->path,
      .path_len = client->pathlen,
      .known = client->known,
      .uid = client->cred.uid,
      .gid = client->cred.gid,
      .pid = client->cred.pid,
      .number = client->number,
      .groups = client->info.has_groups ? client->info.groups : NULL,
      .group_count = client->info.group_count,
      .label = client->info.label,
      .label_len = client->info.label_len,
      .pidfd = client->info.pidfd
    };
  return childenv_for (server->env, lane, &facts);
}

/* Note that ERRNUM kept us from doing what STEP and OBJECT say: pause as
   BACKOFF says, and complain as COMPLAINT does.  */
static void
begin_pause (struct backoff *backoff, struct complaint *complaint, int errnum,
             char const *step, char const *object)
{
  unsigned long int unsaid;
  char more[80] = "";
  long long int time = milliseconds ();

  backoff_fail (backoff, time);
  if (! complaint_is_due (complaint, time, &unsaid))
    return;
  if (unsaid)
    snprintf (more, sizeof more,
              " (%lu times more since the last warning)", unsaid);
  log_warn (errnum, "unable to %s%s, waiting%s", step, object, more);
}

/* Likewise for something that is short.  */
static void
begin_shortage (struct server *server, int errnum, char const *step,
                char const *object)
{
  begin_pause (&server->shortage, &server->shortage_complaint, errnum, step,
               object);
}

/* Likewise for another reason why nobody can be accepted from SOCKET.  */
static void
begin_trouble (struct server *server, struct socket *socket, int errnum,
               char const *step)
{
  begin_pause (&socket->trouble, &server->trouble_complaint, errnum, step,
               "");
}

/* The milliseconds until an orderly stop goes on, or -1.  */
static int
drain_left (struct server const *server)
{
  if (server->drain == DRAIN_NOT || server->drain == DRAIN_FOREVER)
    return -1;
  long long int left = server->drain_due - milliseconds ();
  return left < 0 ? 0 : left;
}

/* Wait for MS milliseconds, less than a second, whatever happens.  */
static void
rest (int ms)
{
  struct timespec ts = { .tv_nsec = ms * 1000000L };
  int result;
  do
    result = nanosleep (&ts, &ts);
  while (result != 0 && errno == EINTR);
  if (result != 0 && is_filtered (errno))
    poll (NULL, 0, ms);
}

/* See that FD does not block.  Return 0, or -1 with errno set.  */
static int
make_nonblocking (int fd)
{
  int flags = fcntl (fd, F_GETFL);
  if (0 <= flags && (flags & O_NONBLOCK))
    return 0;
  return flags < 0 ? -1 : fcntl (fd, F_SETFL, flags | O_NONBLOCK);
}

/* Accept a connection from LISTEN_FD, blocking, and close-on-exec unless that
   is left to protect.  Store the client's address in *ADDR and its length in
   *LEN.  Return -1 with errno set on failure.  */
static int
accept_connection (struct server *server, int listen_fd,
                   union peer_address *addr, socklen_t *len)
{
  *len = sizeof *addr;
#if ACCEPTS_CLOEXEC
  int fd = (server->accepts_cloexec
            ? accept4 (listen_fd, &addr->any, len, SOCK_CLOEXEC)
            : accept (listen_fd, &addr->any, len));
#else
  int fd = accept (listen_fd, &addr->any, len);
#endif

  /* Whether O_NONBLOCK is inherited differs between systems and not between
     connections, so one look is enough.  */
  if (0 <= fd && server->inherits_nonblock != 0)
    {
      int flags = fcntl (fd, F_GETFL);
      if (0 <= flags)
        server->inherits_nonblock = (flags & O_NONBLOCK) != 0;
      if (0 < server->inherits_nonblock && 0 <= flags)
        fcntl (fd, F_SETFL, flags & ~O_NONBLOCK);
    }
  return fd;
}

/* The child that served CONN has been waited for; it ended with STATUS.  */
static void
end_connection (struct server *server, struct connection const *conn,
                int status)
{
  int error = spawn_end (server->spawn, conn->pid);
  if (error != 0)
    fail (server, EVENT_NO_PROGRAM, error);
  log_end (server, conn, status);
  /* It may have had what was short.  */
  backoff_hope (&server->shortage);
}

/* Forget the child WHICH, or any if that is -1, if it has ended.  Return what
   waitpid does.  */
static pid_t
reap_one (struct server *server, pid_t which)
{
  int status;
  struct connection conn;
  pid_t pid = waitpid (which, &status, WNOHANG);

  /* A process that was our child before we became this program is not in the
     table.  */
  if (0 < pid && conntable_forget (server->connections, pid, &conn))
    end_connection (server, &conn, status);
  return pid;
}

/* Forget those of the youngest children that have ended, as far as they are
   easily found.  */
static void
reap_young (struct server *server)
{
  int living = 0;
  for (unsigned int i = 1; i <= YOUNG_CHILDREN && living < YOUNG_PATIENCE; i++)
    {
      pid_t pid = server->young[(server->young_next + YOUNG_CHILDREN - i)
                                % YOUNG_CHILDREN];
      if (! conntable_has (server->connections, pid))
        continue;
      pid_t ended = reap_one (server, pid);
      if (ended < 0)
        return;
      living = ended == 0 ? living + 1 : 0;
    }
}

/* Forget the children that have ended.  */
static void
reap (struct server *server)
{
  pid_t pid;
  size_t count = conntable_count (server->connections);
  /* If one has gone unnoticed, so may have others.  */
  bool asks_young = server->unreaped && MANY_CHILDREN <= count;

  while (0 < (pid = reap_one (server, -1))
         && 0 < conntable_count (server->connections))
    if (asks_young)
      {
        /* Linux looks for any child that has ended among all, the oldest
           first, once for each; but it finds a certain one at once, at least
           since version 5.13.  */
        reap_young (server);
        asks_young = false;
      }
  /* Those in the table are our children, so there is no reason to fail.  */
  server->unreaped = pid < 0 && 0 < conntable_count (server->connections);
  if (server->unreaped)
    server->reap_due = milliseconds () + BLIND_WAIT;
}

/* Likewise after a SIGCHLD that is about SENDER, or 0 if it does not say.  To
   ask for any child, the system looks at all; so if there are many, ask for
   that one.  A signal can stand for several, so the others' turn comes soon,
   and at once when somebody would have to wait for it.  */
static void
reap_after_signal (struct server *server, pid_t sender)
{
  if (sender <= 0 || conntable_count (server->connections) <= FEW_CHILDREN)
    reap (server);
  else
    {
      /* It may have been waited for already.  */
      reap_one (server, sender);
      if (! server->unreaped)
        server->reap_due = milliseconds () + REAP_DELAY;
      server->unreaped = true;
    }

  /* It may be from a child that is kept from becoming the program.  */
  int error = spawn_shortage (server->spawn);
  if (error != 0)
    begin_shortage (server, error, "run ", server->program_text);
}

/* Forget the children whose end may have gone unnoticed.  */
static void
catch_up (struct server *server)
{
  if (server->unreaped)
    reap (server);
}

/* See that CLIENT's connection is close-on-exec.  */
static enum outcome
protect (struct server *server, struct client *client)
{
  if (client->protected)
    return OUTCOME_DONE;
  client->protected = set_cloexec_flag (client->fd, true) == 0;
  if (client->protected)
    return OUTCOME_DONE;
  if (is_shortage (errno))
    {
      begin_shortage (server, errno, "prepare a connection", "");
      return OUTCOME_SHORT;
    }
  fail (server, EVENT_NO_PROTECTION, errno);
  return OUTCOME_REFUSED;
}

/* Find out who CLIENT is.  */
static enum outcome
identify (struct server *server, struct client *client)
{
  if (client->known || server->config->lookup == LOOKUP_NEVER)
    return OUTCOME_DONE;
  client->known = peercred_get (client->fd, &client->cred) == 0;
  if (client->known)
    return OUTCOME_DONE;
  if (is_shortage (errno))
    {
      begin_shortage (server, errno, "get the peer credentials of a client",
                      "");
      return OUTCOME_SHORT;
    }
  if (server->config->lookup == LOOKUP_TRY)
    return OUTCOME_DONE;
  fail (server, EVENT_NO_CREDENTIALS, errno);
  return OUTCOME_REFUSED;
}

/* Find out whether CLIENT is one too many of its uid, or comes too soon.  Only
   a client that passes all limits counts for any of them, and only once: those
   that are turned away take nothing from others, nor from their own user.  */
static enum outcome
admit (struct server *server, struct client *client)
{
  struct serve_config const *config = server->config;
  size_t count = 0;

  if (client->known)
    {
      uid_t uid = client->cred.uid;
      count = conntable_count_uid (server->connections, uid);
      if (config->limit_per_uid <= count)
        {
          catch_up (server);
          count = conntable_count_uid (server->connections, uid);
        }
      if (config->limit_per_uid <= count)
        {
          deny (server, client, EVENT_DENY_COUNT, count);
          return OUTCOME_REFUSED;
        }
    }
  client->number = count + 1;
  if (client->admitted)
    return OUTCOME_DONE;

  bool has_rate = config->rate.count != 0;
  bool has_user_rate = client->known && server->rates;
  int64_t time = has_rate || has_user_rate ? nanoseconds () : 0;
  if (has_user_rate
      && ! ratetable_take (server->rates, client->cred.uid, time))
    {
      deny (server, client, EVENT_DENY_RATE, count);
      return OUTCOME_REFUSED;
    }
  if (has_rate)
    ratelimit_note (&server->rate, &config->rate, time);
  client->admitted = true;
  return OUTCOME_DONE;
}

/* Find out what else is known of CLIENT.  What is not is left out, unless it
   is for want of something.  */
static enum outcome
inquire (struct server *server, struct client *client)
{
  struct info *info = &client->info;
  bool is_short = false;

  if (info->asked || ! server->config->peer_info)
    return OUTCOME_DONE;
  info->has_groups = peergroups_get (client->fd, info->groups,
                                     CHILDENV_GROUPS_MAX,
                                     &info->group_count) == 0;
  is_short = ! info->has_groups && is_shortage (errno);
  info->label_len = 0;
  if (! is_short && peerinfo_label (client->fd, info->label,
                                    sizeof info->label, &info->label_len) != 0)
    is_short = is_shortage (errno);
  if (! is_short)
    {
      info->pidfd = peerinfo_pidfd (client->fd);
      is_short = info->pidfd < 0 && is_shortage (errno);
    }
  if (is_short)
    {
      begin_shortage (server, errno, "get information about a client", "");
      return OUTCOME_SHORT;
    }
  info->asked = true;
  return OUTCOME_DONE;
}

/* Start the program for CLIENT, as spawn_start does.  */
static pid_t
try_program (struct server *server, struct client const *client,
             bool *found_process)
{
  size_t lane = spawn_lane (server->spawn);
  return spawn_start (server->spawn, lane, client->fd, client->info.pidfd,
                      environment_for (server, lane, client), found_process);
}

/* Start the program for CLIENT, if it can be done.  */
static enum outcome
start_program (struct server *server, struct client const *client)
{
  bool found_process;
  pid_t pid = try_program (server, client, &found_process);
  /* What has ended may be what is short.  */
  if (pid < 0 && is_shortage (errno) && server->unreaped)
    {
      catch_up (server);
      pid = try_program (server, client, &found_process);
    }
  if (pid < 0)
    {
      char const *step = found_process ? "run " : "make a process for ";
      if (is_shortage (errno))
        {
          begin_shortage (server, errno, step, server->program_text);
          return OUTCOME_SHORT;
        }
      fail (server, found_process ? EVENT_NO_PROGRAM : EVENT_NO_PROCESS,
            errno);
      return OUTCOME_REFUSED;
    }
  backoff_succeed (&server->shortage);

  struct connection conn = { .pid = pid, .known = client->known,
                             .uid = client->cred.uid,
                             .gid = client->cred.gid };
  conn.began = now ();
  conntable_admit (server->connections, &conn);
  server->young[server->young_next] = pid;
  server->young_next = (server->young_next + 1) % YOUNG_CHILDREN;
  log_allow (server, client, pid);
  return OUTCOME_DONE;
}

/* Close the connection that has been accepted, if there is one.  RISK is as
   for linger_close.  */
static void
drop_client (struct server *server, enum linger_risk risk)
{
  struct client *client = &server->client;
  if (0 <= client->fd)
    close_timed (server, client->fd, risk, EVENT_SLOW_CLOSE, client);
  if (0 <= client->info.pidfd)
    close (client->info.pidfd);
  client->fd = client->info.pidfd = -1;
}

/* Serve the client that has been accepted, or send it away, or keep it while
   something is short.  */
static void
settle_client (struct server *server)
{
  struct client *client = &server->client;
  enum outcome outcome = protect (server, client);
  if (outcome == OUTCOME_DONE)
    outcome = identify (server, client);
  if (outcome == OUTCOME_DONE)
    outcome = admit (server, client);
  if (outcome == OUTCOME_DONE)
    outcome = inquire (server, client);
  if (outcome == OUTCOME_DONE)
    outcome = start_program (server, client);
  if (outcome != OUTCOME_SHORT)
    drop_client (server, (outcome == OUTCOME_DONE ? LINGER_UNLIKELY
                          : LINGER_LIKELY));
}

/* Accept no more from SOCKET.  */
static void
close_socket (struct server *server, struct socket *socket)
{
  if (0 <= socket->fd)
    {
      /* The backlog may hold clients, and what they have sent.  */
      close_timed (server, socket->fd, LINGER_LIKELY, EVENT_SLOW_SOCKET, NULL);
      server->open_count--;
    }
  socket->fd = -1;
}

/* Whether what is short will hardly come back: no child is left that could
   have it, and it has been waited for.  */
static bool
is_hopeless (struct server const *server)
{
  return (conntable_count (server->connections) == 0
          && backoff_is_long (&server->shortage, milliseconds ()));
}

/* Whether ERRNUM says that there is nobody to be accepted now.  */
static bool
is_nobody (int errnum)
{
  /* Two names of one error, or two.  */
  if (errnum == EWOULDBLOCK)
    return true;
  return errnum == EAGAIN;
}

/* In an orderly stop, accept has failed with ERRNUM on SOCKET.  Return whether
   to go on with it.  */
static bool
goes_on (struct server *server, struct socket *socket, int errnum)
{
  /* What those say of a socket that was shut down, when nobody is left.  */
  bool is_end = (is_nobody (errnum) || errnum == EINVAL || errnum == ENOTCONN
                 || errnum == EBADF);
  if (is_end)
    return false;
  if (is_shortage (errnum) ? ! is_hopeless (server)
      : socket->lost++ < LOST_MAX)
    return true;
  if (errnum != ECONNABORTED)
    log_warn (errnum, "unable to accept a connection, closing the socket");
  return false;
}

/* Nobody could be accepted from SOCKET because of ERRNUM.  Return whether
   there was anything to do.  */
static bool
accept_none (struct server *server, struct socket *socket, int errnum)
{
  if (errnum == EINTR)
    return false;
  if (server->drain && ! goes_on (server, socket, errnum))
    return close_socket (server, socket), true;

  if (! is_nobody (errnum) && is_shortage (errnum))
    begin_shortage (server, errnum, "accept a connection", "");
  else if (server->drain)
    return true;
  /* The client has gone meanwhile, or another process has taken it; or there
     will never be any, as the socket was shut down.  */
  else if (is_nobody (errnum) || errnum == ECONNABORTED || errnum == EPROTO)
    {
      if (! socket->is_hung_up && is_nobody (errnum))
        return socket->gone = 0, false;
      if (! socket->is_hung_up)
        {
          /* A client that has gone has been taken out of the backlog.  */
          return socket->gone++ < GONE_MAX;
        }
      begin_trouble (server, socket, 0,
                     "accept from a socket that was shut down");
    }
  else
    begin_trouble (server, socket, errnum, "accept a connection");
  return true;
}

/* Take one client from the backlog of SOCKET.  Return whether there was
   anything to do.  */
static bool
accept_one (struct server *server, struct socket *socket)
{
  struct client *client = &server->client;
  socklen_t len;

  /* Others that have it may have made it blocking again.  If one of them were
     faster, accept would then wait, deaf to signals.  */
  if (socket->is_shared)
    make_nonblocking (socket->fd);
  client->fd = accept_connection (server, socket->fd, &client->addr, &len);
  if (client->fd < 0)
    return accept_none (server, socket, errno);
  backoff_succeed (&server->shortage);
  backoff_succeed (&socket->trouble);
  socket->lost = socket->gone = 0;
  client->socket = socket;
  server->accepted++;
  client->protected = server->accepts_cloexec;
  client->known = client->admitted = client->info.asked = false;
  client->path = address_peer_path (&client->addr, len, &client->pathlen);
  settle_client (server);
  return true;
}

/* Send SIG, and then SIGCONT unless SIG cannot wait, to all children.  */
static void
signal_children (struct server const *server, int sig)
{
  size_t position = 0;
  struct connection const *conn;
  size_t failures = 0;
  int errnum = 0;
  pid_t pid = 0;

  /* The pids are those of children that have not been waited for, so they
     cannot be anybody else's.  */
  while ((conn = conntable_next (server->connections, &position)))
    {
      if (kill (conn->pid, sig) != 0 && failures++ == 0)
        {
          errnum = errno;
          pid = conn->pid;
        }
      if (sig != SIGKILL)
        kill (conn->pid, SIGCONT);
    }
  if (failures != 0)
    log_warn (errnum, "unable to send a signal to process %jd (processes:"
              " %zu)", (intmax_t) pid, failures);
}

/* Send the client away that something short kept from being served, if there
   is one, for REASON.  */
static void
give_up_client (struct server *server, char const *reason)
{
  if (server->client.fd < 0)
    return;
  log_warn (0, "%s, closing a connection that could not be served", reason);
  server->failed++;
  drop_client (server, LINGER_LIKELY);
}

/* Begin an orderly stop.  */
static void
begin_drain (struct server *server)
{
  int seconds = server->config->drain_seconds;

  if (server->drain)
    return;
  server->drain = seconds < 0 ? DRAIN_FOREVER : DRAIN_PATIENT;
  server->drain_due = milliseconds () + seconds * 1000LL;
  /* Where a listening socket can be shut down, those who wait in the backlog
     can still be accepted, and nobody else gets there.  The socket must be
     ours alone: another server may be about to take over.  */
  for (size_t i = 0; i < server->socket_count; i++)
    {
      struct socket *socket = &server->sockets[i];
      if (socket->is_shared || shutdown (socket->fd, SHUT_RDWR) != 0)
        close_socket (server, socket);
    }
}

/* Close the connections that wait in the backlog of SOCKET, which was shut
   down, so that nobody can connect any more.  Return how many these were.  */
static size_t
close_backlog (struct server *server, struct socket *socket)
{
  union peer_address addr;
  socklen_t len;
  size_t count = 0;

  for (;;)
    {
      int fd = accept_connection (server, socket->fd, &addr, &len);
      if (0 <= fd)
        {
          close_timed (server, fd, LINGER_LIKELY, EVENT_SLOW_CLOSE, NULL);
          count++;
        }
      else if (errno != ECONNABORTED || LOST_MAX <= socket->lost++)
        break;
    }
  if (! is_nobody (errno) && is_shortage (errno))
    log_warn (errno, "unable to accept a connection, closing the socket");
  server->accepted += count;
  server->failed += count;
  return count;
}

/* Close the listening sockets, and the connections that wait in the backlog of
   those that are the server's own.  Return how many these were.  */
static size_t
close_backlogs (struct server *server)
{
  size_t count = 0;

  for (size_t i = 0; i < server->socket_count; i++)
    {
      struct socket *socket = &server->sockets[i];
      if (0 <= socket->fd && ! socket->is_shared)
        count += close_backlog (server, socket);
      close_socket (server, socket);
    }
  return count;
}

/* Take the next step of an orderly stop, if it is due.  */
static void
continue_drain (struct server *server)
{
  if (drain_left (server) != 0)
    return;
  if (server->drain == DRAIN_PATIENT)
    {
      log_info (LOG_VERBOSE, "time is over, sending SIGTERM and SIGCONT to all"
                " children");
      /* It has a descriptor, which may be what is short.  */
      give_up_client (server, "time is over");
      size_t waiting = close_backlogs (server);
      if (waiting != 0)
        log_warn (0, "time is over, closing connections that waited to be"
                  " accepted: %zu", waiting);
      signal_children (server, SIGTERM);
      server->drain = DRAIN_TERM;
    }
  else if (server->drain == DRAIN_TERM)
    {
      log_info (LOG_VERBOSE, "time is over, sending SIGKILL to all children");
      signal_children (server, SIGKILL);
      server->drain = DRAIN_KILL;
    }
  else
    {
      /* The system keeps it from ending, or keeps us from ending it.  */
      log_warn (0, "time is over, leaving children that SIGKILL did not end:"
                " %zu", conntable_count (server->connections));
      server->stopping = true;
    }
  /* From now: the due time may have passed long ago, if we were stopped.  */
  server->drain_due = milliseconds () + DRAIN_GRACE;
}

/* Whether an orderly stop has come to its end.  */
static bool
is_drained (struct server const *server)
{
  return (server->drain && server->open_count == 0 && server->client.fd < 0
          && conntable_count (server->connections) == 0);
}

/* Whether the socket's file is to be looked for at times.  In an orderly stop
   it has done its work.  */
static bool
watches_file (struct server const *server)
{
  return server->config->stop_when_lost != 0 && server->drain == DRAIN_NOT;
}

/* The milliseconds until that is due, or -1.  */
static int
find_left (struct server const *server)
{
  if (! watches_file (server))
    return -1;
  long long int left = server->find_due - milliseconds ();
  return left < 0 ? 0 : left;
}

/* If it is due, see whether the socket's file is still there, and begin to
   stop if it is not.  */
static void
watch_file (struct server *server)
{
  struct serve_config const *config = server->config;

  if (find_left (server) != 0)
    return;
  server->find_due = milliseconds () + config->stop_when_lost * 1000LL;
  if (config->find_file (config->file) == 0)
    server->said_unknown = false;
  else if (errno == ENOENT || errno == ESTALE)
    {
      log_warn (0, "the socket %s is %s, %s", quoteaf (config->path),
                errno == ENOENT ? "gone" : "replaced by another file",
                config->drain ? "waiting for all children to end"
                : "quitting");
      server->lost_file = true;
      if (config->drain)
        begin_drain (server);
      else
        server->stopping = true;
    }
  else if (! server->said_unknown)
    {
      log_warn (errno, "unable to see whether the socket %s is still there",
                quoteaf (config->path));
      server->said_unknown = true;
    }
}

/* Act on every signal that has come.  Return whether one has.  */
static bool
handle_signals (struct server *server)
{
  bool any = false;
  int sig;

  for (; (sig = signals_next ()) != 0; any = true)
    switch (sig)
      {
      case SIGCHLD:
        reap_after_signal (server, signals_sender ());
        break;
      case SIGTERM:
        /* Stop accepting before the line is logged: a reader of the line may
           rely on it.  */
        if (server->config->drain)
          begin_drain (server);
        else
          server->stopping = true;
        log_info (LOG_VERBOSE, "received SIGTERM, %s",
                  server->stopping ? "quitting"
                  : "waiting for all children to end");
        break;
      case SIGHUP:
        log_info (LOG_VERBOSE, "received SIGHUP, sending SIGTERM and SIGCONT"
                  " to all children");
        signal_children (server, SIGTERM);
        break;
      case SIGQUIT:
        log_info (LOG_VERBOSE, "received SIGQUIT, sending SIGTERM and SIGCONT"
                  " to all children and quitting");
        signal_children (server, SIGTERM);
        server->stopping = true;
        break;
      case SIGABRT:
        log_info (LOG_VERBOSE, "received SIGABRT, sending SIGKILL to all"
                  " children and quitting");
        signal_children (server, SIGKILL);
        server->stopping = true;
        break;
      case SIGUSR1:
#ifdef SIGINFO
      case SIGINFO:
#endif
        log_info (LOG_VERBOSE, "received %s, reporting",
                  sig == SIGUSR1 ? "SIGUSR1" : "SIGINFO");
        catch_up (server);
        log_counted (server, true);
        log_report (server);
        break;
      }
  return any;
}

/* The milliseconds until children are to be waited for, or -1.  */
static int
reap_left (struct server const *server)
{
  if (! server->unreaped)
    return -1;
  long long int left = server->reap_due - milliseconds ();
  return left < 0 ? 0 : left;
}

/* The sooner of the times A and B, in milliseconds; -1 is never.  */
static int
sooner (int a, int b)
{
  return a < 0 || (0 <= b && b < a) ? b : a;
}

/* The milliseconds until something that was counted is to be logged, or
   -1.  */
static int
log_left (struct server const *server)
{
  if (server->denials->pending == 0 && server->failures->pending == 0
      && ! server->has_lost)
    return -1;
  long long int time = milliseconds ();
  int left = sooner (throttle_left (server->denials, time),
                     throttle_left (server->failures, time));
  if (server->has_lost)
    left = sooner (left, (server->lost_due <= time ? 0
                          : server->lost_due - time));
  return left;
}

/* How long not to accept, in milliseconds; 0: accept.  */
static int
pause_left (struct server const *server)
{
  if (server->config->rate.count == 0 && ! server->shortage.waits)
    return 0;

  int64_t time = nanoseconds ();
  int64_t left = ratelimit_left (&server->rate, &server->config->rate, time);
  int shortage = backoff_left (&server->shortage, time / 1000000);

  /* In an orderly stop those who wait are the last.  */
  left = server->drain ? 0 : (left + 999999) / 1000000;
  if (left < shortage)
    return shortage;
  return left < INT_MAX ? left : INT_MAX;
}

/* Watch for clients at all sockets that are well.  Return the milliseconds
   until another one is to be tried again, or -1.  */
static int
watch_sockets (struct server *server)
{
  int timeout = -1;

  for (size_t i = 0; i < server->socket_count; i++)
    {
      struct socket const *socket = &server->sockets[i];
      int left = (socket->trouble.waits
                  ? backoff_left (&socket->trouble, milliseconds ()) : 0);
      server->fds[1 + i] = (struct pollfd) { .fd = left ? -1 : socket->fd,
                                             .events = POLLIN };
      if (left)
        timeout = sooner (timeout, left);
    }
  return timeout;
}

/* The next of the sockets where a client waits, or NULL.  They take turns, so
   that none has to wait for one that is busier.  */
static struct socket *
next_socket (struct server *server)
{
  for (size_t i = 0; i < server->socket_count; i++)
    {
      size_t n = (server->turn + i) % server->socket_count;
      if (server->fds[1 + n].revents)
        {
          server->turn = n + 1;
          server->sockets[n].is_hung_up
            = (server->fds[1 + n].revents & (POLLERR | POLLHUP)) != 0;
          return &server->sockets[n];
        }
    }
  return NULL;
}

/* Whether clients had gone before they were accepted from any socket of
   SERVER.  */
static bool
has_gone_clients (struct server const *server)
{
  for (size_t i = 0; i < server->socket_count; i++)
    if (server->sockets[i].gone != 0)
      return true;
  return false;
}

/* The sockets of SERVER that are watched had no client for a while.  */
static void
note_empty_backlogs (struct server *server)
{
  for (size_t i = 0; i < server->socket_count; i++)
    if (0 <= server->fds[1 + i].fd)
      server->sockets[i].gone = 0;
}

/* As signals_poll, for the sockets that are watched.  */
static int
wait_for_clients (struct server *server, int timeout)
{
  struct timespec began = { .tv_sec = 0 };
  bool has_gone = has_gone_clients (server);
  if (has_gone)
    began = now ();
  int n = signals_poll (server->fds, 1 + server->socket_count, timeout);
  if (has_gone && REST <= elapsed (began))
    note_empty_backlogs (server);
  return n;
}

/* Wait for a signal, for the time to try something again or, while there is
   room for one, for a client.  */
static struct events
wait_for_events (struct server *server)
{
  bool has_client = 0 <= server->client.fd;
  if (conntable_count (server->connections) == server->config->limit)
    catch_up (server);
  bool has_room = (conntable_count (server->connections)
                   < server->config->limit);
  int pause = (has_client
               ? backoff_left (&server->shortage, milliseconds ())
               : pause_left (server));
  int timeout = has_client || (pause && has_room) ? pause : -1;
  timeout = sooner (timeout, drain_left (server));
  timeout = sooner (timeout, reap_left (server));
  timeout = sooner (timeout, log_left (server));
  timeout = sooner (timeout, find_left (server));

  bool accepts = has_room && ! has_client && ! pause;
  if (accepts)
    timeout = sooner (timeout, watch_sockets (server));
  int n = (accepts ? wait_for_clients (server, timeout)
           : signals_poll (server->fds, 1, timeout));
  if (n < 0 && errno != EINTR)
    {
      /* Out of memory.  There is nothing to wait with but the clock; signals
         can be read without waiting.  */
      begin_shortage (server, errno, "wait for clients", "");
      rest (BLIND_WAIT);
    }
  if (n < 0)
    return (struct events) { .signal = true };
  return (struct events) { .signal = server->fds[0].revents,
                           .client = accepts ? next_socket (server) : NULL };
}

/* Do what could not be done before, if it is time.  */
static void
try_again (struct server *server)
{
  if (reap_left (server) == 0)
    catch_up (server);
  log_counted (server, false);
  log_lost_lines (server);
  if (0 <= server->client.fd
      && backoff_left (&server->shortage, milliseconds ()) == 0)
    {
      settle_client (server);
      if (server->drain && is_hopeless (server))
        give_up_client (server, "something stays short");
    }
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
    rest (REST);
}

/* Make sure that descriptors 0 to 2 are open, so that no other lands there,
   and return one more like those: /dev/null or, where there is none, a socket
   that leads nowhere.  */
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
  return fd;
}

/* Find out which system calls a filter refuses that SERVER cannot do without
   for long.  They are made with arguments that have no effect.  */
static void
try_calls (struct server *server)
{
  union peer_address addr;
  socklen_t len = sizeof addr;

#if ACCEPTS_CLOEXEC
  server->accepts_cloexec
    = (0 <= accept4 (server->null, &addr.any, &len, SOCK_CLOEXEC)
       || ! is_filtered (errno));
#endif
  len = sizeof addr;
  if (! server->accepts_cloexec
      && accept (server->null, &addr.any, &len) < 0 && is_filtered (errno))
    die (EXIT_SYSTEM, errno, "unable to use the system call %s", "accept");
  if (poll (NULL, 0, 0) < 0 && is_filtered (errno))
    die (EXIT_SYSTEM, errno, "unable to use the system call %s", "poll");
}

/* Warn if the kernel reports several users as one.  */
static void
warn_of_ambiguous_ids (void)
{
  uid_t uid;
  if (! idmap_leaves_users_out (&uid))
    return;
  if (uid == (uid_t) -1)
    log_warn (0, "all users that are unknown in this user namespace appear as"
              " one uid, which /proc/sys/kernel/overflowuid does not tell, and"
              " share its limits");
  else
    log_warn (0, "all users that are unknown in this user namespace appear as"
              " uid %ju and share its limits", (uintmax_t) uid);
}

struct server *
serve_prepare (struct serve_config const *config, char **variables)
{
  /* These are static because the system gives static memory to a process only
     when it is written to, and most of these tables never is.  calloc may
     write zeros to all of it.  */
  static struct throttle denials, failures;
  struct server *server = xzalloc (sizeof *server);

  path_quoting = clone_quoting_options (NULL);
  set_quoting_style (path_quoting, shell_escape_always_quoting_style);
  server->config = config;
  server->denials = &denials;
  server->failures = &failures;
  server->null = open_null ();
  server->inherits_nonblock = -1;
  server->client.fd = server->client.info.pidfd = -1;
  if (config->peer_info)
    server->client.info.groups = xnmalloc (CHILDENV_GROUPS_MAX,
                                           sizeof (gid_t));
  if (signals_init (wanted_signals,
                    sizeof wanted_signals / sizeof *wanted_signals) != 0)
    die (EXIT_SYSTEM, errno, "unable to set up signals by %s",
         signals_method ());
  log_sigpipe_is_blocked ();
  if (signals_handle (LINGER_SIGNAL, linger_interrupt) != 0
      || linger_init () != 0)
    log_warn (errno, "unable to make a timer, a client that passes descriptors"
              " may keep this server waiting");
  try_calls (server);
  if (config->lookup != LOOKUP_NEVER)
    warn_of_ambiguous_ids ();
  server->connections = conntable_new (config->limit);
  if (! server->connections)
    xalloc_die ();
  if (config->lookup != LOOKUP_NEVER && config->rate_per_uid.count != 0)
    {
      server->rates = ratetable_new (&config->rate_per_uid);
      if (! server->rates)
        xalloc_die ();
    }
  server->program_text = xstrdup (quoteaf (config->program[0]));
  server->spawn = spawn_new (config->program, getenv ("PATH"));
  if (! server->spawn && is_filtered (errno))
    die (EXIT_SYSTEM, errno, "unable to use the system call %s", "fork");
  if (! server->spawn)
    die (EXIT_SYSTEM, errno, "unable to prepare to run %s",
         server->program_text);
  server->env = childenv_new (config->style, variables, config->withheld,
                              config->local_path_max, config->peer_info,
                              spawn_lanes (server->spawn));
  if (! server->env)
    xalloc_die ();
  return server;
}

int
serve_attach (struct server *server, int listen_fd, bool is_shared,
              char const *path)
{
  /* A client that has gone since poll said that it was there must not make
     accept wait for the next one.  */
  if (make_nonblocking (listen_fd) != 0)
    return -1;

  size_t n = server->socket_count++;
  server->sockets = xnrealloc (server->sockets, n + 1,
                               sizeof *server->sockets);
  server->sockets[n] = (struct socket) { .fd = listen_fd,
                                         .is_shared = is_shared,
                                         .path = path };
  server->fds = xnrealloc (server->fds, n + 2, sizeof *server->fds);
  server->open_count++;
  return 0;
}

bool
serve_run (struct server *server)
{
  /* The descriptors that we were given are closed; their numbers stay taken,
     or a connection would get them.  */
  dup_to (server->null, STDIN_FILENO);
  dup_to (server->null, STDOUT_FILENO);
  close (server->null);

  log_info (LOG_VERBOSE, "starting");
  log_status (server);
  /* Lines may have been lost before this, and the first event may be long in
     coming.  */
  log_lost_lines (server);
  /* The first time at once: if it cannot be known, say so at the start.  */
  server->find_due = milliseconds ();
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
  log_counted (server, true);
  give_up_client (server, "stopping");
  log_info (LOG_VERBOSE, "exiting");
  log_report_lost ();
  return ! server->lost_file;
}
