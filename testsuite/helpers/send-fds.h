/* send-fds.h -- send descriptors over a local socket.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef SEND_FDS_H
#define SEND_FDS_H

#include <string.h>
#include <sys/socket.h>

/* The most descriptors that send_fds takes.  Linux allows 253.  */
enum { SEND_FDS_MAX = 250 };

/* Send the COUNT descriptors FDS and one byte over CONN.  Return what sendmsg
   returns.  */
static inline ssize_t
send_fds (int conn, int const *fds, size_t count)
{
  char byte = 0;
  struct iovec data = { .iov_base = &byte, .iov_len = 1 };
  union
  {
    struct cmsghdr align;
    char bytes[CMSG_SPACE (SEND_FDS_MAX * sizeof (int))];
  } control;
  struct msghdr msg = { .msg_iov = &data, .msg_iovlen = 1,
                        .msg_control = &control,
                        .msg_controllen = CMSG_SPACE (count * sizeof *fds) };

  memset (&control, 0, sizeof control);
  struct cmsghdr *header = CMSG_FIRSTHDR (&msg);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN (count * sizeof *fds);
  memcpy (CMSG_DATA (header), fds, count * sizeof *fds);
  return sendmsg (conn, &msg, 0);
}

#endif /* SEND_FDS_H */
