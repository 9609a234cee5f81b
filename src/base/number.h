/* number.h -- parse numbers from the command line and the environment.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef NUMBER_H
#define NUMBER_H

#include "base/system.h"

#include <stdint.h>

/* Return the value of the digit C in a base of up to 16, or 99 if C is not a
   digit.  */
int number_digit (char c);

/* Store in *VALUE the number S in BASE (8 or 10).  If BASE is 0, use the
   conventions of C: "0x" begins a hexadecimal number, "0" an octal one, and
   other digits a decimal one.  All of S must be digits; a sign, a blank or an
   empty string is an error.  Return 0, or -1 with errno set and *VALUE
   untouched: EINVAL if S is not a number, ERANGE if it is greater than
   MAX.  */
int number_parse (char const *s, int base, uintmax_t max, uintmax_t *value);

/* The greatest uid and gid. (uid_t) -1 and (gid_t) -1 are not ids.  */
extern uintmax_t const number_uid_max;
extern uintmax_t const number_gid_max;

/* Store in *UID or *GID the id S in BASE.  The result is as for number_parse.
   (uid_t) -1 and (gid_t) -1, which mean "no change" in system calls, are out
   of range.  */
int number_uid (char const *s, int base, uid_t *uid);
int number_gid (char const *s, int base, gid_t *gid);

/* Store in LIST, which has room for ROOM ids, the comma-separated decimal ids
   of S, and in *COUNT their number.  An empty S is an empty list; an empty
   member is an error.  Return 0, or -1 with errno set: EINVAL or ERANGE as for
   number_parse, or E2BIG if there are more than ROOM ids.  */
int number_gidlist (char const *s, gid_t *list, size_t room, size_t *count);

/* Write the COUNT ids of LIST to TEXT in decimal, separated by commas.  TEXT
   must have room for INT_BUFSIZE_BOUND (uintmax_t) bytes for each id, or one
   byte if COUNT is 0.  */
void number_format_gidlist (char *text, gid_t const *list, size_t count);

#endif /* NUMBER_H */
