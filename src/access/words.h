/* words.h -- a program line, split into words without a shell.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef WORDS_H
#define WORDS_H

#include "base/system.h"

/* Split the LEN bytes of TEXT into words by the rules of execlineb(1), except
   those about execline's own variables:

   Blanks and newlines separate words, and so does a backslash before a
   newline. "#" at the beginning of a word starts a comment, which ends with
   the line.  A backslash quotes the next character.  Between quotation marks,
   blanks and newlines are part of the word, a backslash directly before a
   newline is removed together with it, \b \f \n \r \t \v are control
   characters, and a byte from 1 to 255 can be written as \NNN in decimal,
   \0NNN in octal or \0xNN in hexadecimal.

   A word "{" begins a block and a word "}" ends it.  Each word in a block is
   prefixed by one space for each block around it.  The end of a block becomes
   an empty word, prefixed for the blocks around the block.

   Return the words, followed by a null pointer, in memory that one call of
   free releases.  On failure return NULL, with errno ENOMEM, or with errno
   EINVAL and in *WHY what is wrong with the text, such as "a block is not
   closed".  */
char **words_split (char const *text, size_t len, char const **why);

#endif /* WORDS_H */
