/* occupant.c -- the file at the path before the socket is made, and its
   replacement.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "sockfile/occupant.h"

#include "base/log.h"
#include "sockfile/probe.h"

/* How often to look again at a path that other processes keep changing.  */
enum { TRIES = 8 };

enum occupant
{
  OCCUPANT_NONE,
  /* A socket that no process has open.  */
  OCCUPANT_STALE,
  /* A socket that a process has open.  */
  OCCUPANT_LIVE,
  /* A socket that could not be asked.  */
  OCCUPANT_UNKNOWN,
  OCCUPANT_DIRECTORY,
  /* Any other file, including symbolic links.  */
  OCCUPANT_OTHER
};

/* Find out what is at ENDPOINT's path, and store its status in *ST.  */
static enum occupant
examine (struct endpoint *endpoint, struct stat *st)
{
  struct entry *entry = &endpoint->entry;
  struct stagedir const *stage = &endpoint->stage;

  if (entry_look (entry, st) != 0)
    {
      if (errno != ENOENT)
        endpoint_give_up (endpoint, "examine");
      return OCCUPANT_NONE;
    }
  if (S_ISDIR (st->st_mode))
    return OCCUPANT_DIRECTORY;
  if (! S_ISSOCK (st->st_mode))
    return OCCUPANT_OTHER;
  /* While a socket has mode 0, the private directory exists, unless somebody
     has prevented that.  So a socket with mode 0 may be that of a killed
     process if we have taken the private directory over from one.  */
  switch (probe_socket (entry->held, entry->dir, entry->name,
                        stagedir_is_made (stage) && stage->was_left))
    {
    case PROBE_NOBODY:
      return OCCUPANT_STALE;
    case PROBE_SOMEBODY:
      return OCCUPANT_LIVE;
    case PROBE_UNKNOWN:
      return OCCUPANT_UNKNOWN;
    default:
      endpoint_give_up (endpoint, "examine");
    }
}

/* Exit, because OPTIONS protect OCCUPANT, which is at ENDPOINT's path.  */
static _Noreturn void
refuse (struct endpoint *endpoint, enum occupant occupant,
        struct sockfile_options const *options)
{
  bool maybe = occupant == OCCUPANT_UNKNOWN;

  if (occupant == OCCUPANT_OTHER)
    endpoint_refuse (endpoint,
                     (options->replace == REPLACE_NOTHING
                      ? "it is not a socket (without -D it is replaced)"
                      : "it is not a socket"));
  if (occupant == OCCUPANT_STALE)
    endpoint_refuse (endpoint, "it is a socket that no process has open"
                     " (without -D it is replaced)");
  if (options->is_client)
    endpoint_refuse (endpoint, (maybe ? "it may be a socket that is in use"
                                : "it is a socket that is in use"));
  endpoint_refuse (endpoint, (maybe ? "it may be the socket of a live server"
                              " (see --replace-live)"
                              : "it is the socket of a live server (see"
                              " --replace-live)"));
}

/* Find out what is at ENDPOINT's path, as examine does, and exit if it must
   not be replaced.  */
static enum occupant
check (struct endpoint *endpoint, struct sockfile_options const *options,
       struct stat *st)
{
  enum occupant occupant = examine (endpoint, st);

  if (occupant == OCCUPANT_NONE)
    return occupant;
  if (occupant == OCCUPANT_DIRECTORY)
    {
      errno = EISDIR;
      endpoint_give_up (endpoint, "bind to");
    }
  if (options->replace == REPLACE_NOTHING
      || (options->replace == REPLACE_STALE && occupant != OCCUPANT_STALE))
    refuse (endpoint, occupant, options);
  return occupant;
}

/* Note for a warning that OCCUPANT has been replaced, unless that is what the
   user expects of REPLACE.  */
static void
note (struct endpoint *endpoint, enum sockfile_replace replace,
      enum occupant occupant)
{
  if (occupant == OCCUPANT_OTHER)
    endpoint_note_replaced (endpoint, "which was not a socket");
  else if (occupant == OCCUPANT_LIVE && replace == REPLACE_ALL)
    endpoint_note_replaced (endpoint, "the socket of a live server; some"
                            " clients may have been refused (use"
                            " --replace-live to prevent that, or --no-clobber"
                            " to fail instead)");
  else if (occupant == OCCUPANT_UNKNOWN && replace == REPLACE_ALL)
    endpoint_note_replaced (endpoint, "which may have been the socket of a"
                            " live server (see --no-clobber and"
                            " --replace-live)");
}

void
occupant_remove (struct endpoint *endpoint,
                 struct sockfile_options const *options)
{
  struct stat st;

  for (int tries = 1; ; tries++)
    {
      enum occupant occupant = check (endpoint, options, &st);
      if (occupant == OCCUPANT_NONE)
        return;
      /* In a directory that all may write to, every user can prevent our
         private directory.  That must not keep us from removing a file of our
         own.  If only root and we can rename that file, we need no private
         directory.  */
      if (endpoint->entry.shared)
        endpoint_stage (endpoint, ! entry_is_fixed (&endpoint->entry, &st));
      if (stagedir_remove_file (&endpoint->stage, &st) == 0)
        {
          note (endpoint, options->replace, occupant);
          return;
        }
      if ((errno != ENOENT && errno != ESTALE) || tries == TRIES)
        endpoint_give_up (endpoint, "remove");
    }
}

void
occupant_replace (struct endpoint *endpoint,
                  struct sockfile_options const *options)
{
  struct stat st;

  for (int tries = 1; ; tries++)
    {
      enum occupant occupant = check (endpoint, options, &st);
      if (stagedir_publish (&endpoint->stage, (occupant == OCCUPANT_NONE
                                               ? NULL : &st)) == 0)
        {
          listener_moved (&endpoint->listener, &endpoint->entry);
          note (endpoint, options->replace, occupant);
          return;
        }
      if (errno != ESTALE || tries == TRIES)
        endpoint_give_up (endpoint, "replace");
    }
}
