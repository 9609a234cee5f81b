/* occupant.h -- the file at the path before the socket is made, and its
   replacement.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef OCCUPANT_H
#define OCCUPANT_H

#include "sockfile/endpoint.h"
#include "sockfile/options.h"

/* Both functions exit with a message, leaving nothing behind, if they fail or
   if OPTIONS protect the file at ENDPOINT's path.  */

/* Remove the file at ENDPOINT's path, if there is one.  */
void occupant_remove (struct endpoint *endpoint,
                      struct sockfile_options const *options);

/* Move the socket from the private directory to ENDPOINT's path, replacing the
   file there, if any, in one step.  */
void occupant_replace (struct endpoint *endpoint,
                       struct sockfile_options const *options);

#endif /* OCCUPANT_H */
