/* Where the values of a message came from: kept while it is worked on, written as text for the journal, told in a
 * trial. */
#include "hl7/net/map_priv.h"

struct trace_log *trace_start(struct domain *d)
{
    struct trace_log *log = ARENA_NEW(d->arena, struct trace_log);
    log->end = &log->first;
    d->adapter = log;
    return log;
}

void trace_keep(const struct mapping *x)
{
    struct trace_log *log = x->d->adapter;
    if (!log)
        return;
    struct trace_walk *w = ARENA_NEW(x->d->arena, struct trace_walk);
    *w = (struct trace_walk){.structure = x->structure, .number = x->number, .n = x->traces};
    w->trace = ARENA_ARRAY(x->d->arena, struct hl7_trace, w->n + 1);
    w->value = ARENA_ARRAY(x->d->arena, struct str, w->n + 1);
    for (size_t i = 0; i < w->n; i++) {
        w->trace[i] = x->trace[i];
        w->value[i] = fields_get(&x->fields, x->trace[i].field);
    }
    *log->end = w;
    log->end = &w->next;
}

struct str trace_value(const struct trace_log *log, enum field f, size_t n)
{
    for (const struct trace_walk *w = log->first; w; w = w->next)
        for (size_t i = 0; i < w->n; i++)
            if (w->trace[i].field == f && w->value[i].n && n-- == 0)
                return w->value[i];
    return STR_NONE;
}

bool trace_told(const struct trace_log *log, const struct trace_walk *w, size_t i)
{
    const struct trace_walk *first = log->first;
    const struct hl7_trace *t = &w->trace[i];
    for (size_t k = 0; w != first && k < first->n; k++)
        if (first->trace[k].row == t->row && first->trace[k].segment == t->segment)
            return true;
    return false;
}

void trace_place(const struct hl7_trace *t, char ret_text[HL7_ERL_TEXT])
{
    struct hl7_location at;
    ret_text[0] = '\0';
    if (hl7_location_parse(t->row->location, &at, NULL))
        hl7_erl(t->segment, &at, ret_text);
}

void trace_write(const struct trace_log *log, struct buf *to)
{
    char place[HL7_ERL_TEXT];
    for (const struct trace_walk *w = log->first; w; w = w->next)
        for (size_t i = 0; i < w->n; i++) {
            const struct hl7_trace *t = &w->trace[i];
            if (trace_told(log, w, i))
                continue;
            trace_place(t, place);
            buf_printf(to, "%zu %s%s %s %s %s\n", w->number, t->deleted ? "-" : "", field_row(t->field)->name, place,
                       t->row->location, t->row->transform);
        }
}
