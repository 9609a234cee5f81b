/* client.h -- connect, and execute the next program: shared by the clients.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CLIENT_H
#define CLIENT_H

#include "base/system.h"

#include "cli/cli.h"

/* The long options that both clients have, and their values.  */
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
  { "connect-timeout", required_argument, NULL, CLIENT_TIMEOUT }, \
  { "timeout", required_argument, NULL, CLIENT_TIMEOUT }, \
  { "expect-uid", required_argument, NULL, CLIENT_EXPECT_UID }, \
  { "expect-user", required_argument, NULL, CLIENT_EXPECT_USER }, \
  { "long-path", no_argument, NULL, CLIENT_LONG_PATH }, \
  { "abstract", no_argument, NULL, CLIENT_ABSTRACT }

/* Their help text.  */
#define CLIENT_HELP "\
      --connect-timeout=SECONDS\n\
                            wait at most SECONDS for room in the backlog\n\
      --timeout=SECONDS     as --connect-timeout\n\
      --expect-uid=UID      refuse a server with another user id\n\
      --expect-user=NAME    as --expect-uid, with the id of this account\n\
      --long-path           let paths be longer than an address can hold\n\
      --abstract            PATH is an abstract name\n\
      --help                print this text and exit\n\
      --version             print version and features and exit\n\
\n\
SECONDS are 1 to 1000000.  At the path of the client's own end, only a\n\
socket that no process has open is replaced.\n\
Exit status: 100 wrong usage, 111 the system refused or the server is not\n\
the expected one, 126 NEXT-PROG cannot be run, 127 NEXT-PROG was not found;\n\
otherwise that of NEXT-PROG.\n\
"

/* The options and operands of a client.  */
struct client_options
{
  /* The server's path or, if ABSTRACT, its abstract name.  */
  char const *path;
  bool abstract;
  /* True if paths may be longer than an address can hold.  */
  bool long_path;
  /* The path to bind before connecting, or null.  */
  char const *local_path;
  /* The time limit in seconds, or 0 for none.  */
  unsigned int timeout;
  /* The uid that the server must have, or -1 for any; and the account name
     that was given instead of a uid, or null.  */
  uid_t expected_uid;
  char const *expected_user;
};

#define CLIENT_DEFAULTS { .expected_uid = (uid_t) -1 }

/* The variables for the next program.  */
struct client_style
{
  /* The value of PROTO, and the prefix of all other names.  */
  char const *protocol;
  /* The value of LOCALPATH, or null to unset it.  */
  char const *local_path;
};

/* If the option C is one of CLIENT_LONG_OPTIONS, store its value ARG and
   return true.  Otherwise return false.  */
bool client_option (struct client_options *options, int c, char const *arg);

/* Check that the options do not contradict each other, and look up the
   account.  */
void client_check_options (struct client_options *options);

/* Read the path from the operands of ARGV, and call client_check_options.
   Return the program and its arguments.  */
char **client_operands (struct client_options *options, char **argv);

/* Connect as OPTIONS say, and execute PROGRAM with the connection as
   descriptors 6 and 7, and with the variables of STYLE.  On failure, log it
   and exit, without leaving a file behind.  */
_Noreturn void client_run (struct client_options const *options,
                           struct client_style const *style, char **program);

#endif /* CLIENT_H */
