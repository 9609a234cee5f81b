/* owner.h -- set owner and mode of the socket's file, and at no time permit
   more than the final mode does.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef OWNER_H
#define OWNER_H

#include "sockfile/endpoint.h"
#include "sockfile/options.h"

/* The modes of a socket's file.  */
struct owner_plan
{
  /* The mode that bind makes it with, or LISTENER_MODE_UMASK.  */
  mode_t first;
  /* The mode that it has in the end, or LISTENER_MODE_UMASK if FIRST is that,
     too.  */
  mode_t last;
};

/* Plan the modes for OPTIONS, if the file is going to be made as ENTRY.
   MARKED: it is going to be made with mode 0 (see listener_mark).  */
struct owner_plan owner_plan (struct sockfile_options const *options,
                              struct entry const *entry, bool marked);

/* Give ENDPOINT's file the owner and group of OPTIONS and the last mode of
   PLAN, and remove its access control list.  Exit with a message, leaving
   nothing behind, if that fails.  */
void owner_set (struct endpoint *endpoint,
                struct sockfile_options const *options,
                struct owner_plan const *plan);

#endif /* OWNER_H */
