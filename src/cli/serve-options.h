/* serve-options.h -- the options that all servers share.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef SERVE_OPTIONS_H
#define SERVE_OPTIONS_H

#include <getopt.h>

#include "serve/serve.h"

/* The long options and their values.  HACKING says how to add one.  */
enum
{
  SERVE_RATE = 1024,
  SERVE_RATE_PER_USER,
  SERVE_PEER_INFO,
  SERVE_DRAIN
};

#define SERVE_LONG_OPTIONS \
  { "rate", required_argument, NULL, SERVE_RATE }, \
  { "rate-per-user", required_argument, NULL, SERVE_RATE_PER_USER }, \
  { "peer-info", no_argument, NULL, SERVE_PEER_INFO }, \
  { "drain", optional_argument, NULL, SERVE_DRAIN }

/* If the option C is one of SERVE_LONG_OPTIONS, store its value ARG in CONFIG
   and return true.  Otherwise return false.  A bad value is a usage error.  */
bool serve_option (struct serve_config *config, int c, char const *arg);

#endif /* SERVE_OPTIONS_H */
