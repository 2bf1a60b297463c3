#include <stdio.h>
#include <string.h>

#include "hl7/codec/message_priv.h"

enum { NUMBER_MAX = 99999 };

/* A number from 1 up at the front of *s. */
static bool number(struct str *s, unsigned *ret_n)
{
    unsigned n = 0;
    size_t i = 0;
    for (; i < s->n && s->p[i] >= '0' && s->p[i] <= '9' && n <= NUMBER_MAX; i++)
        n = n * 10 + (unsigned)(s->p[i] - '0');
    *s = str_sub(*s, i, s->n);
    *ret_n = n;
    return n >= 1 && n <= NUMBER_MAX;
}

static bool literal(struct str *s, char c)
{
    if (!s->n || s->p[0] != c)
        return false;
    *s = str_sub(*s, 1, s->n);
    return true;
}

/* "[3]", if there is one. */
static bool index_of(struct str *s, unsigned *ret_n)
{
    return !literal(s, '[') || (number(s, ret_n) && literal(s, ']'));
}

/* ".4", if there is one. */
static bool dotted(struct str *s, unsigned *ret_n)
{
    return !literal(s, '.') || number(s, ret_n);
}

static bool name_of(struct str *s, char ret_name[4])
{
    if (s->n < 3)
        return false;
    for (size_t i = 0; i < 3; i++)
        if (!(s->p[i] >= 'A' && s->p[i] <= 'Z') && !(i && s->p[i] >= '0' && s->p[i] <= '9'))
            return false;
    memcpy(ret_name, s->p, 3);
    *s = str_sub(*s, 3, s->n);
    return true;
}

bool hl7_location_parse(const char *text, struct hl7_location *ret_location, struct err *e)
{
    struct hl7_location l = {{0}, 0, 0, 0, 0, 0};
    struct str s = str_of(text);
    bool good = name_of(&s, l.segment) && index_of(&s, &l.occurrence) && literal(&s, '-') &&
                number(&s, &l.field) && index_of(&s, &l.repetition) && dotted(&s, &l.component) &&
                (!l.component || dotted(&s, &l.subcomponent)) && !s.n;
    if (!good)
        return err_set(e, ERR_INVALID, "'%.40s' is no HL7 location", text);
    *ret_location = l;
    return true;
}

static unsigned or_one(unsigned n)
{
    return n ? n : 1;
}

static struct str field_at(const struct hl7_group *g, const struct hl7_location *l,
                           const struct hl7_segment **ret_segment)
{
    *ret_segment = hl7_segment_find(g, l->segment, or_one(l->occurrence));
    return *ret_segment ? hl7_field(*ret_segment, l->field) : STR_NONE;
}

/* MSH-1 and MSH-2 are the delimiters: splitting at them makes no sense. */
static bool is_delimiters(const struct hl7_segment *s, unsigned field)
{
    return s && field <= 2 && is_header_segment(s->name);
}

struct str hl7_at(const struct hl7_group *g, const struct hl7_location *l)
{
    const struct hl7_segment *s;
    struct str raw = field_at(g, l, &s);
    if (is_delimiters(s, l->field))
        return raw;
    if (l->repetition || l->component)
        raw = hl7_repetition(g->m, raw, or_one(l->repetition));
    if (l->component)
        raw = hl7_component(g->m, raw, l->component);
    if (l->subcomponent)
        raw = hl7_subcomponent(g->m, raw, l->subcomponent);
    return raw;
}

/* The innermost part; a "" around it is its answer too. */
static struct str innermost(const struct hl7_message *m, struct str field, const struct hl7_location *l)
{
    struct str raw = hl7_repetition(m, field, or_one(l->repetition));
    if (hl7_presence(raw) == HL7_NULL)
        return raw;
    raw = hl7_component(m, raw, or_one(l->component));
    if (hl7_presence(raw) == HL7_NULL)
        return raw;
    return hl7_subcomponent(m, raw, or_one(l->subcomponent));
}

enum hl7_presence hl7_text_at(const struct hl7_group *g, const struct hl7_location *l, struct arena *a,
                              struct str *ret_text)
{
    const struct hl7_segment *s;
    struct str raw = field_at(g, l, &s);
    *ret_text = STR("");
    if (is_delimiters(s, l->field)) {
        *ret_text = raw;
        return hl7_presence(raw);
    }
    if (hl7_presence(raw) != HL7_NULL)
        raw = innermost(g->m, raw, l);
    enum hl7_presence presence = hl7_presence(raw);
    if (presence == HL7_VALUE)
        *ret_text = hl7_unescape(g->m, a, raw);
    return presence;
}

enum hl7_presence hl7_group_find(const struct hl7_group *g, struct arena *a, const char *location,
                                 struct str *ret_text)
{
    struct hl7_location l;
    *ret_text = STR("");
    return hl7_location_parse(location, &l, NULL) ? hl7_text_at(g, &l, a, ret_text) : HL7_ABSENT;
}

enum hl7_presence hl7_find(const struct hl7_message *m, struct arena *a, const char *location,
                           struct str *ret_text)
{
    struct hl7_group all = hl7_all(m);
    return hl7_group_find(&all, a, location, ret_text);
}

struct str hl7_group_get(const struct hl7_group *g, struct arena *a, const char *location)
{
    struct str text;
    hl7_group_find(g, a, location, &text);
    return text;
}

struct str hl7_get(const struct hl7_message *m, struct arena *a, const char *location)
{
    struct str text;
    hl7_find(m, a, location, &text);
    return text;
}

struct str hl7_raw(const struct hl7_message *m, const char *location)
{
    struct hl7_location l;
    struct hl7_group all = hl7_all(m);
    return hl7_location_parse(location, &l, NULL) ? hl7_at(&all, &l) : STR_NONE;
}

void hl7_erl(const struct hl7_segment *s, const struct hl7_location *l, char ret_text[HL7_ERL_TEXT])
{
    const unsigned parts[] = {s->occurrence, l->field, l->repetition, l->component, l->subcomponent};
    size_t last = 5;
    while (last > 1 && !parts[last - 1])
        last--;
    int n = snprintf(ret_text, HL7_ERL_TEXT, "%.*s", (int)(s->name.n < 3 ? s->name.n : 3), s->name.p);
    for (size_t i = 0; i < last; i++)
        n += snprintf(ret_text + n, HL7_ERL_TEXT - (size_t)n, "^%u", parts[i] || i < 2 ? parts[i] : 1);
}

void hl7_header(const struct hl7_message *m, struct arena *a, struct hl7_header *ret_header)
{
    *ret_header = (struct hl7_header){
        .sending_application = hl7_get(m, a, "MSH-3"),
        .sending_facility = hl7_get(m, a, "MSH-4"),
        .receiving_application = hl7_get(m, a, "MSH-5"),
        .receiving_facility = hl7_get(m, a, "MSH-6"),
        .type = hl7_get(m, a, "MSH-9.1"),
        .event = hl7_get(m, a, "MSH-9.2"),
        .structure = hl7_get(m, a, "MSH-9.3"),
        .control_id = hl7_get(m, a, "MSH-10"),
        .processing = hl7_get(m, a, "MSH-11"),
        .version = hl7_get(m, a, "MSH-12"),
        .accept_ack = hl7_get(m, a, "MSH-15"),
        .application_ack = hl7_get(m, a, "MSH-16"),
    };
}
