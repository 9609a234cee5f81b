/* create.h -- making the socket and its file, or exiting with the reason.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CREATE_H
#define CREATE_H

#include "sockfile/endpoint.h"
#include "sockfile/options.h"

/* Set up *ENDPOINT for OPTIONS with a new socket that has the socket options
   of OPTIONS.  Exit with a message if that fails.  */
void create_socket (struct endpoint *endpoint,
                    struct sockfile_options const *options);

/* Bind the socket of ENDPOINT as OPTIONS say, and let it listen.  If that
   fails, or if a signal that ends the process comes meanwhile, exit with a
   message, leaving nothing behind.  */
void create_file (struct endpoint *endpoint,
                  struct sockfile_options const *options);

#endif /* CREATE_H */
