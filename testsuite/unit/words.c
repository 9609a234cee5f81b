/* words.c -- unit test of src/access/words.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "access/words.h"

#include <string.h>

#include "unit.h"

/* Return whether the LEN bytes of TEXT are split into the strings WANTED.  */
static bool
is (char const *text, size_t len, char const *const *wanted)
{
  char const *why;
  /* Allocate exactly LEN bytes, so that memory checkers notice an overrun.  */
  char *copy = malloc (len ? len : 1);
  if (len)
    memcpy (copy, text, len);
  char **words = words_split (copy, len, &why);
  free (copy);
  bool good = words && ! why;
  size_t n = 0;
  for (; good && wanted[n]; n++)
    good = words[n] && strcmp (words[n], wanted[n]) == 0;
  good = good && ! words[n];
  free (words);
  return good;
}

#define IS(Text, ...) \
  unit_check (is (Text, sizeof Text - 1, \
                  (char const *const []) { __VA_ARGS__ }))

/* Return whether TEXT is refused for the reason WANTED.  */
static bool
refused (char const *text, size_t len, char const *wanted)
{
  char const *why = NULL;
  errno = 0;
  return (! words_split (text, len, &why) && errno == EINVAL && why
          && strcmp (why, wanted) == 0);
}

#define REFUSED(Text, Why) \
  unit_check (refused (Text, sizeof Text - 1, Why))

static void
test_words (void)
{
  IS ("", NULL);
  IS (" \t\n\v\f\r", NULL);
  IS ("a", "a", NULL);
  IS (" a  bc\td\ne\vf\fg\rh ", "a", "bc", "d", "e", "f", "g", "h", NULL);
  IS ("\300\200 \1", "\300\200", "\1", NULL);
  unit_promise ("blanks separate words, other bytes do not");

  IS ("#", NULL);
  IS ("# a\nb", "b", NULL);
  IS ("a # b # c", "a", NULL);
  IS ("a#b \"#\"c \\#d", "a#b", "#c", "#d", NULL);
  IS ("# a \\\nb", "b", NULL);
  unit_promise ("a comment begins only at the beginning of a word");

  IS ("\\a \\  \\\" \\# \\\\", "a", " ", "\"", "#", "\\", NULL);
  IS ("a\\\nb", "a\nb", NULL);
  IS ("a \\\nb \\\n", "a", "b", NULL);
  IS ("\\\n", NULL);
  REFUSED ("\\", "there is nothing after a backslash");
  REFUSED ("a \\", "there is nothing after a backslash");
  unit_promise ("a backslash removes the special meaning of a character");
}

static void
test_quotes (void)
{
  IS ("\"\"", "", NULL);
  IS ("\"a b\"c\" d\"", "a bc d", NULL);
  IS ("\"\n\" '\"'\"", "\n", "''", NULL);
  IS ("\"{\" \\}", "{", "}", NULL);
  REFUSED ("\"", "a quotation mark is not closed");
  REFUSED ("a\"b", "a quotation mark is not closed");
  REFUSED ("\"a\\", "there is nothing after a backslash");
  REFUSED ("\"a\\\"", "a quotation mark is not closed");
  unit_promise ("a text in quotation marks is one word");

  IS ("\"\\b\\f\\n\\r\\t\\v\"", "\b\f\n\r\t\v", NULL);
  IS ("\"\\a\\s\\\\\\\"\\'\\x\"", "as\\\"'x", NULL);
  IS ("\"a\\\n b\"", "a b", NULL);
  unit_promise ("a backslash and a letter may be a control character");

  IS ("\"\\1\\99\\255\\2551\"", "\1c\377\3771", NULL);
  IS ("\"\\01\\0377\\00011\\018\"", "\1\377\0011\0018", NULL);
  IS ("\"\\0x1\\0xfF\\0xAbc\\0x7g\"", "\1\377\253c\ag", NULL);
  static char const number[] =
    "the number after a backslash is not from 1 to 255";
  REFUSED ("\"\\256\"", number);
  REFUSED ("\"\\999\"", number);
  REFUSED ("\"\\0400\"", number);
  REFUSED ("\"\\0\"", number);
  REFUSED ("\"\\0", number);
  REFUSED ("\"\\0000\"", number);
  REFUSED ("\"\\08\"", number);
  REFUSED ("\"\\0x\"", number);
  REFUSED ("\"\\0x", number);
  REFUSED ("\"\\0x00\"", number);
  REFUSED ("\"\\0X41\"", number);
  unit_promise ("a backslash and a number give a byte, except NUL");
}

static void
test_blocks (void)
{
  IS ("{ }", "", NULL);
  IS ("{ a } b", " a", "", "b", NULL);
  IS ("a { \"\" { b } } c", "a", " ", "  b", " ", "", "c", NULL);
  IS ("{\n} }{ {}", "", "}{", "{}", NULL);
  IS ("{ # }\n}", "", NULL);
  REFUSED ("{", "a block is not closed");
  REFUSED ("{ { }", "a block is not closed");
  REFUSED ("{ }{ {}", "a block is not closed");
  REFUSED ("}", "a block is closed that is not open");
  REFUSED ("{ } }", "a block is closed that is not open");
  unit_promise ("the words of a block and its end are marked");

  REFUSED ("a\0b", "there is a NUL in it");
  REFUSED ("a # \0", "there is a NUL in it");
  unit_promise ("a NUL is refused");
}

/* Store WORD at TO in quotation marks, and return the end of it.  */
static char *
put_quoted (char *to, char const *word)
{
  *to++ = '"';
  for (; *word; word++)
    {
      if (*word == '"' || *word == '\\')
        *to++ = '\\';
      *to++ = *word;
    }
  *to++ = '"';
  *to++ = unit_random () % 2 ? ' ' : '\n';
  return to;
}

static void
test_round_trip (void)
{
  for (int round = 0; round < 2000; round++)
    {
      static char words[8][12];
      char const *wanted[9];
      char text[8 * (2 * sizeof *words + 4)];
      char *end = text;
      size_t count = unit_random () % 9;
      for (size_t i = 0; i < count; i++)
        {
          size_t len = unit_random () % sizeof *words;
          for (size_t j = 0; j < len; j++)
            words[i][j] = (unit_random () % 2
                           ? (char) (1 + unit_random () % 255)
                           : "\"\\{}# \n\t"[unit_random () % 8]);
          words[i][len] = '\0';
          wanted[i] = words[i];
          end = put_quoted (end, words[i]);
        }
      wanted[count] = NULL;
      unit_check (is (text, end - text, wanted));
    }
  unit_promise ("words that were quoted are read back unchanged");
}

int
main (void)
{
  test_words ();
  test_quotes ();
  test_blocks ();
  test_round_trip ();
  return unit_end ();
}
