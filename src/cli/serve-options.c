/* serve-options.c -- the options that all servers share.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "cli/serve-options.h"

#include "cli/cli.h"

/* Return the rate ARG, "COUNT/SECONDS", the value of the option WHAT.  */
static struct rate
parse_rate (char const *what, char const *arg)
{
  struct rate rate;
  if (ratelimit_parse (arg, &rate) != 0)
    {
      if (errno == EINVAL)
        cli_usage ("%s: %s is not COUNT/SECONDS, such as 10/1", what,
                   quoteaf (arg));
      cli_usage ("%s: %s is out of range: both numbers must be from 1 to"
                 " 1000000", what, quoteaf (arg));
    }
  return rate;
}

bool
serve_option (struct serve_config *config, int c, char const *arg)
{
  switch (c)
    {
    case SERVE_RATE:
      config->rate = parse_rate ("option --rate", arg);
      return true;
    case SERVE_RATE_PER_USER:
      config->rate_per_uid = parse_rate ("option --rate-per-user", arg);
      return true;
    case SERVE_PEER_INFO:
      config->peer_info = true;
      return true;
    case SERVE_DRAIN:
      config->drain = true;
      /* The greatest number of seconds, in milliseconds, still fits poll's
         timeout.  */
      config->drain_seconds
        = arg ? (int) cli_number ("option --drain", arg, 10, 1000000) : -1;
      return true;
    default:
      return false;
    }
}
