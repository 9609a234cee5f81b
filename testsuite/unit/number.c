/* number.c -- unit test of src/base/number.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "base/number.h"

#include <inttypes.h>
#include <stdint.h>
#include <string.h>

#include "unit.h"

enum { UNTOUCHED = 4711 };

/* Return whether S in BASE, with the maximum MAX, is parsed as VALUE.  */
static bool
is (char const *s, int base, uintmax_t max, uintmax_t value)
{
  uintmax_t v = UNTOUCHED;
  return number_parse (s, base, max, &v) == 0 && v == value;
}

/* Return whether S in BASE fails with ERRNUM and leaves the value
   untouched.  */
static bool
refused (char const *s, int base, uintmax_t max, int errnum)
{
  uintmax_t v = UNTOUCHED;
  errno = 0;
  return (number_parse (s, base, max, &v) == -1 && errno == errnum
          && v == UNTOUCHED);
}

static void
test_plain (void)
{
  unit_check (is ("0", 10, 9, 0));
  unit_check (is ("7", 10, 9, 7));
  unit_check (is ("010", 10, 99, 10));
  unit_check (is ("00000000000000000000000000000000001", 10, 1, 1));
  unit_check (is ("4294967295", 10, UINTMAX_MAX, 4294967295u));
  unit_promise ("decimal digits are a decimal number, leading zeros or not");

  unit_check (is ("777", 8, 0777, 0777));
  unit_check (is ("0777", 8, 0777, 0777));
  unit_check (is ("0", 8, 0777, 0));
  unit_check (refused ("8", 8, 0777, EINVAL));
  unit_check (refused ("79", 8, 0777, EINVAL));
  unit_promise ("in base 8 the digits are 0 to 7");
}

static void
test_conventions (void)
{
  unit_check (is ("0", 0, 99, 0));
  unit_check (is ("00", 0, 99, 0));
  unit_check (is ("10", 0, 99, 10));
  unit_check (is ("010", 0, 99, 8));
  unit_check (is ("0x10", 0, 99, 16));
  unit_check (is ("0Xff", 0, 255, 255));
  unit_check (is ("0xFf", 0, 255, 255));
  unit_promise ("in base 0, 0 means octal, 0x hexadecimal, else decimal");

  unit_check (refused ("08", 0, 99, EINVAL));
  unit_check (refused ("0x", 0, 99, EINVAL));
  unit_check (refused ("0xg", 0, 99, EINVAL));
  unit_check (refused ("0x0x1", 0, 99, EINVAL));
  unit_check (refused ("x10", 0, 99, EINVAL));
  unit_check (refused ("1f", 0, 99, EINVAL));
  unit_check (refused ("0x10", 10, 99, EINVAL));
  unit_check (refused ("0x10", 8, 99, EINVAL));
  unit_promise ("a digit that the base does not have is refused");
}

static void
test_rubbish (void)
{
  static char const *const rubbish[] =
    {
      "", " ", " 1", "1 ", "\t1", "1\n", "+1", "-1", "-0", "1.", "1e1", "1,",
      ",1", "a", "1a", "/", ":", "@", "`", "0b1", "0o1", "1_0", "\377",
      "1\377", "\302\271", "--1", "0x-1", "1L", "1u"
    };

  for (size_t i = 0; i < sizeof rubbish / sizeof *rubbish; i++)
    for (int base = 0; base <= 10; base += base == 0 ? 8 : 2)
      {
        unit_check (refused (rubbish[i], base, UINTMAX_MAX, EINVAL));
        unit_check (refused (rubbish[i], base, 0, EINVAL));
      }
  unit_promise ("a text with a character that is not a digit is refused");
}

static void
test_range (void)
{
  unit_check (is ("65535", 10, 65535, 65535));
  unit_check (refused ("65536", 10, 65535, ERANGE));
  unit_check (refused ("1", 10, 0, ERANGE));
  unit_check (is ("0", 10, 0, 0));
  unit_check (refused ("9", 10, 8, ERANGE));
  unit_check (refused ("1000", 8, 0777, ERANGE));
  unit_check (refused ("99999999999999999999999999999", 10, 5, ERANGE));
  unit_promise ("a number above the maximum is out of range");

  unit_check (is ("18446744073709551615", 10, UINT64_MAX, UINT64_MAX));
  unit_check (refused ("18446744073709551616", 10, UINT64_MAX, ERANGE));
  unit_check (refused ("18446744073709551620", 10, UINT64_MAX, ERANGE));
  unit_check (refused ("36893488147419103232", 10, UINT64_MAX, ERANGE));
  unit_check (is ("0xffffffffffffffff", 0, UINT64_MAX, UINT64_MAX));
  unit_check (refused ("0x10000000000000000", 0, UINT64_MAX, ERANGE));
  unit_check (refused ("99999999999999999999x", 10, UINT64_MAX, EINVAL));
  unit_promise ("a number too large for any type does not wrap around");
}

/* Print random numbers with leading zeros.  Check that each is parsed as its
   value, and fails if the maximum is one less.  */
static void
test_round_trip (void)
{
  for (int i = 0; i < 20000; i++)
    {
      char text[80];
      uintmax_t v = (((uintmax_t) unit_random () << 32 | unit_random ())
                     >> (unit_random () % 64));
      int zeros = unit_random () % 4;

      sprintf (text, "%.*s%" PRIuMAX, zeros, "0000", v);
      unit_check (is (text, 10, v, v));
      unit_check (v == 0 || refused (text, 10, v - 1, ERANGE));
      sprintf (text, "%.*s%" PRIoMAX, zeros, "0000", v);
      unit_check (is (text, 8, v, v));
      unit_check (v == 0 || refused (text, 8, v - 1, ERANGE));
      sprintf (text, "0x%.*s%" PRIxMAX, zeros, "0000", v);
      unit_check (is (text, 0, v, v));
      unit_check (v == 0 || refused (text, 0, v - 1, ERANGE));
    }
  unit_promise ("a number that was printed is read back, if it is not above"
                " the maximum");
}

static void
test_ids (void)
{
  uid_t uid = UNTOUCHED;
  gid_t gid = UNTOUCHED;
  char text[40];
  uintmax_t none = (uid_t) -1;

  sprintf (text, "%" PRIuMAX, none - 1);
  unit_check (number_uid (text, 10, &uid) == 0 && uid == (uid_t) -2);
  unit_check (number_gid (text, 10, &gid) == 0 && gid == (gid_t) -2);
  unit_check (number_uid ("0", 10, &uid) == 0 && uid == 0);
  unit_check (number_gid ("0x10", 0, &gid) == 0 && gid == 16);
  unit_promise ("the greatest id is one less than (uid_t) -1");

  uid = gid = UNTOUCHED;
  sprintf (text, "%" PRIuMAX, none);
  errno = 0;
  unit_check (number_uid (text, 10, &uid) == -1 && errno == ERANGE);
  errno = 0;
  unit_check (number_gid (text, 10, &gid) == -1 && errno == ERANGE);
  errno = 0;
  unit_check (number_uid ("0xffffffff", 0, &uid) == -1 && errno == ERANGE);
  errno = 0;
  unit_check (number_uid ("4294967296", 10, &uid) == -1 && errno == ERANGE);
  errno = 0;
  unit_check (number_gid ("4294967296", 10, &gid) == -1 && errno == ERANGE);
  errno = 0;
  unit_check (number_gid ("-1", 10, &gid) == -1 && errno == EINVAL);
  unit_check (uid == UNTOUCHED && gid == UNTOUCHED);
  unit_promise ("-1 is refused as an id, and no number wraps around to root");
}

static void
test_lists (void)
{
  gid_t list[4] = { UNTOUCHED, UNTOUCHED, UNTOUCHED, UNTOUCHED };
  size_t count = UNTOUCHED;

  unit_check (number_gidlist ("", list, 3, &count) == 0 && count == 0);
  unit_check (number_gidlist ("", list, 0, &count) == 0 && count == 0);
  unit_check (number_gidlist ("5", list, 1, &count) == 0 && count == 1
              && list[0] == 5);
  unit_check (number_gidlist ("3,0,4294967294", list, 3, &count) == 0
              && count == 3 && list[0] == 3 && list[1] == 0
              && list[2] == (gid_t) -2);
  unit_check (list[3] == UNTOUCHED);
  unit_promise ("a list of ids is read in its order, and an empty list has"
                " no ids");

  count = UNTOUCHED;
  static char const *const rubbish[] =
    {
      ",", "1,", ",1", "1,,2", "1, 2", "1 ,2", "1;2", "1,2,", "a,1", "1,a",
      "1,-2", "1,0x2", "1\n,2"
    };
  for (size_t i = 0; i < sizeof rubbish / sizeof *rubbish; i++)
    {
      errno = 0;
      unit_check (number_gidlist (rubbish[i], list, 4, &count) == -1
                  && errno == EINVAL);
    }
  errno = 0;
  unit_check (number_gidlist ("1,4294967295", list, 4, &count) == -1
              && errno == ERANGE);
  errno = 0;
  unit_check (number_gidlist ("4294967296,1", list, 4, &count) == -1
              && errno == ERANGE);
  errno = 0;
  unit_check (number_gidlist ("1,2,3", list, 2, &count) == -1
              && errno == E2BIG);
  unit_check (count == UNTOUCHED && list[3] == UNTOUCHED);
  unit_promise ("a list with a bad or empty member, or with too many"
                " members, is refused");
}

static void
test_format (void)
{
  static gid_t const list[] = { 7, 0, (gid_t) -2 };
  char text[80] = "stale";

  number_format_gidlist (text, list, 3);
  unit_check (strcmp (text, "7,0,4294967294") == 0);
  number_format_gidlist (text, list, 1);
  unit_check (strcmp (text, "7") == 0);
  number_format_gidlist (text, list, 0);
  unit_check (*text == '\0');
  unit_promise ("a list of ids is written with commas, and an empty list as an"
                " empty text");
}

int
main (void)
{
  test_plain ();
  test_conventions ();
  test_rubbish ();
  test_range ();
  test_round_trip ();
  test_ids ();
  test_lists ();
  test_format ();
  return unit_end ();
}
