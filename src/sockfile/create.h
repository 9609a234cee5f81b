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

/* Bind the socket of ENDPOINT as OPTIONS say and, unless it is a client's, let
   it listen.  If a step fails, exit with a message.  If a signal comes
   meanwhile whose action is to end the process, let it do so.  If this process
   waits for another one and a signal of OPTIONS->stops comes, exit with status
   0.  In all three cases, leave nothing behind.

   On return, all signals are blocked if OPTIONS->is_client or
   OPTIONS->keeps_signals is true; otherwise the signal mask is as before.  */
void create_file (struct endpoint *endpoint,
                  struct sockfile_options const *options);

#endif /* CREATE_H */
