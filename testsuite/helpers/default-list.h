/* default-list.h -- set default access control lists, for the tests.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef DEFAULT_LIST_H
#define DEFAULT_LIST_H

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#if HAVE_GETXATTR
# include <sys/xattr.h>
#endif

enum { LIST_ENTRIES_MAX = 16 };

/* An access control list in the format of the kernel.  All numbers are
   little-endian.  */
struct list_entry
{
  uint16_t tag;
  uint16_t permissions;
  uint32_t id;
};
struct list
{
  uint32_t version;
  struct list_entry entries[LIST_ENTRIES_MAX];
};

static inline uint16_t
list_16 (unsigned int n)
{
  unsigned char bytes[2] = { n & 0xff, n >> 8 };
  uint16_t result;
  memcpy (&result, bytes, sizeof result);
  return result;
}

static inline uint32_t
list_32 (uint32_t n)
{
  unsigned char bytes[4] = { n & 0xff, n >> 8 & 0xff, n >> 16 & 0xff,
                             n >> 24 };
  uint32_t result;
  memcpy (&result, bytes, sizeof result);
  return result;
}

/* Return the entry that TEXT describes: LETTER:ID:DIGIT, or LETTER::DIGIT
   without an id.  The letter is u, g, m or o, as in setfacl(1), and only u and
   g may have an id.  DIGIT is an octal digit, the permissions.  */
static inline struct list_entry
list_parse (char const *text)
{
  char const *id = strchr (text, ':');
  char const *digit = strrchr (text, ':');
  bool is_named = id && digit != id && id + 1 != digit;
  unsigned int tag = (*text == 'u' ? (is_named ? 2 : 1)
                      : *text == 'g' ? (is_named ? 8 : 4)
                      : *text == 'm' ? 0x10 : *text == 'o' ? 0x20 : 0);

  if (tag == 0 || ! id || digit[1] < '0' || '7' < digit[1])
    {
      fprintf (stderr, "bad entry %s\n", text);
      exit (99);
    }
  return (struct list_entry) { list_16 (tag), list_16 (digit[1] - '0'),
                               list_32 (is_named ? strtoul (id + 1, NULL, 10)
                                        : UINT32_MAX) };
}

/* Give DIR a default list of COUNT ENTRIES.  Return 0, or -1 with errno
   set.  */
static inline int
list_set_default (char const *dir, int count, char const *const *entries)
{
#if HAVE_GETXATTR
  struct list list = { list_32 (2), { { 0 } } };

  for (int i = 0; i < count && i < LIST_ENTRIES_MAX; i++)
    list.entries[i] = list_parse (entries[i]);
  return setxattr (dir, "system.posix_acl_default", &list,
                   4 + count * sizeof (struct list_entry), 0);
#else
  (void) dir;
  (void) count;
  (void) entries;
  return errno = ENOSYS, -1;
#endif
}

/* Return the number of entries in the access list of FILE, 0 if it has none,
   or -1 with errno set.  */
static inline int
list_count (char const *file)
{
#if HAVE_GETXATTR
  ssize_t n = lgetxattr (file, "system.posix_acl_access", NULL, 0);

  if (0 <= n)
    return (n - 4) / sizeof (struct list_entry);
  return errno == ENODATA || errno == EOPNOTSUPP ? 0 : -1;
#else
  (void) file;
  return 0;
#endif
}

#endif
