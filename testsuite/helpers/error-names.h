/* error-names.h -- names and numbers of errors, for the tests.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

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
  { "EDESTADDRREQ", EDESTADDRREQ },
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
