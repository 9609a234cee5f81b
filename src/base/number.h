/* number.h -- numbers from the command line and the environment.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef NUMBER_H
#define NUMBER_H

#include "base/system.h"

#include <stdint.h>

/* The value of the digit C in a base of up to 16, or 99 if it is no digit.  */
int number_digit (char c);

/* Store in *VALUE the number that the whole of S stands for in BASE (8 or
   10), or by the conventions of C if BASE is 0 (leading "0x" hexadecimal,
   leading "0" octal, otherwise decimal).  Nothing but digits is a number: no
   sign, no blank, no empty string.  Return 0, or -1 with errno EINVAL if S is
   no number, ERANGE if it is one above MAX; *VALUE is then untouched.  */
int number_parse (char const *s, int base, uintmax_t max, uintmax_t *value);

/* The greatest uid and gid.  (uid_t) -1 and (gid_t) -1 are none.  */
extern uintmax_t const number_uid_max;
extern uintmax_t const number_gid_max;

/* Store in *UID or *GID the id that S stands for in BASE, as number_parse
   does.  (uid_t) -1 and (gid_t) -1 mean "no change" to the system and are out
   of range.  */
int number_uid (char const *s, int base, uid_t *uid);
int number_gid (char const *s, int base, gid_t *gid);

/* Store in LIST, which has room for ROOM ids, the comma-separated decimal
   ids in S, and in *COUNT their number.  An empty S is an empty list; an
   empty member is an error.  Return 0, or -1 with errno EINVAL or ERANGE as
   above, or E2BIG if there are more than ROOM.  */
int number_gidlist (char const *s, gid_t *list, size_t room, size_t *count);

#endif /* NUMBER_H */
