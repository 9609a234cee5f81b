/* rulefile.c -- rules that were compiled into one file in cdb format.

   Copyright (C) 2026 The ucspi-local authors

   This program is free software: you can redistribute it and/or modify
   it under the terms of the GNU General Public License as published by
   the Free Software Foundation, either version 3 of the License, or
   (at your option) any later version.

   This program is distributed in the hope that it will be useful,
   but WITHOUT ANY WARRANTY; without even the implied warranty of
   MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
   GNU General Public License for more details.

   You should have received a copy of the GNU General Public License
   along with this program.  If not, see <https://www.gnu.org/licenses/>.  */

/* The format is that of cdb: 256 pairs of numbers, the position and the length
   of a hash table each; records, each with the lengths of key and data, the
   key and the data; and the hash tables, whose slots are the hash of a key and
   the position of its record, or zeros.  Numbers have 32 bits, the lowest byte
   first.  */

#include <config.h>

#include "rulefile.h"

#include <stdint.h>
#include <string.h>

enum { TABLES = 256, HEADER_SIZE = TABLES * 8, PAIR = 8 };

/* The number at P.  */
static uint32_t
number_at (char const *p)
{
  unsigned char const *u = (unsigned char const *) p;
  return (u[0] | (uint32_t) u[1] << 8 | (uint32_t) u[2] << 16
          | (uint32_t) u[3] << 24);
}

/* The hash of the LEN bytes of KEY.  */
static uint32_t
hash_of (char const *key, size_t len)
{
  uint32_t hash = 5381;
  for (size_t i = 0; i < len; i++)
    hash = (hash * 33) ^ (unsigned char) key[i];
  return hash;
}

/* A record at a position.  */
struct record
{
  char const *key;
  uint32_t key_len;
  char const *data;
  uint32_t data_len;
  /* The position of the next one.  */
  size_t next;
};

/* Store in *RECORD the record at POS of MEM, which ends at END.  Return true
   if there is one.  */
static bool
read_record (char const *mem, size_t end, size_t pos, struct record *record)
{
  if (end < pos || end - pos < PAIR)
    return false;
  record->key_len = number_at (mem + pos);
  record->data_len = number_at (mem + pos + 4);
  size_t left = end - pos - PAIR;
  if (left < record->key_len || left - record->key_len < record->data_len)
    return false;
  record->key = mem + pos + PAIR;
  record->data = record->key + record->key_len;
  record->next = pos + PAIR + record->key_len + record->data_len;
  return true;
}

/* Sums over pairs of a hash and a position, which do not depend on their
   order.  */
struct sums
{
  uint64_t count;
  uint64_t hashes;
  uint64_t mixed;
};

static void
add (struct sums *sums, uint32_t hash, uint32_t pos)
{
  sums->count++;
  sums->hashes += hash;
  sums->mixed += (hash ^ UINT64_C (0x9e3779b97f4a7c15)) * (pos + UINT64_C (1));
}

bool
rulefile_is_whole (char const *mem, size_t size)
{
  struct sums records = { .count = 0 };
  struct sums slots = { .count = 0 };
  struct record record;

  if (size < HEADER_SIZE || UINT32_MAX < size)
    return false;
  /* The tables follow the records, one after the other, to the end.  */
  size_t end = number_at (mem);
  size_t pos = end;
  for (size_t i = 0; i < TABLES; i++)
    {
      size_t len = number_at (mem + i * PAIR + 4);
      if (number_at (mem + i * PAIR) != pos || pos < HEADER_SIZE
          || size < pos || (size - pos) / PAIR < len)
        return false;
      for (; len != 0; len--, pos += PAIR)
        if (number_at (mem + pos + 4) != 0)
          {
            uint32_t hash = number_at (mem + pos);
            if (hash % TABLES != i)
              return false;
            add (&slots, hash, number_at (mem + pos + 4));
          }
    }
  if (pos != size)
    return false;
  for (pos = HEADER_SIZE; pos < end; pos = record.next)
    {
      if (! read_record (mem, end, pos, &record))
        return false;
      add (&records, hash_of (record.key, record.key_len), pos);
    }
  return (records.count == slots.count && records.hashes == slots.hashes
          && records.mixed == slots.mixed);
}

bool
rulefile_find (char const *mem, char const *key, char const **data,
               size_t *len)
{
  struct record record;
  size_t key_len = strlen (key);
  size_t end = number_at (mem);

  /* There are few records, and all have just been read.  */
  for (size_t pos = HEADER_SIZE; pos < end; pos = record.next)
    {
      if (! read_record (mem, end, pos, &record))
        return false;
      if (record.key_len == key_len
          && memcmp (record.key, key, key_len) == 0)
        {
          *data = record.data;
          *len = record.data_len;
          return true;
        }
    }
  return false;
}

int
rulefile_parse (char const *data, size_t len, struct rulefile_record *record)
{
  *record = (struct rulefile_record) { .allows = false };
  if (len == 1 && *data == 'D')
    return 0;
  /* "A", the length of the variables in two bytes, the higher one first, the
     variables, the length of the rest likewise, and the rest.  */
  if (len < 5 || *data != 'A')
    return errno = EINVAL, -1;
  unsigned char const *u = (unsigned char const *) data;
  size_t n = u[1] << 8 | u[2];
  if (len - 5 < n)
    return errno = EINVAL, -1;
  size_t m = u[3 + n] << 8 | u[4 + n];
  if (len - 5 - n != m || (n != 0 && data[3 + n - 1] != '\0'))
    return errno = EINVAL, -1;
  *record = (struct rulefile_record) { .allows = true,
                                       .variables = data + 3,
                                       .variables_len = n,
                                       .exec = data + 5 + n,
                                       .exec_len = m };
  return 0;
}
