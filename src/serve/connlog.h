/* connlog.h -- the log lines of a server.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CONNLOG_H
#define CONNLOG_H

#include "base/ratelimit.h"
#include "serve/children.h"
#include "serve/throttle.h"

/* There may be many clients that are denied or that cannot be served.  The
   first event of each kind is logged at once.  Later ones are counted, and one
   line from time to time gives their number.  Times are in milliseconds on the
   monotonic clock.  */

/* Why a client was denied, or could not be served.  */
enum connlog_kind
{
  CONNLOG_DENY_COUNT,
  CONNLOG_DENY_RATE,
  CONNLOG_DENY_OTHERS,
  CONNLOG_NO_CREDENTIALS,
  CONNLOG_NO_PROTECTION,
  CONNLOG_NO_PROCESS,
  CONNLOG_NO_PROGRAM,
  /* A close of a connection, or of a listening socket, has blocked the
     server.  */
  CONNLOG_SLOW_CLOSE,
  CONNLOG_SLOW_SOCKET,
  CONNLOG_FAIL_OTHERS
};

struct connlog
{
  /* What the lines name: the limits, and the program, quoted for messages.  */
  size_t limit;
  size_t limit_per_uid;
  struct rate rate_per_uid;
  char const *program_text;
  /* The events of clients that were denied, and of those that could not be
     served.  There are two tables, so that a user with very many uids who is
     denied cannot crowd out failures of the server.  */
  struct throttle *denials;
  struct throttle *failures;
  /* True if the log is known to have lost lines; when to try next to report
     that, and the delay of this try.  */
  bool has_lost;
  long long int lost_due;
  int lost_delay;
};

/* Set up *LOG, whose lines name these limits and the program.  PROGRAM_TEXT
   must outlive *LOG.  A process can have only one log.  */
void connlog_init (struct connlog *log, size_t limit, size_t limit_per_uid,
                   struct rate rate_per_uid, char const *program_text);

/* Log the number of connections.  */
void connlog_status (struct connlog const *log,
                     struct children const *children);

/* Log that the child PID serves PEER, or that a child has ended.  */
void connlog_allow (struct connlog const *log,
                    struct children const *children, struct peer const *peer,
                    pid_t pid);
void connlog_end (struct connlog const *log, struct children const *children,
                  struct child_end const *end);

/* Log that PEER, whose user has COUNT connections, is denied.  */
void connlog_deny (struct connlog *log, enum connlog_kind kind,
                   struct peer const *peer, size_t count);

/* Log that a client cannot be served because of ERRNUM.  The line does not
   name the user, so failures with the same error are alike, whoever the client
   is.  There are few errors, so the table has room for all of them.  */
void connlog_fail (struct connlog *log, enum connlog_kind kind, int errnum);

/* If MS, the milliseconds that a close has taken, is large, log a warning.
   PEER is the connection that was closed, or null if its client is
   unknown.  */
void connlog_close (struct connlog *log, enum connlog_kind kind,
                    struct peer const *peer, long long int ms);

/* Log the events that were counted, if they are due or ALL.  */
void connlog_counted (struct connlog *log, bool all);

/* If lines were lost, try from time to time to report that.  */
void connlog_lost (struct connlog *log);

/* Return the milliseconds until connlog_counted or connlog_lost has something
   to do, or -1.  */
int connlog_left (struct connlog const *log);

/* The connections accepted since the start, and how many of these were denied,
   or closed because of a failure.  */
struct connlog_totals
{
  unsigned long int accepted;
  unsigned long int denied;
  unsigned long int failed;
};

/* Log TOTALS, followed by FILE (the state of the socket's file), and one line
   for each connection.  */
void connlog_report (struct connlog const *log,
                     struct children const *children,
                     struct connlog_totals const *totals, char const *file);

#endif /* CONNLOG_H */
