/* hardening.c -- check the compiler flags that make exploits harder.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* The unit tests are compiled with the flags of the tools.  */

#include <config.h>

#include <string.h>

#include "unit.h"

int
main (int argc, char **argv)
{
  /* argv[1] has the flags that configure added.  */
  if (argc != 2 || argv[1][0] == '\0')
    {
      unit_promise ("no flag is added with --disable-hardening");
      return unit_end ();
    }
  /* configure does not change a level of _FORTIFY_SOURCE that the user or the
     compiler has set.  It sets none without optimization or with a
     sanitizer.  */
  if (! strstr (argv[1], "_FORTIFY_SOURCE"))
    puts ("UNSUPPORTED: _FORTIFY_SOURCE (configure has not chosen the level)");
  else
    {
#if defined _FORTIFY_SOURCE && defined __GLIBC_PREREQ
# if __GLIBC_PREREQ (2, 34) && 12 <= __GNUC__
      unit_check (3 <= _FORTIFY_SOURCE);
# endif
#endif
      unit_promise ("_FORTIFY_SOURCE is 3 where the compiler and the C library"
                    " know it");
    }
#if defined __aarch64__ && 9 <= __GNUC__
# if (! defined __ARM_FEATURE_BTI_DEFAULT \
      || ! defined __ARM_FEATURE_PAC_DEFAULT)
  unit_check (false);
# endif
#endif
  unit_promise ("branches are protected on aarch64");
  return unit_end ();
}
