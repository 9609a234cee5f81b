/* denied.c -- a system that refuses, or pretends, to change identities.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Linked into a server with the linker's --wrap, so that its calls of
   setgroups, setgid and setuid come here.

   UCSPI_DENY=NAME makes the call NAME fail, UCSPI_PRETEND=NAME makes it
   succeed without any effect, UCSPI_HALF=setuid makes setuid keep
   the old id as the saved one, from which there is a way back.  */

#include <config.h>

#include <errno.h>
#include <grp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int __real_setgroups (size_t n, gid_t const *list);
int __real_setgid (gid_t gid);
int __real_setuid (uid_t uid);

int __wrap_setgroups (size_t n, gid_t const *list);
int __wrap_setgid (gid_t gid);
int __wrap_setuid (uid_t uid);

/* Whether VARIABLE names CALL.  */
static bool
is_chosen (char const *variable, char const *call)
{
  char const *value = getenv (variable);
  return value && strcmp (value, call) == 0;
}

int
__wrap_setgroups (size_t n, gid_t const *list)
{
  if (is_chosen ("UCSPI_DENY", "setgroups"))
    return errno = EPERM, -1;
  return is_chosen ("UCSPI_PRETEND", "setgroups") ? 0
         : __real_setgroups (n, list);
}

int
__wrap_setgid (gid_t gid)
{
  if (is_chosen ("UCSPI_DENY", "setgid"))
    return errno = EPERM, -1;
  return is_chosen ("UCSPI_PRETEND", "setgid") ? 0 : __real_setgid (gid);
}

int
__wrap_setuid (uid_t uid)
{
  if (is_chosen ("UCSPI_DENY", "setuid"))
    return errno = EPERM, -1;
  if (is_chosen ("UCSPI_HALF", "setuid"))
#ifdef HAVE_SETRESUID
    return setresuid (uid, uid, geteuid ());
#else
    return seteuid (uid);
#endif
  return is_chosen ("UCSPI_PRETEND", "setuid") ? 0 : __real_setuid (uid);
}
