#include "domain/study.h"

#include <string.h>

/* For a place in a URL: all but what needs no escape anywhere. */
static void put_escaped(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool plain =
            (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c && strchr("-._~", c));
        if (plain)
            buf_putc(b, (char)c);
        else
            buf_printf(b, "%%%02X", c);
    }
}

struct str study_viewer(struct domain *d, struct str uid, struct str accession, struct str patient_id)
{
    struct buf b;
    struct str rest = str_of(d->policy->viewer_url ? d->policy->viewer_url : "");
    const struct {
        const char *name;
        struct str value;
    } parts[] = {{"{study}", uid}, {"{accession}", accession}, {"{patient}", patient_id}};
    buf_init(&b, 8192);
    while (rest.n) {
        size_t skip = 0;
        for (size_t i = 0; !skip && i < sizeof parts / sizeof parts[0]; i++)
            if (str_starts(rest, parts[i].name)) {
                put_escaped(&b, parts[i].value);
                skip = strlen(parts[i].name);
            }
        if (!skip)
            buf_putc(&b, rest.p[0]);
        skip = skip ? skip : 1;
        rest = str_sub(rest, skip, rest.n - skip);
    }
    struct str url = arena_str(d->arena, buf_view(&b));
    buf_release(&b);
    return url;
}
