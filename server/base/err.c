#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct err_row rows[ERR_CODES] = {
#define ERR(name, http, fhir, msa, hl7, dimse, meaning) [ERR_##name] = {#name, http, fhir, msa, hl7, dimse, meaning},
#include "base/errors.def"
#undef ERR
};

bool err_set(struct err *e, enum err_code code, const char *fmt, ...)
{
    if (!e)
        return false;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(e->text, sizeof e->text, fmt, ap);
    va_end(ap);
    e->code = code;
    e->path[0] = '\0';
    e->line = e->column = 0;
    e->inside = false;
    e->rule = NULL;
    return false;
}

bool err_errno(struct err *e, enum err_code code, const char *fmt, ...)
{
    int saved = errno;
    if (!e)
        return false;
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(e->text, sizeof e->text, fmt, ap);
    va_end(ap);
    if (n > 0 && (size_t)n < sizeof e->text) {
        char why[96] = "";
        const char *said = strerror_r(saved, why, sizeof why);
        snprintf(e->text + n, sizeof e->text - (size_t)n, ": %s", said);
    }
    e->code = code;
    e->path[0] = '\0';
    e->line = e->column = 0;
    e->inside = true;
    e->rule = NULL;
    return false;
}

bool err_rule(struct err *e, const char *name)
{
    if (e)
        e->rule = name;
    return false;
}

bool err_inside(struct err *e)
{
    if (e)
        e->inside = true;
    return false;
}

const char *err_said(const struct err *e)
{
    return e->inside || e->code == ERR_INTERNAL ? err_row(e->code)->meaning : e->text;
}

bool err_wrap(struct err *e, const char *fmt, ...)
{
    if (!e)
        return false;
    char inner[sizeof e->text];
    memcpy(inner, e->text, sizeof inner);
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(e->text, sizeof e->text, fmt, ap);
    va_end(ap);
    if (n > 0 && (size_t)n < sizeof e->text)
        snprintf(e->text + n, sizeof e->text - (size_t)n, ": %.*s", (int)sizeof e->text - n - 3, inner);
    if (e->code == ERR_NONE)
        e->code = ERR_INTERNAL;
    return false;
}

bool err_at(struct err *e, const char *fmt, ...)
{
    if (!e || e->path[0])
        return false;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(e->path, sizeof e->path, fmt, ap);
    va_end(ap);
    return false;
}

bool err_line(struct err *e, unsigned line, unsigned column)
{
    if (e && !e->line) {
        e->line = line;
        e->column = column;
    }
    return false;
}

void err_clear(struct err *e)
{
    e->code = ERR_NONE;
    e->text[0] = '\0';
    e->path[0] = '\0';
    e->line = e->column = 0;
    e->inside = false;
    e->rule = NULL;
}

const struct err_row *err_row(enum err_code code)
{
    if (code <= ERR_NONE || code >= ERR_CODES)
        code = ERR_INTERNAL;
    return &rows[code];
}
