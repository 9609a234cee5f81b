/* fail-setid.c -- make setgroups, setgid or setuid fail, or only seem to work.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Linked into a server.  The linker's option --wrap makes the server's calls
   of setgroups, setgid and setuid come here.

   UCSPI_DENY=CALL in the environment makes CALL fail.  UCSPI_PRETEND=CALL
   makes it return success without doing anything.  UCSPI_HALF=setuid makes
   setuid keep the old id as the saved set-user-ID, so that the process can
   switch back.  */

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

/* Return whether VARIABLE is set to CALL.  */
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
