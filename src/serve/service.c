/* service.c -- serve one client, from accept until its program ends.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "serve/service.h"

#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/errors.h"
#include "base/idmap.h"
#include "base/log.h"
#include "serve/retry.h"
#include "xalloc.h"

/* The outcome of one step.  */
enum outcome
{
  /* The step is done.  */
  OUTCOME_DONE,
  /* The client is denied, or serving it has failed.  */
  OUTCOME_REFUSED,
  /* The system is out of memory, descriptors or processes; try again
     later.  */
  OUTCOME_SHORTAGE
};

void
service_pause (struct service *service, int errnum, char const *step,
               char const *object)
{
  retry_later (&service->shortage, &service->shortage_warning, errnum, step,
               object, clock_milliseconds ());
}

/* Count and log that serving the client has failed with ERRNUM.  */
static enum outcome
fail (struct service *service, enum connlog_kind kind, int errnum)
{
  service->totals.failed++;
  connlog_fail (&service->log, kind, errnum);
  return OUTCOME_REFUSED;
}

/* STEP has failed with errno.  If that is a shortage, begin a pause; otherwise
   count and log the failure as KIND.  */
static enum outcome
fail_or_pause (struct service *service, enum connlog_kind kind,
               char const *step, char const *object)
{
  if (! is_shortage (errno))
    return fail (service, kind, errno);
  service_pause (service, errno, step, object);
  return OUTCOME_SHORTAGE;
}

/* Log it if the close of a connection has taken long: MS milliseconds.  PEER
   is the client, or null if it may have been one of several.  */
static void
note_close (struct service *service, struct peer const *peer, long long int ms)
{
  connlog_close (&service->log, CONNLOG_SLOW_CLOSE, peer, ms);
}

/* Reap the children that have ended, and log each end.  SENDER is as for
   children_reap.  */
static void
reap (struct service *service, pid_t sender)
{
  struct child_end end;

  children_reap (service->children, sender,
                 closer_is_working (&service->closer),
                 clock_milliseconds ());
  while (children_next_end (service->children, &end))
    {
      closer_ended (&service->closer, end.pid);
      if (! end.is_ours)
        continue;
      if (end.spawn_errno != 0)
        fail (service, CONNLOG_NO_PROGRAM, end.spawn_errno);
      connlog_end (&service->log, service->children, &end);
      /* The child may have freed what the system was out of.  */
      backoff_retry_now (&service->shortage);
    }
}

void
service_catch_up (struct service *service)
{
  if (children_may_have_ended (service->children))
    reap (service, 0);
}

void
service_child_signal (struct service *service, pid_t sender)
{
  reap (service, sender);
  /* A child that waits to run its program during a shortage reports that by
     SIGCHLD, too.  */
  int error = children_shortage (service->children);
  if (error != 0)
    service_pause (service, error, "run ", service->program_text);
}

/* Make the connection close-on-exec.  */
static enum outcome
protect (struct service *service)
{
  if (peer_set_cloexec (&service->peer) == 0)
    return OUTCOME_DONE;
  return fail_or_pause (service, CONNLOG_NO_PROTECTION,
                        "prepare a connection", "");
}

/* Get the client's credentials from the kernel.  */
static enum outcome
identify (struct service *service)
{
  enum lookup lookup = service->config->lookup;

  if (lookup == LOOKUP_NEVER || peer_identify (&service->peer) == 0)
    return OUTCOME_DONE;
  if (lookup == LOOKUP_TRY && ! is_shortage (errno))
    return OUTCOME_DONE;
  return fail_or_pause (service, CONNLOG_NO_CREDENTIALS,
                        "get the peer credentials of a client", "");
}

/* Count and log that the client, whose user has COUNT connections, is
   denied.  */
static enum outcome
deny (struct service *service, enum connlog_kind kind, size_t count)
{
  service->totals.denied++;
  connlog_deny (&service->log, kind, &service->peer, count);
  return OUTCOME_REFUSED;
}

/* Check the limits.  A client that passes is counted once, even if a later
   step has to be repeated.  */
static enum outcome
admit (struct service *service)
{
  struct peer *peer = &service->peer;
  struct limits *limits = &service->limits;
  uid_t uid = peer->cred.uid;
  size_t count = 0;

  if (peer->known)
    {
      count = children_count_uid (service->children, uid);
      if (limits_is_full (limits, count))
        {
          service_catch_up (service);
          count = children_count_uid (service->children, uid);
        }
      if (limits_is_full (limits, count))
        return deny (service, CONNLOG_DENY_COUNT, count);
    }
  if (! peer->admitted)
    {
      int64_t now = limits_has_rate (limits) ? clock_nanoseconds () : 0;
      if (! limits_take (limits, peer->known, uid, now))
        return deny (service, CONNLOG_DENY_RATE, count);
    }
  peer_admit (peer, count + 1);
  return OUTCOME_DONE;
}

/* Get the client's groups, label and process, if the configuration asks for
   them.  */
static enum outcome
ask_details (struct service *service)
{
  if (! service->config->peer_info || peer_ask_details (&service->peer) == 0)
    return OUTCOME_DONE;
  service_pause (service, errno, "get information about a client", "");
  return OUTCOME_SHORTAGE;
}

static enum outcome
start_program (struct service *service)
{
  struct peer const *peer = &service->peer;
  bool found_process;
  pid_t pid = children_start (service->children, peer, &found_process);
  /* Children that have ended but are not reaped yet may use up the
     processes.  */
  if (pid < 0 && is_shortage (errno)
      && children_may_have_ended (service->children))
    {
      service_catch_up (service);
      pid = children_start (service->children, peer, &found_process);
    }
  if (pid < 0)
    return fail_or_pause (service, (found_process ? CONNLOG_NO_PROGRAM
                                   : CONNLOG_NO_PROCESS),
                          found_process ? "run " : "make a process for ",
                          service->program_text);
  bool is_over = children_is_over (service->children, pid);
  note_close (service, peer,
              peer_let_go (&service->peer, is_over ? &service->closer : NULL));
  children_let_run (service->children);
  backoff_succeed (&service->shortage);
  connlog_allow (&service->log, service->children, peer, pid);
  return OUTCOME_DONE;
}

/* Close the accepted connection of a client that gets no program.  */
static void
drop_client (struct service *service)
{
  long long int ms = peer_close (&service->peer, &service->closer);
  note_close (service, &service->peer, ms);
}

/* Take the accepted client through all steps.  Keep its connection for another
   try if the last outcome is a shortage.  */
static void
settle_client (struct service *service)
{
  enum outcome outcome = protect (service);
  if (outcome == OUTCOME_DONE)
    outcome = identify (service);
  if (outcome == OUTCOME_DONE)
    outcome = admit (service);
  if (outcome == OUTCOME_DONE)
    outcome = ask_details (service);
  if (outcome == OUTCOME_DONE)
    outcome = start_program (service);
  if (outcome == OUTCOME_REFUSED)
    drop_client (service);
}

void
service_begin (struct service *service)
{
  backoff_succeed (&service->shortage);
  service->totals.accepted++;
  settle_client (service);
}

bool
service_has_client (struct service const *service)
{
  return peer_is_open (&service->peer);
}

bool
service_is_short (struct service const *service)
{
  return service->shortage.wait != 0;
}

bool
service_is_hopeless (struct service const *service)
{
  return (children_count (service->children) == 0
          && backoff_is_long (&service->shortage, clock_milliseconds ()));
}

void
service_signal (struct service const *service, int sig)
{
  pid_t pid;
  size_t failures = children_signal (service->children, sig, &pid);
  if (failures != 0)
    log_warn (errno, "unable to send a signal to process %jd (failures: %zu)",
              (intmax_t) pid, failures);
}

void
service_give_up (struct service *service, char const *reason)
{
  if (! peer_is_open (&service->peer))
    return;
  log_warn (0, "%s, closing a connection that could not be served", reason);
  service->totals.failed++;
  drop_client (service);
}

void
service_finish (struct service *service, char const *reason)
{
  service_give_up (service, reason);
  closer_finish (&service->closer);
  connlog_counted (&service->log, true);
}

void
service_try_again (struct service *service, bool is_last)
{
  if (! peer_is_open (&service->peer)
      || backoff_left (&service->shortage, clock_milliseconds ()) != 0)
    return;
  settle_client (service);
  if (is_last && service_is_hopeless (service))
    service_give_up (service, "out of resources for too long");
}

void
service_count_unserved (struct service *service, size_t count)
{
  service->totals.accepted += count;
  service->totals.failed += count;
}

int
service_pause_left (struct service const *service, bool is_last)
{
  if (peer_is_open (&service->peer))
    return backoff_left (&service->shortage, clock_milliseconds ());
  if (service->limits.rate.count == 0 && ! service->shortage.waits)
    return 0;

  int64_t now = clock_nanoseconds ();
  int64_t left = limits_left (&service->limits, now);
  int shortage = backoff_left (&service->shortage, now / 1000000);

  /* In an orderly stop --rate does not matter, because no new clients
     come.  */
  left = is_last ? 0 : (left + 999999) / 1000000;
  if (left < shortage)
    return shortage;
  return left < INT_MAX ? left : INT_MAX;
}

bool
service_has_room (struct service *service)
{
  size_t limit = service->config->limit;

  if (children_count (service->children) == limit)
    service_catch_up (service);
  return children_count (service->children) < limit;
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
              " one uid and share its limits (/proc/sys/kernel/overflowuid,"
              " which names this uid, cannot be read)");
  else
    log_warn (0, "all users that are unknown in this user namespace appear as"
              " uid %ju and share its limits", (uintmax_t) uid);
}

/* Prepare to start children with the environment VARIABLES.  */
static void
prepare_children (struct service *service, char **variables)
{
  struct serve_config const *config = service->config;
  struct spawn *spawn = spawn_new (config->program, getenv ("PATH"));
  if (! spawn && is_filtered (errno))
    die (EXIT_SYSTEM, errno, "unable to use the system call %s", "fork");
  if (! spawn)
    die (EXIT_SYSTEM, errno, "unable to prepare to run %s",
         service->program_text);
  struct childenv *env = childenv_new (config->style, variables,
                                       config->withheld,
                                       config->local_path_max,
                                       config->peer_info,
                                       spawn_lanes (spawn));
  if (! env)
    xalloc_die ();
  service->children = children_new (config->limit, spawn, env);
  if (! service->children)
    xalloc_die ();
}

void
service_prepare (struct service *service, struct serve_config const *config,
                 char **variables)
{
  static struct rate const no_rate;
  bool asks = config->lookup != LOOKUP_NEVER;

  service->config = config;
  closer_init (&service->closer);
  if (peer_init (&service->peer, config->peer_info) != 0)
    xalloc_die ();
  if (asks)
    warn_of_ambiguous_ids ();
  if (limits_init (&service->limits, config->limit_per_uid, config->rate,
                   asks ? config->rate_per_uid : no_rate) != 0)
    xalloc_die ();
  service->program_text = xstrdup (quoteaf (config->program[0]));
  prepare_children (service, variables);
  connlog_init (&service->log, config->limit, config->limit_per_uid,
                config->rate_per_uid, service->program_text);
}
