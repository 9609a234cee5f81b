/* log.h -- what the tools say on standard error.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef LOG_H
#define LOG_H

#include "base/system.h"

/* How much is said.  Fatal errors always are.  */
enum log_level
{
  LOG_QUIET,
  /* Warnings and denials.  */
  LOG_NORMAL,
  /* Everything that happens.  */
  LOG_VERBOSE
};

/* Begin every line with the last component of ARGV0, or with NAME if that is
   missing or empty.  */
void log_init (char const *argv0, char const *name);

/* The name that lines begin with.  */
char const *log_name (void);

/* Say no more than LEVEL from now on.  The default is LOG_NORMAL.  */
void log_set_level (enum log_level level);

/* Write no line from now on, not even that of a fatal error: standard error
   leads to somebody who must not read them.  */
void log_write_nothing (void);

/* Whether lines of LEVEL are said: for work that is only done for them.  */
bool log_says (enum log_level level);

/* From now on drop a line rather than wait for the reader of standard error.
   To be called while still privileged: it may have to open standard error's
   pipe or terminal again.  */
void log_never_wait (void);

/* From now on, while a line waits for the reader of standard error, call
   CONDITION several times a second, and drop the line when it returns true.
   This is for callers that have blocked signals and have to undo something
   when a signal comes.  A line that the system refuses at once, such as one
   for a standard error that is not open for writing, is dropped without
   waiting.  */
void log_wait_unless (bool (*condition) (void));

/* The caller has blocked SIGPIPE for good: there is no more need to do that
   for each line.  */
void log_sigpipe_is_blocked (void);

/* Each of these writes one line with one call, the sentence FORMAT and, unless
   ERRNUM is 0, the text of that error.  Strings from outside must have been
   quoted.  A line that cannot be written is lost, and counted; before the next
   one that can be written, another says how many were lost.  Where the system
   takes only a part of a line, the rest goes before the next.  They preserve
   errno and never raise SIGPIPE.  */

/* At LOG_NORMAL.  */
void log_warn (int errnum, char const *format, ...)
  __attribute__ ((__format__ (__printf__, 2, 3)));

/* At LEVEL.  */
void log_info (enum log_level level, char const *format, ...)
  __attribute__ ((__format__ (__printf__, 2, 3)));

/* Whether lines were lost that have not been reported.  */
bool log_has_lost (void);

/* Report how many lines were lost, if that can be written now.  */
void log_report_lost (void);

/* Always, and exit with STATUS.  */
_Noreturn void die (int status, int errnum, char const *format, ...)
  __attribute__ ((__format__ (__printf__, 3, 4)));

#endif /* LOG_H */
