/* connlog.c -- the log lines of a server.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/connlog.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/log.h"
#include "intprops.h"
#include "inttostr.h"

/* The delay, in milliseconds, until the server first tries to report lines
   that the log has lost.  Each failure doubles the delay, up to the last, so
   that a log that is no longer read does not keep an idle server busy.  */
enum
{
  LOST_DELAY_FIRST = 1000,
  LOST_DELAY_LAST = 60000
};

/* A close that takes this many milliseconds is logged.  */
enum { SLOW_CLOSE = 1000 };

/* The quoting of a client's path.  */
static struct quoting_options *path_quoting;

/* Room for the digits of a number.  */
typedef char digits[INT_BUFSIZE_BOUND (uintmax_t)];

void
connlog_init (struct connlog *log, size_t limit, size_t limit_per_uid,
              struct rate rate_per_uid, char const *program_text)
{
  /* These tables are large and mostly unused.  They are static because the
     system provides pages of static memory only when they are written to,
     while calloc may write zeros to all of them.  */
  static struct throttle denials, failures;

  *log = (struct connlog) { .limit = limit, .limit_per_uid = limit_per_uid,
                            .rate_per_uid = rate_per_uid,
                            .program_text = program_text,
                            .denials = &denials, .failures = &failures };
  path_quoting = clone_quoting_options (NULL);
  set_quoting_style (path_quoting, shell_escape_always_quoting_style);
}

/* Return "UID:GID", or "?:?" unless they are KNOWN.  Valid until the next
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

/* Return " path " followed by the quoted path of PEER, or "" if it has none.
   Valid until the next call.  The buffer is static because quotearg would
   allocate one, which may fail in a shortage.  */
static char const *
path_text (struct peer const *peer)
{
  /* Quoting may turn a byte into five, and switch between two kinds of
     quotes.  */
  static char text[16 * sizeof (union peer_address)];

  if (peer->path_len == 0)
    return "";
  size_t n = sizeof " path " - 1;
  memcpy (text, " path ", n);
  quotearg_buffer (text + n, sizeof text - n, peer->path, peer->path_len,
                   path_quoting);
  return text;
}

void
connlog_status (struct connlog const *log, struct children const *children)
{
  log_info (LOG_VERBOSE, "status: %zu/%zu", children_count (children),
            log->limit);
}

void
connlog_allow (struct connlog const *log, struct children const *children,
               struct peer const *peer, pid_t pid)
{
  if (! log_is_enabled (LOG_VERBOSE))
    return;

  digits number;
  log_info (LOG_VERBOSE, "allow %s pid %jd count %s/%zu%s",
            identity_text (peer->known, peer->cred.uid, peer->cred.gid),
            (intmax_t) pid,
            peer->known ? umaxtostr (peer->number, number) : "?",
            log->limit_per_uid, path_text (peer));
  connlog_status (log, children);
}

/* The parts of a log line about a connection.  Unknown ids are question marks.
   Do not copy this struct, because the pointers may point into it.  */
struct connection_text
{
  char const *uid;
  char const *gid;
  /* The number of connections of the client's user.  */
  char const *count;
  /* The age of the connection in seconds.  */
  char age[INT_BUFSIZE_BOUND (long long int) + 4];

  digits uid_digits;
  digits gid_digits;
  digits count_digits;
};

static void
describe (struct children const *children, struct connection const *conn,
          struct connection_text *text)
{
  text->uid = text->gid = text->count = "?";
  if (conn->known)
    {
      size_t count = children_count_uid (children, conn->uid);
      text->uid = umaxtostr (conn->uid, text->uid_digits);
      text->gid = umaxtostr (conn->gid, text->gid_digits);
      text->count = umaxtostr (count, text->count_digits);
    }
  long long int ms = clock_elapsed (conn->began);
  snprintf (text->age, sizeof text->age, "%lld.%03d", ms / 1000,
            (int) (ms % 1000));
}

void
connlog_end (struct connlog const *log, struct children const *children,
             struct child_end const *end)
{
  if (! log_is_enabled (LOG_VERBOSE))
    return;

  int status = end->status;
  struct connection_text text;
  describe (children, &end->connection, &text);
  log_info (LOG_VERBOSE,
            "end pid %jd uid %s %s %d gid %s count %s/%zu duration %s",
            (intmax_t) end->connection.pid, text.uid,
            WIFSIGNALED (status) ? "signal" : "exitcode",
            WIFSIGNALED (status) ? WTERMSIG (status) : WEXITSTATUS (status),
            text.gid, text.count, log->limit_per_uid, text.age);
  connlog_status (log, children);
}

/* Return "of uid UID", or "of an unknown user".  Valid until the next
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

/* Log EVENT.  If MORE is not 0, log instead that MORE events like it came in
   MS milliseconds.  */
static void
log_event (struct connlog const *log, struct event const *event,
           unsigned long int more, long long int ms)
{
  char const *identity = identity_text (event->known, event->uid, event->gid);
  char repeats[3 * sizeof (digits)] = "";

  if (more != 0)
    snprintf (repeats, sizeof repeats, " (%lu more in %lld.%03d s)", more,
              ms / 1000, (int) (ms % 1000));
  switch (event->kind)
    {
    case CONNLOG_DENY_COUNT:
      log_info (LOG_NORMAL, "deny %s count %zu/%zu%s", identity, event->count,
                log->limit_per_uid, repeats);
      break;
    case CONNLOG_DENY_RATE:
      log_info (LOG_NORMAL, "deny %s rate %ju/%ju%s", identity,
                (uintmax_t) log->rate_per_uid.count,
                (uintmax_t) log->rate_per_uid.seconds, repeats);
      break;
    case CONNLOG_NO_CREDENTIALS:
      log_warn (event->errnum, "unable to get the peer credentials of a"
                " client, closing its connection%s", repeats);
      break;
    case CONNLOG_NO_PROTECTION:
      log_warn (event->errnum, "unable to prepare a connection, closing it%s",
                repeats);
      break;
    case CONNLOG_NO_PROCESS:
      log_warn (event->errnum, "unable to make a process for %s, closing the"
                " connection%s", log->program_text, repeats);
      break;
    case CONNLOG_NO_PROGRAM:
      log_warn (event->errnum, "unable to run %s, closing the connection%s",
                log->program_text, repeats);
      break;
    case CONNLOG_SLOW_CLOSE:
    case CONNLOG_SLOW_SOCKET:
      log_warn (0, "closing a %s%s took %zu.%03zu s: to keep clients from"
                " passing descriptors that are slow to close, make the socket"
                " with --no-pass-rights if the system has SO_PASSRIGHTS%s",
                event->kind == CONNLOG_SLOW_CLOSE ? "connection "
                : "listening socket",
                event->kind == CONNLOG_SLOW_CLOSE ? user_text (event) : "",
                event->count / 1000, event->count % 1000, repeats);
      break;
    case CONNLOG_DENY_OTHERS:
      log_info (LOG_NORMAL, "deny others%s", repeats);
      break;
    case CONNLOG_FAIL_OTHERS:
      log_warn (0, "unable to serve other clients, closing their"
                " connections%s", repeats);
      break;
    }
}

/* Log EVENT at once if THROTTLE allows it; otherwise THROTTLE counts it.  */
static void
note_event (struct connlog const *log, struct throttle *throttle,
            struct event const *event)
{
  if (log_is_enabled (LOG_NORMAL)
      && throttle_note (throttle, event, clock_milliseconds ()))
    log_event (log, event, 0, 0);
}

void
connlog_deny (struct connlog *log, enum connlog_kind kind,
              struct peer const *peer, size_t count)
{
  struct event event = { .kind = kind, .known = true,
                         .uid = peer->cred.uid, .gid = peer->cred.gid,
                         .count = count };
  note_event (log, log->denials, &event);
}

void
connlog_fail (struct connlog *log, enum connlog_kind kind, int errnum)
{
  struct event event = { .kind = kind, .errnum = errnum };
  note_event (log, log->failures, &event);
}

void
connlog_close (struct connlog *log, enum connlog_kind kind,
               struct peer const *peer, long long int ms)
{
  if (ms < SLOW_CLOSE)
    return;

  /* A slow close is logged with the failures.  That table always has room for
     it, because closes that take this long cannot follow each other fast.  */
  struct event event = { .kind = kind, .count = ms };
  if (peer && peer->known)
    {
      event.known = true;
      event.uid = peer->cred.uid;
      event.gid = peer->cred.gid;
    }
  note_event (log, log->failures, &event);
}

/* Log the events that THROTTLE has counted, if they are due or ALL.  OTHERS is
   the kind of the events for which the table had no room.  */
static void
log_counted (struct connlog const *log, struct throttle *throttle,
             enum connlog_kind others, bool all)
{
  struct subject subject;

  if (throttle->pending == 0)
    return;
  long long int now = clock_milliseconds ();
  while (throttle_next (throttle, now, all, &subject))
    {
      if (subject.event.kind == THROTTLE_OTHERS)
        subject.event.kind = others;
      log_event (log, &subject.event, subject.more, subject.since);
    }
}

void
connlog_counted (struct connlog *log, bool all)
{
  log_counted (log, log->denials, CONNLOG_DENY_OTHERS, all);
  log_counted (log, log->failures, CONNLOG_FAIL_OTHERS, all);
}

void
connlog_lost (struct connlog *log)
{
  if (! log_has_lost ())
    {
      log->has_lost = false;
      return;
    }
  long long int now = clock_milliseconds ();
  if (log->has_lost && now < log->lost_due)
    return;
  if (! log->has_lost)
    log->lost_delay = LOST_DELAY_FIRST;
  else
    {
      log_report_lost ();
      log->lost_delay = (log->lost_delay < LOST_DELAY_LAST / 2
                         ? 2 * log->lost_delay : LOST_DELAY_LAST);
    }
  log->has_lost = true;
  log->lost_due = now + log->lost_delay;
}

int
connlog_left (struct connlog const *log)
{
  if (log->denials->pending == 0 && log->failures->pending == 0
      && ! log->has_lost)
    return -1;
  long long int now = clock_milliseconds ();
  int left = clock_sooner (throttle_left (log->denials, now),
                           throttle_left (log->failures, now));
  if (log->has_lost)
    left = clock_sooner (left, (log->lost_due <= now ? 0
                                : log->lost_due - now));
  return left;
}

void
connlog_report (struct connlog const *log, struct children const *children,
                struct connlog_totals const *totals, char const *file)
{
  size_t position = 0;
  struct connection const *conn;

  log_info (LOG_NORMAL, "status: %zu/%zu accepted %lu denied %lu failed %lu%s",
            children_count (children), log->limit, totals->accepted,
            totals->denied, totals->failed, file);
  while ((conn = children_next (children, &position)))
    {
      struct connection_text text;
      describe (children, conn, &text);
      log_info (LOG_NORMAL, "connection pid %jd uid %s gid %s age %s",
                (intmax_t) conn->pid, text.uid, text.gid, text.age);
    }
}
