/* event.h -- the part of the BSD header for signals, implemented with
   signalfd.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* Compared with FreeBSD 14, OpenBSD 6.6, DragonFly 3.5 and macOS 26, which
   have the same numbers and types, except for the size of DATA.  NetBSD 10 has
   uint32_t for FILTER and FLAGS, and 5 for EVFILT_SIGNAL.  */

/* As on the BSDs, a signal that is already pending when its filter is added is
   not in the queue.  Unlike on the BSDs, a signal does not stay pending after
   it was returned.

   If SHIM_KQUEUE_OLD is defined, only signals that are ignored by default are
   in the queue, as on DragonFly before June 2016 while signals are
   blocked.  */

#ifndef SHIM_SYS_EVENT_H
#define SHIM_SYS_EVENT_H

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

struct kevent
{
  uintptr_t ident;
  short filter;
  unsigned short flags;
  unsigned int fflags;
  intptr_t data;
  void *udata;
};

#define EVFILT_SIGNAL (-6)
#define EV_ADD 0x0001
#define EV_DELETE 0x0002
#define EV_CLEAR 0x0020

#define EV_SET(Event, Ident, Filter, Flags, Fflags, Data, Udata)	\
  (*(Event) = (struct kevent) { (Ident), (Filter), (Flags), (Fflags),	\
                                (Data), (void *) (intptr_t) (Udata) })

/* The signals in the queue, and those that must not be returned.  There is
   only one queue.  Each file that includes this header has its own variables,
   so only one file can use it.  */
static sigset_t shim_kqueue_set, shim_kqueue_untold;

static inline int
shim_kqueue_reports (int sig)
{
#ifdef SHIM_KQUEUE_OLD
  return sig == SIGCHLD || sig == SIGURG || sig == SIGWINCH;
#else
  (void) sig;
  return 1;
#endif
}

static inline int
kqueue (void)
{
  sigemptyset (&shim_kqueue_set);
  sigemptyset (&shim_kqueue_untold);
  return signalfd (-1, &shim_kqueue_set, SFD_NONBLOCK);
}

static inline int
kevent (int fd, struct kevent const *changes, int change_count,
        struct kevent *events, int room, struct timespec const *timeout)
{
  sigset_t pending;
  struct signalfd_siginfo info;
  int n = 0;

  sigpending (&pending);
  for (int i = 0; i < change_count; i++)
    {
      if (changes[i].filter != EVFILT_SIGNAL
          || (changes[i].flags != (EV_ADD | EV_CLEAR)
              && changes[i].flags != EV_DELETE))
        return errno = EINVAL, -1;
      sigdelset (&shim_kqueue_set, changes[i].ident);
      sigdelset (&shim_kqueue_untold, changes[i].ident);
      if (changes[i].flags != EV_DELETE
          && shim_kqueue_reports (changes[i].ident))
        {
          sigaddset (&shim_kqueue_set, changes[i].ident);
          if (sigismember (&pending, changes[i].ident))
            sigaddset (&shim_kqueue_untold, changes[i].ident);
        }
      if (signalfd (fd, &shim_kqueue_set, SFD_NONBLOCK) != fd)
        return -1;
    }
  /* Waiting is not implemented.  */
  if (0 < room && (! timeout || timeout->tv_sec || timeout->tv_nsec))
    return errno = ENOSYS, -1;
  /* Another process or thread may have taken a pending signal.  */
  for (int sig = 1; 0 < room && sig <= SIGRTMAX; sig++)
    if (sigismember (&shim_kqueue_untold, sig) == 1
        && sigismember (&pending, sig) == 0)
      sigdelset (&shim_kqueue_untold, sig);
  while (n < room && read (fd, &info, sizeof info) == sizeof info)
    if (sigismember (&shim_kqueue_untold, info.ssi_signo))
      sigdelset (&shim_kqueue_untold, info.ssi_signo);
    else
      events[n++] = (struct kevent) { .ident = info.ssi_signo,
                                      .filter = EVFILT_SIGNAL,
                                      .flags = EV_CLEAR, .data = 1 };
  return n;
}

#endif /* SHIM_SYS_EVENT_H */
