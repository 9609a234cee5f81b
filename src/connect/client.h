/* client.h -- what the clients have in common: connect and become another.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */


#ifndef CLIENT_H
#define CLIENT_H

#include "base/system.h"

#include "cli/cli.h"

/* The long options that set some of what is below, and their values.  */
enum
{
  CLIENT_LOCAL_PATH = 768,
  CLIENT_TIMEOUT,
  CLIENT_EXPECT_UID,
  CLIENT_EXPECT_USER,
  CLIENT_LONG_PATH,
  CLIENT_ABSTRACT
};

#define CLIENT_LONG_OPTIONS \
  { "local-path", required_argument, NULL, CLIENT_LOCAL_PATH }, \
  { "timeout", required_argument, NULL, CLIENT_TIMEOUT }, \
  { "expect-uid", required_argument, NULL, CLIENT_EXPECT_UID }, \
  { "expect-user", required_argument, NULL, CLIENT_EXPECT_USER }, \
  { "long-path", no_argument, NULL, CLIENT_LONG_PATH }, \
  { "abstract", no_argument, NULL, CLIENT_ABSTRACT }

/* Their help.  */
#define CLIENT_HELP "\
      --timeout=SECONDS     wait no longer for room in the server's queue\n\
      --expect-uid=UID      refuse a server of another user id\n\
      --expect-user=NAME    as --expect-uid, of this account\n\
      --long-path           let paths be longer than an address can hold\n\
      --abstract            PATH is an abstract name\n\
      --help                print this text and exit\n\
      --version             print version and features and exit\n\
\n\
SECONDS are 1 to 1000000.  At the path of the client's own end, only a\n\
socket that no process has is replaced.\n\
Exit status: 100 wrong usage, 111 the system refused or the server is not\n\
the expected one, 126 NEXT-PROG cannot be run, 127 NEXT-PROG was not found;\n\
otherwise that of NEXT-PROG.\n\
"

/* How to connect.  */
struct client_options
{
  /* The server's path or, if ABSTRACT, its abstract name.  */
  char const *path;
  bool abstract;
  /* Whether paths may be longer than an address can hold.  */
  bool long_path;
  /* What to bind to before connecting, or null.  */
  char const *local_path;
  /* How long to wait, in seconds; 0: without end.  */
  unsigned int timeout;
  /* Who the server is to be; -1: anybody.  And the name of that account, or
     null.  */
  uid_t expected_uid;
  char const *expected_user;
};

#define CLIENT_DEFAULTS { .expected_uid = (uid_t) -1 }

/* What the next program is told.  */
struct client_style
{
  /* The value of PROTO, and what the names of the others begin with.  */
  char const *protocol;
  /* The value of LOCALPATH; null: unset.  */
  char const *local_path;
};

/* Act on the option C with the value ARG, if it is one of the above, and
   return true.  */
bool client_option (struct client_options *options, int c, char const *arg);

/* Refuse options that do not go together, and look the account up.  */
void client_settle (struct client_options *options);

/* Take the operands of ARGV, after its options, and refuse what does not go
   together.  Return the program and its arguments.  */
char **client_operands (struct client_options *options, char **argv);

/* Connect as OPTIONS say, and become PROGRAM with the connection as
   descriptors 6 and 7 and the environment by STYLE.  On failure, say so and
   exit, leaving nothing behind.  */
_Noreturn void client_run (struct client_options const *options,
                           struct client_style const *style, char **program);

#endif /* CLIENT_H */
