/* owner.c -- set owner and mode of the socket's file, and at no time permit
   more than the final mode does.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "sockfile/owner.h"

#include "base/log.h"
#include "sockfile/acl.h"

/* Return true if the file gets another owner or group than it is made with. */
static bool
changes_owner (struct sockfile_options const *o)
{
  return o->uid != (uid_t) -1 || o->gid != (gid_t) -1;
}

/* The kernel checks a client's permission some time before it checks whether a
   server listens.  A client may be permitted as a member of the file's first
   group and then be delayed.  If the group changes and the server listens
   meanwhile, this client is connected all the same.  Therefore give the first
   group no permission if the group is going to change.  The same holds for
   users and groups that an access control list names: they have no more
   permissions than the mode gives the group.  */
struct owner_plan
owner_plan (struct sockfile_options const *o, struct entry const *entry,
            bool marked)
{
  struct owner_plan plan = { .first = o->mode, .last = o->mode };

  if (! marked && ! changes_owner (o)
      && ! acl_is_inherited (entry->dir, entry->trusted))
    return plan;
  if (o->mode == LISTENER_MODE_UMASK)
    {
      mode_t mask = umask (0777);
      umask (mask);
      plan.last = 0777 & ~mask;
    }
  plan.first = marked ? 0 : plan.last & S_IRWXU;
  return plan;
}

/* Exit, because STEP could be done only by the name, which others may make
   lead to another file.  LACKS_PROC: with /proc it could be done in another
   way.  */
static _Noreturn void
give_up_exposed (struct endpoint *endpoint, struct sockfile_options const *o,
                 char const *step, bool lacks_proc)
{
  endpoint_undo_and_report (endpoint);
  die (EXIT_SYSTEM, EPERM, "unable to %s %s%s, as others may change its"
       " directory%s", step, quoteaf (endpoint->path),
       lacks_proc ? " without /proc/self/fd" : "",
       o->is_client ? "" : " (but see --replace-live)");
}

/* Exit, because STEP has failed with errno.  If the reason is that it could be
   done only by the name, say so.  LACKS_PROC: see give_up_exposed.  */
static _Noreturn void
give_up (struct endpoint *endpoint, struct sockfile_options const *o,
         char const *step, bool lacks_proc)
{
  if (errno != 0)
    endpoint_give_up (endpoint, step);
  give_up_exposed (endpoint, o, step, lacks_proc);
}

/* Remove the access control list of ENDPOINT's file.  */
static void
clear_acl (struct endpoint *endpoint, struct sockfile_options const *o)
{
  struct listener const *listener = &endpoint->listener;
  struct entry const *where = listener->where;

  if (acl_remove (listener->held, where->dir, where->name, ! where->shared)
      == 0)
    return;
  if (errno == ENOENT && where->shared)
    {
      if (! acl_is_inherited (where->dir, where->trusted))
        return;
      give_up_exposed (endpoint, o, "see the access control list of",
                       0 <= listener->held);
    }
  int errnum = errno;
  endpoint_undo_and_report (endpoint);
  die (EXIT_SYSTEM, errnum, "unable to remove the access control list of %s"
       " (to avoid such a list, use \"setfacl -k\" on its directory)",
       quoteaf (endpoint->path));
}

void
owner_set (struct endpoint *endpoint, struct sockfile_options const *o,
           struct owner_plan const *plan)
{
  struct listener *listener = &endpoint->listener;

  /* Remove the list before setting the mode: on a file with a list, the mode
     changes what the users and groups in the list may do.  Remove the list
     before changing the owner, too: while we own the file, nobody else can
     give it a list.  A list that the new owner gives it is the new owner's
     affair.  */
  clear_acl (endpoint, o);
  /* Change the owner before the mode, or the first group could use the
     mode.  */
  if (changes_owner (o) && listener_chown (listener, o->uid, o->gid) != 0)
    give_up (endpoint, o, "change the owner of", false);
  if (plan->last != LISTENER_MODE_UMASK
      && listener_chmod (listener, plan->last) != 0)
    give_up (endpoint, o, "change the mode of", 0 <= listener->held);
  if (listener_check (listener, o->uid, o->gid, plan->last) == 0)
    return;
  if (errno != ENOTSUP)
    endpoint_give_up (endpoint, "examine");
  endpoint_undo_and_report (endpoint);
  die (EXIT_SYSTEM, 0, "unable to give %s its owner and mode: its file system"
       " does not keep them, or the owner has changed them",
       quoteaf (endpoint->path));
}
