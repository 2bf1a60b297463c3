/* The log: one line an event on standard error, "time level subject: text". Names, birth dates, free text and
 * secrets never go here. Threads: any; a line is written whole. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>

#include "base/err.h"

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

void log_set_level(enum log_level level);
/* "error", "warning", "info", "debug"; false for anything else. */
bool log_level_parse(const char *name, enum log_level *ret_level);
void log_write(enum log_level level, const char *subject, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* An error that ends here. */
void log_err(const char *subject, const struct err *e);

#define log_error(subject, ...) log_write(LOG_ERROR, subject, __VA_ARGS__)
#define log_warning(subject, ...) log_write(LOG_WARNING, subject, __VA_ARGS__)
#define log_info(subject, ...) log_write(LOG_INFO, subject, __VA_ARGS__)
#define log_debug(subject, ...) log_write(LOG_DEBUG, subject, __VA_ARGS__)

#endif
