/* signals.c -- what every method of receiving signals has in common.

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

#include <config.h>

#include "signals.h"

/* One more than the greatest signal number.  */
#ifdef _SIG_MAXSIG
# define SIGNALS_END (_SIG_MAXSIG + 1)
#elif defined NSIG
# define SIGNALS_END NSIG
#elif defined _NSIG
# define SIGNALS_END _NSIG
#else
# define SIGNALS_END 65
#endif

int
signals_block (int const *wanted, size_t count)
{
  struct sigaction dfl = { .sa_handler = SIG_DFL };
  sigset_t blocked;

  sigemptyset (&dfl.sa_mask);
  sigemptyset (&blocked);
  sigaddset (&blocked, SIGPIPE);
#ifdef SIGXFSZ
  sigaddset (&blocked, SIGXFSZ);
#endif
#ifdef SIGTTOU
  sigaddset (&blocked, SIGTTOU);
#endif
  for (size_t i = 0; i < count; i++)
    sigaddset (&blocked, wanted[i]);

  for (int sig = 1; sig < SIGNALS_END; sig++)
    {
      struct sigaction old;
      /* Fails for numbers that the C library keeps to itself.  */
      if (sigaction (sig, NULL, &old) == 0 && old.sa_handler == SIG_IGN)
        sigaddset (&blocked, sig);
    }

  /* Blocked first: at no moment may one that was ignored be delivered.  */
  if (sigprocmask (SIG_BLOCK, &blocked, NULL) != 0)
    return -1;
  for (int sig = 1; sig < SIGNALS_END; sig++)
    if (sigismember (&blocked, sig) == 1
        && sig != SIGKILL && sig != SIGSTOP
        && sigaction (sig, &dfl, NULL) != 0)
      return -1;
  return 0;
}
