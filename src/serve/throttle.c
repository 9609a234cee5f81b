/* throttle.c -- log the first of many like events, and count the others.
   This file makes no system call.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* The table has a fixed size, which bounds both the memory and the number of
   messages: a user with very many uids causes THROTTLE_SUBJECTS messages in
   THROTTLE_SPAN, and one more with the count of the rest.  A subject is reused
   only when its time is over and all its events have been logged, so no count
   is ever lost.

   The search is linear, because only denials and failures come here, and each
   of them has cost several system calls already.  A hash table would be faster
   to search, but a user who can choose uids that collide could use up its room
   with fewer events.  */

#include <config.h>

#include "serve/throttle.h"

static bool
are_alike (struct event const *a, struct event const *b)
{
  return (a->kind == b->kind && a->known == b->known
          && (! a->known || a->uid == b->uid) && a->errnum == b->errnum);
}

/* Count an event of SUBJECT that is not logged.  */
static void
count_event (struct throttle *throttle, struct subject *subject)
{
  long long int due = subject->since + THROTTLE_SPAN;

  if (subject->more++ != 0)
    return;
  if (throttle->pending++ == 0 || due < throttle->due)
    throttle->due = due;
}

bool
throttle_note (struct throttle *throttle, struct event const *event,
               long long int now)
{
  struct subject *room = NULL;

  for (size_t i = 0; i < throttle->used; i++)
    {
      struct subject *subject = &throttle->subjects[i];
      bool is_over = (subject->more == 0
                      && THROTTLE_SPAN <= now - subject->since);
      if (are_alike (&subject->event, event))
        {
          subject->event = *event;
          if (is_over)
            subject->since = now;
          else
            count_event (throttle, subject);
          return is_over;
        }
      if (is_over && ! room)
        room = subject;
    }

  if (! room && throttle->used < THROTTLE_SUBJECTS)
    room = &throttle->subjects[throttle->used++];
  if (! room)
    {
      if (throttle->others.more == 0)
        throttle->others
          = (struct subject) { .event = { .kind = THROTTLE_OTHERS },
                               .since = now };
      count_event (throttle, &throttle->others);
      return false;
    }
  *room = (struct subject) { .event = *event, .since = now };
  return true;
}

int
throttle_left (struct throttle const *throttle, long long int now)
{
  if (throttle->pending == 0)
    return -1;
  return throttle->due <= now ? 0 : throttle->due - now;
}

/* Do what throttle_next does for SUBJECT alone.  Store the result in
   *TAKEN.  */
static bool
take_counted (struct throttle *throttle, struct subject *subject,
              long long int now, bool all, struct subject *taken)
{
  if (subject->more == 0
      || (! all && now - subject->since < THROTTLE_SPAN))
    return false;
  *taken = *subject;
  taken->since = now - subject->since;
  subject->since = now;
  subject->more = 0;
  throttle->pending--;
  return true;
}

bool
throttle_next (struct throttle *throttle, long long int now, bool all,
               struct subject *subject)
{
  if (throttle->pending == 0 || (! all && now < throttle->due))
    return false;
  for (size_t i = 0; i < throttle->used; i++)
    if (take_counted (throttle, &throttle->subjects[i], now, all, subject))
      return true;
  if (take_counted (throttle, &throttle->others, now, all, subject))
    return true;

  /* Nothing is due now, so find out when the next subject is.  */
  bool is_first = true;
  for (size_t i = 0; i <= throttle->used; i++)
    {
      struct subject const *s = (i < throttle->used ? &throttle->subjects[i]
                                 : &throttle->others);
      long long int due = s->since + THROTTLE_SPAN;
      if (s->more != 0 && (is_first || due < throttle->due))
        {
          throttle->due = due;
          is_first = false;
        }
    }
  return false;
}
