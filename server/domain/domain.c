#include "domain/domain.h"

#include <stdarg.h>
#include <stdio.h>

static void warn(struct domain *d, bool told, const char *fmt, va_list ap)
{
    char text[300];
    if (d->warning_count == sizeof d->warning / sizeof d->warning[0])
        return;
    vsnprintf(text, sizeof text, fmt, ap);
    d->told[d->warning_count] = told;
    d->warning[d->warning_count++] = arena_str(d->arena, str_of(text));
}

void domain_warn(struct domain *d, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    warn(d, false, fmt, ap);
    va_end(ap);
}

void domain_tell(struct domain *d, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    warn(d, true, fmt, ap);
    va_end(ap);
}

struct str domain_reference(struct domain *d, const struct record_doc *doc)
{
    return arena_printf(d->arena, "%.*s/%.*s", STR_ARG(doc->type), STR_ARG(doc->id));
}

bool domain_split_reference(struct str reference, struct str *ret_type, struct str *ret_id)
{
    struct str part, type = STR_NONE, id = STR_NONE;
    while (str_next(&reference, '/', &part)) {
        if (str_is(part, "_history"))
            break;
        type = id;
        id = part;
    }
    *ret_type = type;
    *ret_id = id;
    return id.n && fhir_is_resource(type);
}

bool domain_follow(struct domain *d, struct str reference, struct record_doc *ret_doc, bool *ret_found, struct err *e)
{
    struct record_key key = {.access = STR_NONE};
    *ret_found = false;
    if (!domain_split_reference(reference, &key.type, &key.id))
        return true;
    if (!record_find(d->db, d->arena, key, ret_doc, ret_found, e))
        return false;
    *ret_found = *ret_found && !ret_doc->deleted;
    return !*ret_found || record_parse(d->arena, ret_doc, e);
}
