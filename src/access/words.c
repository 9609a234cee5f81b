/* words.c -- a program line, split into words without a shell.
   This file makes no system call.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <config.h>

#include "access/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"

/* Where words are stored.  In the first pass VECTOR and BYTES are null, and
   words and bytes are only counted.  */
struct sink
{
  char **vector;
  char *bytes;
  size_t words;
  size_t size;
};

/* The rest of the text.  */
struct source
{
  char const *at;
  char const *end;
};

static bool
is_blank (char c)
{
  return c == ' ' || ('\t' <= c && c <= '\r');
}

/* Return true if a word ends at the current byte of SOURCE.  */
static bool
at_end (struct source const *source)
{
  return source->at == source->end || is_blank (*source->at);
}

static void
put (struct sink *sink, char c)
{
  if (sink->bytes)
    sink->bytes[sink->size] = c;
  sink->size++;
}

/* Begin a word inside DEPTH blocks.  */
static void
begin_word (struct sink *sink, size_t depth)
{
  if (sink->vector)
    sink->vector[sink->words] = sink->bytes + sink->size;
  sink->words++;
  while (depth--)
    put (sink, ' ');
}

/* Each take_ function below reads from SOURCE, writes to SINK, and returns
   NULL or what is wrong with the text.  This one reads a number of at most
   DIGITS digits in BASE, and writes it as a byte.  */
static char const *
take_number (struct source *source, struct sink *sink, unsigned int base,
             int digits)
{
  unsigned int value = 0;

  for (; digits && source->at < source->end; digits--)
    {
      unsigned int digit = (unsigned int) number_digit (*source->at);
      if (base <= digit)
        break;
      value = value * base + digit;
      source->at++;
    }
  if (value == 0 || 255 < value)
    return "the number after a backslash is not from 1 to 255";
  put (sink, (char) (unsigned char) value);
  return NULL;
}

/* Read what follows a backslash between quotation marks.  */
static char const *
take_escape (struct source *source, struct sink *sink)
{
  static char const letters[] = "bfnrtv";
  static char const controls[] = "\b\f\n\r\t\v";

  if (source->at == source->end)
    return "there is nothing after a backslash";
  char c = *source->at;
  if ('1' <= c && c <= '9')
    return take_number (source, sink, 10, 3);
  source->at++;
  if (c == '0')
    {
      if (source->at == source->end || *source->at != 'x')
        return take_number (source, sink, 8, 3);
      source->at++;
      return take_number (source, sink, 16, 2);
    }
  char const *letter = strchr (letters, c);
  if (letter)
    put (sink, controls[letter - letters]);
  else if (c != '\n')
    put (sink, c);
  return NULL;
}

/* Read what follows a quotation mark, up to the next one.  */
static char const *
take_quoted (struct source *source, struct sink *sink)
{
  while (source->at < source->end)
    {
      char c = *source->at++;
      if (c == '"')
        return NULL;
      if (c != '\\')
        put (sink, c);
      else
        {
          char const *why = take_escape (source, sink);
          if (why)
            return why;
        }
    }
  return "a quotation mark is not closed";
}

/* Read a word.  */
static char const *
take_word (struct source *source, struct sink *sink)
{
  while (! at_end (source))
    {
      char c = *source->at++;
      if (c == '"')
        {
          char const *why = take_quoted (source, sink);
          if (why)
            return why;
        }
      else
        {
          if (c == '\\')
            {
              if (source->at == source->end)
                return "there is nothing after a backslash";
              c = *source->at++;
            }
          put (sink, c);
        }
    }
  put (sink, '\0');
  return NULL;
}

/* Skip blanks and comments.  */
static void
skip_blanks (struct source *source)
{
  while (source->at < source->end)
    {
      if (is_blank (*source->at))
        source->at++;
      else if (*source->at == '\\' && source->end - source->at != 1
               && source->at[1] == '\n')
        source->at += 2;
      else if (*source->at == '#')
        while (source->at < source->end && *source->at != '\n')
          source->at++;
      else
        return;
    }
}

/* Return true and skip the next word of SOURCE if it is just BRACE.  */
static bool
takes_brace (struct source *source, char brace)
{
  struct source after = { source->at + 1, source->end };
  bool takes = *source->at == brace && at_end (&after);
  if (takes)
    *source = after;
  return takes;
}

/* Read all words.  Return NULL, or what is wrong with the text.  */
static char const *
take_words (struct source source, struct sink *sink)
{
  size_t depth = 0;

  for (skip_blanks (&source); source.at < source.end; skip_blanks (&source))
    {
      if (takes_brace (&source, '{'))
        depth++;
      else if (takes_brace (&source, '}'))
        {
          if (depth == 0)
            return "a block is closed that is not open";
          begin_word (sink, --depth);
          put (sink, '\0');
        }
      else
        {
          begin_word (sink, depth);
          char const *why = take_word (&source, sink);
          if (why)
            return why;
        }
    }
  return depth == 0 ? NULL : "a block is not closed";
}

char **
words_split (char const *text, size_t len, char const **why)
{
  struct source source = { text, text + len };
  struct sink sink = { NULL, NULL, 0, 0 };

  *why = (memchr (text, '\0', len) ? "there is a NUL in it"
          : take_words (source, &sink));
  if (*why)
    return errno = EINVAL, NULL;

  /* This does not overflow.  A block takes four bytes of the text, so a word
     has fewer spaces in front than the text has bytes.  Hence the size is less
     than the square of that of the text, which the caller has bounded.  */
  size_t vector_size = (sink.words + 1) * sizeof *sink.vector;
  char **vector = malloc (vector_size + sink.size);
  if (! vector)
    return errno = ENOMEM, NULL;
  sink = (struct sink) { vector, (char *) vector + vector_size, 0, 0 };
  take_words (source, &sink);
  vector[sink.words] = NULL;
  return vector;
}
