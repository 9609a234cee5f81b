/* choose.c -- select the method by the name of the program.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* A program that is linked with this file and with all methods has a link for
   each method, such as s6-ipcserver-xucred.  Under another name it exits with
   status 99, which no test expects.  */

#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

/* Since 2024 gnulib declares getprogname in <stdlib.h>, and this header only
   warns.  */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wcpp"
#include "getprogname.h"
#pragma GCC diagnostic pop

/* The declarations of peercred.h and peergroups.h.  These headers cannot be
   included, because they declare the names of the methods const, and this file
   changes them.  */
struct peercred;
int peercred_query (int fd, struct peercred *cred);
int peergroups_get (int fd, gid_t *list, size_t room, size_t *count);
extern char peercred_method[];
extern char peergroups_method[];

enum { NAME_SIZE = 32 };
char peercred_method[NAME_SIZE];
char peergroups_method[NAME_SIZE];

/* METHOD (the name of the method, the name as an identifier).  */
#define METHODS                                                         \
  METHOD ("getpeereid", getpeereid)                                     \
  METHOD ("getpeerucred", getpeerucred)                                 \
  METHOD ("none", none)                                                 \
  METHOD ("peerid", peerid)                                             \
  METHOD ("sockpeercred", sockpeercred)                                 \
  METHOD ("unpcbid", unpcbid)                                           \
  METHOD ("xucred", xucred)                                             \
  METHOD ("xucred-nopid", xucred_nopid)

#define METHOD(name, identifier)                                        \
  int peercred_query_##identifier (int, struct peercred *);             \
  int peergroups_get_##identifier (int, gid_t *, size_t, size_t *);     \
  extern char const peercred_method_##identifier[];                     \
  extern char const peergroups_method_##identifier[];
METHODS
#undef METHOD

struct method
{
  char const *name;
  char const *peercred;
  char const *peergroups;
  int (*query) (int, struct peercred *);
  int (*get_groups) (int, gid_t *, size_t, size_t *);
};

#define METHOD(name, identifier)                                        \
  { name, peercred_method_##identifier, peergroups_method_##identifier, \
    peercred_query_##identifier, peergroups_get_##identifier },
static struct method const methods[] = { METHODS };
#undef METHOD

static struct method const *chosen;

static void choose (void) __attribute__ ((__constructor__));
static void
choose (void)
{
  char const *name = getprogname ();
  size_t len = strlen (name);

  for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
    {
      size_t n = strlen (methods[i].name);
      char const *end = name + len - n;

      if (n < len && end[-1] == '-' && strcmp (end, methods[i].name) == 0)
        chosen = &methods[i];
    }
  if (chosen == NULL)
    {
      fprintf (stderr, "%s: the name does not end with a method\n", name);
      _exit (99);
    }
  strcpy (peercred_method, chosen->peercred);
  strcpy (peergroups_method, chosen->peergroups);
}

int
peercred_query (int fd, struct peercred *cred)
{
  return chosen->query (fd, cred);
}

int
peergroups_get (int fd, gid_t *list, size_t room, size_t *count)
{
  return chosen->get_groups (fd, list, room, count);
}
