/* envlist.c -- unit test of src/base/envlist.c.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "base/envlist.h"

#include <string.h>

#include "unit.h"

/* Return whether VECTOR has exactly the COUNT strings of WANTED.  */
static bool
has (char *const *vector, char const *const *wanted, size_t count)
{
  for (size_t i = 0; i < count; i++)
    if (! vector[i] || strcmp (vector[i], wanted[i]) != 0)
      return false;
  return ! vector[count];
}

#define HAS(List, ...) \
  has ((List)->vector + (List)->slots, \
       (char const *[]) { __VA_ARGS__, NULL }, \
       sizeof ((char const *[]) { __VA_ARGS__ }) / sizeof (char *))

static char *
text (char const *s)
{
  return strcpy (malloc (strlen (s) + 1), s);
}

static void
test_reading (void)
{
  char *given[] =
    {
      text ("A=1"), text ("AB=2"), text ("=odd"), text ("noequals"),
      text ("A=3"), text ("EMPTY="), text ("C=x=y"), text ("B"), NULL
    };
  struct envlist list;

  unit_check (envlist_init (&list, given, 2) == 0);
  unit_check (HAS (&list, "A=1", "AB=2", "=odd", "noequals", "A=3", "EMPTY=",
                   "C=x=y", "B"));
  unit_check (list.count == 8);
  unit_promise ("a copy has the same variables in the same order");

  unit_check (envlist_get (&list, "A") == given[0] + 2);
  unit_check (strcmp (envlist_get (&list, "AB"), "2") == 0);
  unit_check (strcmp (envlist_get (&list, "C"), "x=y") == 0);
  unit_check (*envlist_get (&list, "EMPTY") == '\0');
  unit_promise ("the first variable of a name is the one that counts");

  unit_check (! envlist_get (&list, "B"));
  unit_check (! envlist_get (&list, "noequals"));
  unit_check (! envlist_get (&list, "EMPT"));
  unit_check (! envlist_get (&list, "EMPTYX"));
  unit_check (! envlist_get (&list, "a"));
  unit_promise ("a name is compared whole");

  envlist_unset (&list, "A");
  envlist_unset (&list, "noequals");
  envlist_unset (&list, "nosuch");
  unit_check (HAS (&list, "AB=2", "=odd", "noequals", "EMPTY=", "C=x=y", "B"));
  unit_check (list.count == 6);
  unit_check (given[0][0] == 'A' && given[7][0] == 'B' && ! given[8]);
  unit_promise ("unset removes every variable of that name and no other");

  free (list.vector);
  unit_check (envlist_init (&list, NULL, 3) == 0);
  unit_check (list.count == 0 && ! list.vector[3]);
  unit_check (! envlist_get (&list, "A"));
  envlist_unset (&list, "A");
  unit_check (envlist_set (&list, given[0]) == 0 && HAS (&list, "A=1"));
  unit_promise ("a missing environment is treated as empty");
  free (list.vector);
  for (size_t i = 0; given[i]; i++)
    free (given[i]);
}

static void
test_setting (void)
{
  char a[] = "A=1", b[] = "B=2", a2[] = "A=3", c[] = "C=", x[] = "X=7";
  char y[] = "Y=8", z[] = "Z=9", a3[] = "A=4";
  char *given[] = { a, b, a2, NULL };
  struct envlist list;

  unit_check (envlist_init (&list, given, 3) == 0);
  unit_check (envlist_set (&list, c) == 0);
  unit_check (HAS (&list, "A=1", "B=2", "A=3", "C="));
  unit_check (envlist_set (&list, a3) == 0);
  unit_check (HAS (&list, "B=2", "C=", "A=4"));
  unit_check (list.count == 3);
  unit_promise ("set replaces every variable of that name");
  unit_check (envlist_assign (&list, "A", "B", "x=y") == 0);
  unit_check (strcmp (envlist_get (&list, "AB"), "x=y") == 0);
  unit_check (envlist_assign (&list, "", "AB", "") == 0);
  unit_check (strcmp (envlist_get (&list, "AB"), "") == 0);
  unit_check (envlist_assign (&list, "AB", "", NULL) == 0);
  unit_check (! envlist_get (&list, "AB"));
  unit_check (envlist_assign (&list, "no", "thing", NULL) == 0);
  unit_promise ("assign joins the parts of the name and sets or removes the"
                " variable");

  char *made[] = { x, y, z };
  char **with = envlist_with (&list, made, 3);
  unit_check (has (with, (char const *[]) { "X=7", "Y=8", "Z=9", "B=2", "C=",
                                            "A=4" }, 6));
  with = envlist_with (&list, made + 1, 1);
  unit_check (has (with, (char const *[]) { "Y=8", "B=2", "C=", "A=4" }, 4));
  with = envlist_with (&list, made, 0);
  unit_check (has (with, (char const *[]) { "B=2", "C=", "A=4" }, 3));
  with = envlist_with (&list, made, 2);
  unit_check (has (with, (char const *[]) { "X=7", "Y=8", "B=2", "C=",
                                            "A=4" }, 5));
  unit_check (HAS (&list, "B=2", "C=", "A=4"));
  unit_promise ("variables that are put in front for one call do not stay in"
                " the list");
  free (list.vector);
}

/* A plain list with the same contents, to compare with.  */
static char const *model[256];
static size_t model_count;

static void
model_unset (char const *name)
{
  size_t n = 0;
  size_t len = strcspn (name, "=");
  for (size_t i = 0; i < model_count; i++)
    if (strcspn (model[i], "=") != len || model[i][len] != '='
        || memcmp (model[i], name, len) != 0)
      model[n++] = model[i];
  model_count = n;
}

static void
test_model (void)
{
  static char words[64][8];
  char *given[33];

  for (int i = 0; i < 64; i++)
    sprintf (words[i], "%.*s=%d", 1 + i % 4, &"ABAB"[i % 2], i);
  for (int round = 0; round < 300; round++)
    {
      struct envlist list;
      size_t count = unit_random () % 33;
      size_t slots = unit_random () % 4;

      for (size_t i = 0; i < count; i++)
        model[i] = given[i] = words[unit_random () % 64];
      given[count] = NULL;
      model_count = count;
      unit_check (envlist_init (&list, given, slots) == 0);
      for (int step = 0; step < 40; step++)
        {
          char *word = words[unit_random () % 64];
          char name[8] = "";
          memcpy (name, word, strcspn (word, "="));
          model_unset (word);
          if (unit_random () % 2)
            {
              unit_check (envlist_set (&list, word) == 0);
              model[model_count++] = word;
            }
          else
            envlist_unset (&list, name);
          unit_check (list.count == model_count);
          unit_check (has (list.vector + list.slots, model, model_count));
        }
      free (list.vector);
    }
  unit_promise ("the list agrees with a simple model after any sequence of"
                " steps");
}

int
main (void)
{
  test_reading ();
  test_setting ();
  test_model ();
  return unit_end ();
}
