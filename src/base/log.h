/* log.h -- write log lines to standard error.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef LOG_H
#define LOG_H

#include "base/system.h"

/* How much is logged.  Fatal errors are logged at every level.  */
enum log_level
{
  LOG_QUIET,
  /* Also warnings and denials.  */
  LOG_NORMAL,
  /* Also starts, ends, connections and signals.  */
  LOG_VERBOSE
};

/* Begin every line with the last component of ARGV0, or with NAME if ARGV0 is
   null or empty.  */
void log_init (char const *argv0, char const *name);

/* Return the name that lines begin with.  */
char const *log_name (void);

/* Log nothing above LEVEL from now on.  The default is LOG_NORMAL.  */
void log_set_level (enum log_level level);

/* Write no line from now on, not even for a fatal error, because standard
   error is read by a process that must not get the log.  */
void log_write_nothing (void);

/* Return true if lines of LEVEL are logged.  */
bool log_is_enabled (enum log_level level);

/* From now on, drop a line rather than wait until standard error is read.
   Call this while the process is still privileged, because it may have to open
   the pipe or terminal again.  */
void log_never_wait (void);

/* From now on, while a line waits until standard error is read, call CONDITION
   several times a second, and drop the line when it returns true.  This is for
   a caller that blocks signals and has to undo something when a signal comes.
   A line that the system refuses at once, for instance because standard error
   is not open for writing, is dropped without waiting.  */
void log_wait_unless (bool (*condition) (void));

/* The caller has blocked SIGPIPE permanently, so the log need not block it for
   each line.  */
void log_sigpipe_is_blocked (void);

/* Each of these functions writes one line, if possible with one system call:
   the sentence FORMAT, followed by the text of ERRNUM unless that is 0.  The
   caller quotes strings from outside.  A line that cannot be written is lost
   and counted, and the next line that can be written is preceded by one with
   this count.  If the system writes only a part of a line, the rest is written
   before the next line.  These functions preserve errno and never raise
   SIGPIPE.  */

/* Write a warning, at LOG_NORMAL and above.  */
void log_warn (int errnum, char const *format, ...)
  __attribute__ ((__format__ (__printf__, 2, 3)));

/* Write an informational line, at LEVEL and above.  */
void log_info (enum log_level level, char const *format, ...)
  __attribute__ ((__format__ (__printf__, 2, 3)));

/* Return true if lines were lost and this has not been reported, or if the end
   of the last line is not written yet.  */
bool log_has_lost (void);

/* Try to write the end of the last line, and how many lines were lost.  */
void log_report_lost (void);

/* Write a fatal error, at every level, and exit with STATUS.  */
_Noreturn void die (int status, int errnum, char const *format, ...)
  __attribute__ ((__format__ (__printf__, 3, 4)));

#endif /* LOG_H */
