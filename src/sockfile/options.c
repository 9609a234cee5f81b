/* options.c -- how a listening socket is to be made.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "sockfile/options.h"

#include "sockfile/listener.h"

char const *
sockfile_option (struct sockfile_options *options, int c)
{
  switch (c)
    {
    case SOCKFILE_NO_CLOBBER:
      options->replace = REPLACE_STALE;
      return "--no-clobber";
    case SOCKFILE_REPLACE_LIVE:
      options->replace = REPLACE_LIVE;
      return "--replace-live";
    case SOCKFILE_LONG_PATH:
      options->long_path = true;
      return "--long-path";
    case SOCKFILE_ABSTRACT:
      options->abstract = true;
      return "--abstract";
    case SOCKFILE_PASS_PIDFD:
      options->pass_pidfd = true;
      return "--pass-pidfd";
    case SOCKFILE_NO_PASS_RIGHTS:
      options->no_pass_rights = true;
      return "--no-pass-rights";
    default:
      return NULL;
    }
}

char const *
sockfile_conflict (struct sockfile_options const *options)
{
  if (! options->abstract)
    return NULL;
  if (options->replace == REPLACE_LIVE)
    return "--replace-live";
  if (options->long_path)
    return "--long-path";
  if (options->uid != (uid_t) -1 || options->gid != (gid_t) -1
      || options->mode != LISTENER_MODE_UMASK)
    return "options for owner and mode, which an abstract name does not"
           " have";
  return NULL;
}
