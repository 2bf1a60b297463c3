#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"

static const char *const names[] = {"error", "warning", "info", "debug"};
static atomic_int threshold = LOG_INFO;

void log_set_level(enum log_level level)
{
    atomic_store(&threshold, (int)level);
}

bool log_level_parse(const char *name, enum log_level *ret_level)
{
    for (int i = 0; i < 4; i++)
        if (strcmp(name, names[i]) == 0) {
            *ret_level = (enum log_level)i;
            return true;
        }
    return false;
}

void log_write(enum log_level level, const char *subject, const char *fmt, ...)
{
    if ((int)level > atomic_load(&threshold))
        return;
    char line[1200], when[CLOCK_TEXT];
    clock_text(clock_now(), when);
    int n = snprintf(line, sizeof line, "%s %-7s %s: ", when, names[level], subject);
    va_list ap;
    va_start(ap, fmt);
    int m = vsnprintf(line + n, sizeof line - (size_t)n - 1, fmt, ap);
    va_end(ap);
    size_t end = (size_t)n + (m > 0 ? (size_t)m : 0);
    if (end > sizeof line - 2)
        end = sizeof line - 2;
    for (size_t i = 0; i < end; i++)
        if ((unsigned char)line[i] < 0x20)
            line[i] = ' '; /* one event stays one line, whatever a peer sent */
    line[end] = '\n';
    ssize_t written = write(STDERR_FILENO, line, end + 1);
    (void)written;
}

void log_err(const char *subject, const struct err *e)
{
    log_write(LOG_ERROR, subject, "%s%s%s (%s)", e->text, e->path[0] ? " at " : "", e->path, err_row(e->code)->name);
}
