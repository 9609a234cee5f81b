/* error-names.h -- the names of errors, for the tests.

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

#include <errno.h>

static struct
{
  char const *name;
  int number;
} const error_names[] =
{
  { "E2BIG", E2BIG },
  { "EACCES", EACCES },
  { "EADDRINUSE", EADDRINUSE },
  { "EAGAIN", EAGAIN },
  { "EBADF", EBADF },
  { "EBUSY", EBUSY },
  { "ECHILD", ECHILD },
  { "ECONNABORTED", ECONNABORTED },
  { "ECONNREFUSED", ECONNREFUSED },
#ifdef EDQUOT
  { "EDQUOT", EDQUOT },
#endif
  { "EFAULT", EFAULT },
  { "EFBIG", EFBIG },
  { "EINTR", EINTR },
  { "EINVAL", EINVAL },
  { "EIO", EIO },
  { "EISDIR", EISDIR },
#ifdef ELIBBAD
  { "ELIBBAD", ELIBBAD },
#endif
  { "ELOOP", ELOOP },
  { "EMFILE", EMFILE },
  { "ENAMETOOLONG", ENAMETOOLONG },
  { "ENFILE", ENFILE },
  { "ENOBUFS", ENOBUFS },
#ifdef ENODATA
  { "ENODATA", ENODATA },
#endif
  { "ENOENT", ENOENT },
  { "ENOEXEC", ENOEXEC },
  { "ENOMEM", ENOMEM },
  { "ENOPROTOOPT", ENOPROTOOPT },
  { "ENOSPC", ENOSPC },
#ifdef ENOSR
  { "ENOSR", ENOSR },
#endif
  { "ENOSYS", ENOSYS },
  { "ENOTCONN", ENOTCONN },
  { "ENOTDIR", ENOTDIR },
  { "ENOTSOCK", ENOTSOCK },
  { "ENXIO", ENXIO },
  { "EOPNOTSUPP", EOPNOTSUPP },
  { "EPERM", EPERM },
  { "EPIPE", EPIPE },
#ifdef EPROTO
  { "EPROTO", EPROTO },
#endif
  { "EROFS", EROFS },
  { "ESRCH", ESRCH },
  { "ETIMEDOUT", ETIMEDOUT },
  { "ETXTBSY", ETXTBSY }
};
