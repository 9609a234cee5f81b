/* connlog.h -- the log lines of a server.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CONNLOG_H
#define CONNLOG_H

#include "base/ratelimit.h"
#include "serve/children.h"
#include "serve/throttle.h"

/* Clients that are turned away, and those that cannot be served, can be many.
   The first of each kind is logged at once.  Later ones are counted, and
   logged now and then as one line.  Times are in milliseconds on the monotonic
   clock.  */

/* Why a client was turned away, or could not be served.  */
enum connlog_kind
{
  CONNLOG_DENY_COUNT,
  CONNLOG_DENY_RATE,
  CONNLOG_DENY_OTHERS,
  CONNLOG_NO_CREDENTIALS,
  CONNLOG_NO_PROTECTION,
  CONNLOG_NO_PROCESS,
  CONNLOG_NO_PROGRAM,
  /* A close has kept the server waiting: of a connection, or of a listening
     socket.  */
  CONNLOG_SLOW_CLOSE,
  CONNLOG_SLOW_SOCKET,
  CONNLOG_FAIL_OTHERS
};

struct connlog
{
  /* What the lines name: the limits, and the program, quoted.  */
  size_t limit;
  size_t limit_per_uid;
  struct rate rate_per_uid;
  char const *program_text;
  /* What has been logged of clients that were turned away, and of those that
     could not be served.  These are two tables, so that a user with very many
     uids who is turned away cannot crowd out the server's own failures.  */
  struct throttle *denials;
  struct throttle *failures;
  /* Whether lines are known to be lost, when to try to report that, and how
     long that is after the last try.  */
  bool has_lost;
  long long int lost_due;
  int lost_delay;
};

/* Set up the members that are not what the lines name.  */
void connlog_init (struct connlog *log);

/* How many clients are connected.  */
void connlog_status (struct connlog const *log,
                     struct children const *children);

/* PEER is served by the child PID; a child has ended.  */
void connlog_allow (struct connlog const *log,
                    struct children const *children, struct peer const *peer,
                    pid_t pid);
void connlog_end (struct connlog const *log, struct children const *children,
                  struct child_end const *end);

/* PEER, whose user has COUNT connections, is turned away.  */
void connlog_deny (struct connlog *log, enum connlog_kind kind,
                   struct peer const *peer, size_t count);

/* A client cannot be served because of ERRNUM.  The line does not name the
   user, so failures for the same reason are alike whoever the client is.
   There are few reasons, so the log has room for each.  */
void connlog_fail (struct connlog *log, enum connlog_kind kind, int errnum);

/* A close has taken MS milliseconds; if that is long, warn of it.  PEER has
   been closed, or is null if its user is unknown.  */
void connlog_close (struct connlog *log, enum connlog_kind kind,
                    struct peer const *peer, long long int ms);

/* Log what has been counted, if it is time or ALL is to be logged.  */
void connlog_counted (struct connlog *log, bool all);

/* Report the lines that were lost, now and then until that can be written.  */
void connlog_lost (struct connlog *log);

/* The milliseconds until one of the last two is due, or -1.  */
int connlog_left (struct connlog const *log);

/* How many connections have been accepted since the start, and how many of
   them turned away on purpose, or closed because something went wrong.  */
struct connlog_totals
{
  unsigned long int accepted;
  unsigned long int denied;
  unsigned long int failed;
};

/* Log TOTALS, what FILE says of the socket's file, and who is connected.  */
void connlog_report (struct connlog const *log,
                     struct children const *children,
                     struct connlog_totals const *totals, char const *file);

#endif /* CONNLOG_H */
